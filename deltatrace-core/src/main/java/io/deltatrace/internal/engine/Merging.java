package io.deltatrace.internal.engine;

import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.FieldReader;
import io.deltatrace.document.Values;
import io.deltatrace.query.Merge;
import io.deltatrace.query.MergeQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of a merge: a hash join of the base with each source, and a template for the rows. */
final class Merging {

    private final DatabaseState state;
    private final String target;
    private final Merge merge;

    Merging(DatabaseState state, MergeQuery query) {
        this.state = state;
        this.target = query.target();
        this.merge = query.merge();
    }

    CollectionState run() {
        CollectionState base = existing(merge.base());
        List<Function<Object, @Nullable Document>> sources = new ArrayList<>();
        for (int i = 0; i < merge.sources().size(); i++) {
            sources.add(firstByKey(
                    existing(merge.sources().get(i)), merge.sourceKeys().get(i)));
        }
        String serialBase = merge.serialBase();
        long serial = serialBase == null ? 0 : existing(serialBase).serial();
        if (state.has(merge.output())) {
            throw new IllegalArgumentException("The output '" + merge.output() + "' exists already");
        }
        if (base.size() == 0) {
            return state.collection(merge.output()).with(Rows.EMPTY, serial);
        }
        MergeTemplate template = MergeTemplate.compile(merge.template(), sources.size());
        FieldReader relation = merge.relationKey().reader();
        List<Document> rows = new ArrayList<>(base.size());
        base.rows().forEach(document -> {
            Object key = relation.read(document);
            List<Document> related = new ArrayList<>(sources.size());
            for (Function<Object, @Nullable Document> source : sources) {
                Document match = key == null ? null : source.apply(key);
                related.add(match == null ? Document.empty() : match);
            }
            rows.add(template.row(document, related));
        });
        return output(rows, serial);
    }

    /** A serial base wins over a serial key: the rows then keep what the template says. */
    private CollectionState output(List<Document> rows, long serial) {
        String serialKey = merge.serialKey();
        CollectionState output = state.collection(merge.output());
        return serialKey == null || merge.serialBase() != null
                ? output.with(Rows.of(rows), serial)
                : output.with(Rows.of(Execution.numbered(rows, serialKey, 0)), rows.size());
    }

    /** The original creates the collection that a query is about before it runs, so the target alone may be missing. */
    private CollectionState existing(String name) {
        if (!state.has(name) && !name.equals(target)) {
            throw new IllegalArgumentException("The collection '" + name + "' does not exist");
        }
        return state.collection(name);
    }

    /** The first document of a collection that has a key. */
    private static Function<Object, @Nullable Document> firstByKey(CollectionState collection, FieldPath field) {
        IndexState index = collection.indexes().on(field);
        if (index != null) {
            return key -> {
                KeyRange found = index.equalTo(key);
                return found.size() == 0 ? null : collection.rows().get(found.rows(0, 1)[0]);
            };
        }
        FieldReader reader = field.reader();
        Map<Key, Document> byKey = new HashMap<>();
        collection.rows().forEach(document -> {
            Object key = reader.read(document);
            if (key != null) {
                byKey.putIfAbsent(new Key(key), document);
            }
        });
        return key -> byKey.get(new Key(key));
    }

    /** A value that is equal to another as JSON has it. */
    private record Key(Object value) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && Values.equal(value, that.value);
        }

        @Override
        public int hashCode() {
            return Values.hash(value);
        }
    }
}
