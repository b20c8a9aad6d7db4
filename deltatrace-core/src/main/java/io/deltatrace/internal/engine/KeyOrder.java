package io.deltatrace.internal.engine;

import io.deltatrace.document.Document;
import io.deltatrace.document.Values;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A total order of all values that a document can hold, in which those are equal that are equal as JSON: by kind first, then
 * numbers by value and strings by code point, as sorts and comparisons have it; null is last.
 *
 * <p>A value has a code of 64 bits that is ordered as the value is, as far as that many bits can tell, so that most
 * comparisons read one number out of an array and look at no object (Graefe and Larson: "B-tree indexes and CPU caches", ICDE
 * 2001). Codes of different kinds differ, and no code is that of a kind alone. A code of most numbers tells all of the number, and
 * says so; then no object is looked at.
 */
final class KeyOrder {

    static final int BOOLEAN = -4;
    static final int NUMBER = -3;
    static final int ARRAY = -2;
    static final int OBJECT = -1;
    static final int STRING = 0;
    static final int NULL = 1;

    private static final int KIND_BITS = 3;
    private static final int KIND_SHIFT = Long.SIZE - KIND_BITS;
    private static final int CHARACTERS = 3;

    /** The lowest bits of the code of a number say whether it is less than what the others stand for, that itself, or greater. */
    private static final long SIDE = 3;

    private static final long ITSELF = 2;

    /** Integers that are less far from 0 are doubles, whatever else is near them. */
    private static final long EXACT_IN_DOUBLE = 1L << 53;

    private KeyOrder() {}

    static int kind(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof Number) {
            return NUMBER;
        }
        if (value instanceof String) {
            return STRING;
        }
        if (value instanceof Boolean) {
            return BOOLEAN;
        }
        return value instanceof List ? ARRAY : OBJECT;
    }

    /** What is below the code of every value of a kind, and above those of all kinds before it. */
    static long codeOf(int kind) {
        return (long) kind << KIND_SHIFT;
    }

    /** The kind of the value that has a code. */
    static int kindOf(long code) {
        return (int) (code >> KIND_SHIFT);
    }

    /** The code of a value where values are in order. */
    static long orderedCode(@Nullable Object value) {
        long rest = 1;
        if (value instanceof Number number) {
            rest = orderedRest(number);
        } else if (value instanceof String text) {
            rest = beginning(text);
        } else if (value instanceof Boolean truth) {
            rest = truth ? 2 : 1;
        }
        return codeOf(kind(value)) | rest;
    }

    /** The first bits of the nearest double, and on which side of the double with only these the number is. */
    private static long orderedRest(Number number) {
        double nearest = number.doubleValue() + 0.0;
        long bits = Double.doubleToLongBits(nearest) & -(SIDE + 1) << KIND_BITS;
        int side =
                Double.isFinite(nearest) ? Values.compare(number, Double.longBitsToDouble(bits)) : nearest > 0 ? -1 : 1;
        long ordered = (bits ^ ((bits >> (Long.SIZE - 1)) | Long.MIN_VALUE)) >>> KIND_BITS;
        return (ordered & ~SIDE) | (ITSELF + side);
    }

    /** Whether values that have a code are all equal. */
    static boolean tellsAll(long code) {
        return kindOf(code) == NUMBER && (code & SIDE) == ITSELF;
    }

    /** The first characters, the surrogates among them after all others, where code points have them. */
    private static long beginning(String text) {
        long bits = 0;
        for (int i = 0; i < CHARACTERS; i++) {
            int c = i < text.length() ? text.charAt(i) : 0;
            if (c >= Character.MIN_SURROGATE) {
                c += c > Character.MAX_SURROGATE
                        ? Character.MIN_SURROGATE - Character.MAX_SURROGATE - 1
                        : Character.MAX_VALUE - Character.MAX_SURROGATE;
            }
            bits = bits << Character.SIZE | c;
        }
        return bits << 1 | 1;
    }

    /** The least string that is above all strings with a beginning; null if there is none. */
    static @Nullable String afterAllWith(String beginning) {
        for (int end = beginning.length(); end > 0; ) {
            int last = beginning.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return beginning.substring(0, end) + Character.toString(next);
            }
        }
        return null;
    }

    /** The code of a value where equal values only have to be together. */
    static long hashedCode(@Nullable Object value) {
        if (value instanceof Number number) {
            long integer = number.longValue();
            boolean exact = -EXACT_IN_DOUBLE < integer && integer < EXACT_IN_DOUBLE;
            if (exact && (number instanceof Long || Values.compare(number, integer) == 0)) {
                return codeOf(NUMBER) | (integer << 2 & ~codeOf(-1)) | ITSELF;
            }
        }
        return codeOf(kind(value)) | (Values.hash(value) & 0xFFFF_FFFFL) << 2 | 1;
    }

    static int compare(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return Values.compare(x, y);
        }
        if (a instanceof String x && b instanceof String y) {
            return Values.compare(x, y);
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return Boolean.compare(x, y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return compare(x, y);
        }
        if (a instanceof Document x && b instanceof Document y) {
            return compare(x, y);
        }
        return Integer.compare(kind(a), kind(b));
    }

    private static int compare(List<?> a, List<?> b) {
        int length = Math.min(a.size(), b.size());
        for (int i = 0; i < length; i++) {
            int order = compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    /** By their fields in the order of their names, which is not that in which they are written. */
    private static int compare(Document a, Document b) {
        Map<String, @Nullable Object> fields = new TreeMap<>(a.asMap());
        Map<String, @Nullable Object> otherFields = new TreeMap<>(b.asMap());
        Iterator<Map.Entry<String, @Nullable Object>> others =
                otherFields.entrySet().iterator();
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            if (!others.hasNext()) {
                return 1;
            }
            Map.Entry<String, @Nullable Object> other = others.next();
            int names = field.getKey().compareTo(other.getKey());
            int order = names != 0 ? names : compare(field.getValue(), other.getValue());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }
}
