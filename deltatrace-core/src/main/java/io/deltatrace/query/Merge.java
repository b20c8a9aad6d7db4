package io.deltatrace.query;

import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.Values;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How documents of several collections become documents of a new one. For each document of the base, the first one of each
 * source whose key equals the base's is taken, and a template says what is made of them.
 *
 * @param base the collection that each row starts from
 * @param sources the collections to look up in
 * @param relationKey the path in the base's documents
 * @param sourceKeys the paths in the sources' documents, one per source
 * @param template the row: every string in it is an expression such as {@code base.name}, {@code 0.total} or {@code int(1)}
 * @param output the name of the new collection
 * @param serialBase the collection whose serial number the output's starts from; null for 0
 * @param serialKey the top-level field of each row that gets a number from 0 if there is no serial base; null for none
 */
public record Merge(
        String base,
        List<String> sources,
        FieldPath relationKey,
        List<FieldPath> sourceKeys,
        Document template,
        String output,
        @Nullable String serialBase,
        @Nullable String serialKey) {

    /** Copies the lists, which must be of one length. */
    public Merge {
        Stream.of(base, output).forEach(Values::requireText);
        Values.requireTextOrNull(serialBase);
        Values.requireTextOrNull(serialKey);
        Objects.requireNonNull(relationKey, "relationKey");
        Objects.requireNonNull(template, "template");
        sources = List.copyOf(sources);
        sources.forEach(Values::requireText);
        sourceKeys = List.copyOf(sourceKeys);
        if (sources.size() != sourceKeys.size()) {
            throw new IllegalArgumentException("A merge needs one source key per source: there are " + sources.size()
                    + " sources and " + sourceKeys.size() + " keys");
        }
    }

    /** Rows of the base alone. */
    public static Merge of(String base, String relationKey, String output, Object template) {
        return new Merge(
                base, List.of(), FieldPath.of(relationKey), List.of(), Document.of(template), output, null, null);
    }

    /** This merge with one source more, whose documents are looked up by the given path. */
    public Merge with(String source, String sourceKey) {
        return new Merge(
                base,
                Stream.concat(sources.stream(), Stream.of(source)).toList(),
                relationKey,
                Stream.concat(sourceKeys.stream(), Stream.of(FieldPath.of(sourceKey)))
                        .toList(),
                template,
                output,
                serialBase,
                serialKey);
    }

    /** This merge, with the output's serial number starting from that of another collection. */
    public Merge serialBase(String collection) {
        return new Merge(base, sources, relationKey, sourceKeys, template, output, collection, serialKey);
    }

    /** This merge, numbering the rows from 0 in the given field. */
    public Merge serialKey(String field) {
        return new Merge(base, sources, relationKey, sourceKeys, template, output, serialBase, field);
    }
}
