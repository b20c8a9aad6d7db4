package io.deltatrace.index;

import io.deltatrace.document.FieldPath;
import java.util.Objects;

/**
 * The declaration of an index: which field of a collection's documents it is on, and what it can find. Immutable.
 *
 * <p>An index changes how fast a query is answered, and never what the answer is. Its keys are equal and ordered as {@link
 * io.deltatrace.condition.ValueType#AUTO} says: numbers by value whatever their type, strings by code point, objects and arrays
 * equal as JSON. A field that is missing is null, and null is a key like any other.
 *
 * @param field the path to the field; it walks objects only
 * @param kind what the index can find
 * @param isUnique whether a write is refused that would give two documents the same value there. Null and missing values are not
 *     constrained.
 */
public record Index(FieldPath field, Kind kind, boolean isUnique) {

    /** What an index can find. */
    public enum Kind {
        /** Documents whose field is equal to a value, or to one of some values. */
        HASH,
        /** What {@link #HASH} does, and ranges of numbers and of strings, beginnings of strings, and the order of a sort. */
        ORDERED
    }

    /** Requires a field and a kind. */
    public Index {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(kind, "kind");
    }

    /** An index for equality, on a dotted path. */
    public static Index hash(String field) {
        return new Index(FieldPath.of(field), Kind.HASH, false);
    }

    /** An index for equality, ranges and order, on a dotted path. */
    public static Index ordered(String field) {
        return new Index(FieldPath.of(field), Kind.ORDERED, false);
    }

    /** This index, refusing a write that would give two documents the same value. */
    public Index unique() {
        return new Index(field, kind, true);
    }

    /** Such as {@code unique hash(email)}. */
    @Override
    public String toString() {
        return (isUnique ? "unique " : "") + (kind == Kind.HASH ? "hash(" : "ordered(") + field + ")";
    }
}
