package io.deltatrace.document;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dotted path to a value, such as {@code address.geo.lat}. It walks objects only; where something on the way is missing or
 * is not an object, the value is null.
 *
 * @param segments the names from the outside in; at least one
 */
public record FieldPath(List<String> segments) {

    private static final Pattern DOT = Pattern.compile("\\.");

    /** Copies the segments. */
    public FieldPath {
        segments = List.copyOf(segments);
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("A field path needs at least one name");
        }
        for (String segment : segments) {
            Values.requireText(segment);
            if (segment.indexOf('.') >= 0) {
                throw new IllegalArgumentException("A name in a field path cannot have a dot: " + segment);
            }
        }
    }

    /** The path that a dotted text describes; every dot separates, and an empty name is a name. */
    public static FieldPath of(String path) {
        return path.indexOf('.') < 0 ? new FieldPath(List.of(path)) : new FieldPath(List.of(DOT.split(path, -1)));
    }

    /** The value at this path, or null. */
    public @Nullable Object read(Document document) {
        Document object = document;
        int last = segments.size() - 1;
        for (int i = 0; i < last; i++) {
            if (!(object.get(segments.get(i)) instanceof Document inner)) {
                return null;
            }
            object = inner;
        }
        return object.get(segments.get(last));
    }

    /** A reader of this path that remembers the shapes it meets. */
    public FieldReader reader() {
        return new FieldReader(segments);
    }

    /** The dotted text. */
    @Override
    public String toString() {
        return String.join(".", segments);
    }
}
