package io.deltatrace.document;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How deep and how large an object or array is, in one int, because every document has one: seven bits of depth, and above
 * them the size in the characters of {@link JsonLimits}.
 *
 * <p>Both are added up when a value is made from others. Values are shared, so a few operations can describe a document that
 * would take all memory to write down; it is refused instead.
 */
final class Extent {

    private static final int DEPTH_BITS = 7;
    private static final int DEPTH_MASK = (1 << DEPTH_BITS) - 1;

    private Extent() {}

    /** The size in an extent, in characters. */
    static int size(int extent) {
        return extent >>> DEPTH_BITS;
    }

    /** The extent of an object with the given names and the first of the values, or of an array if there are no names. */
    static int of(@Nullable Shape shape, @Nullable Object[] values) {
        int depth = 0;
        long size = JsonLimits.VALUE_SIZE;
        int count = shape == null ? values.length : shape.size();
        for (int i = 0; i < count; i++) {
            Object value = values[i];
            size += shape == null ? 0 : shape.name(i).length();
            size += sizeOf(value);
            depth = Math.max(depth, depthOf(value));
        }
        return checked(size, depth + 1);
    }

    /** What an extent becomes when the size changes, and there is something of a certain depth in it. */
    static int changed(int extent, long growth, int depth) {
        return checked(size(extent) + growth, Math.max(extent & DEPTH_MASK, depth + 1));
    }

    private static int checked(long size, int depth) {
        if (depth > Document.MAX_DEPTH) {
            throw new UnsupportedValue("Objects and arrays are nested deeper than " + Document.MAX_DEPTH);
        }
        if (size > Document.MAX_SIZE) {
            throw new UnsupportedValue("The document is larger than " + Document.MAX_SIZE + " characters");
        }
        return (int) size << DEPTH_BITS | depth;
    }

    /** The size of a value in a document, or of the instant in its place, in characters. */
    static long sizeOf(@Nullable Object value) {
        if (value instanceof String text) {
            return (long) JsonLimits.VALUE_SIZE + text.length();
        }
        return value instanceof Instant instant
                ? JsonLimits.VALUE_SIZE + CanonicalInstant.length(instant)
                : size(of(value));
    }

    /** How many objects and arrays are around the innermost part of a value; 0 if it is none itself. */
    static int depthOf(@Nullable Object value) {
        return of(value) & DEPTH_MASK;
    }

    private static int of(@Nullable Object value) {
        return value instanceof Document document
                ? document.extent()
                : value instanceof ArrayValue array ? array.extent() : JsonLimits.VALUE_SIZE << DEPTH_BITS;
    }
}
