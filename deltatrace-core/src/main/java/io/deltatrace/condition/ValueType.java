package io.deltatrace.condition;

import io.deltatrace.document.Timestamps;
import io.deltatrace.document.Values;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What two values are compared as, in conditions and in sorts. Both sides are converted first. */
public enum ValueType {
    /** As they are: any two values are equal or not as JSON; numbers are ordered, and strings by code point. */
    AUTO("auto_") {
        @Override
        @Nullable
        Object convert(@Nullable Object value) {
            return value;
        }

        @Override
        @Nullable
        Object sortable(Object value) {
            return value;
        }
    },
    /** As integers of any size: a value whose text is an integer literal. */
    INTEGER("int_") {
        @Override
        Object convert(@Nullable Object value) {
            if (value instanceof Long || value instanceof BigInteger) {
                return value;
            }
            return value instanceof String text ? integer(text.strip()) : NOT_CONVERTIBLE;
        }

        @Override
        Object sortable(Object value) {
            // A number too large for a long has no fraction worth cutting off.
            return value instanceof Number number && Math.abs(number.doubleValue()) < LONG_LIMIT
                    ? (Object) number.longValue()
                    : value instanceof Number ? value : convert(value);
        }
    },
    /** As double-precision numbers. */
    FLOAT("floatStrict_") {
        @Override
        Object convert(@Nullable Object value) {
            return floating(value);
        }
    },
    /** As double-precision numbers that are equal when they are less than 10⁻¹² apart. */
    FLOAT_WITHIN_EPSILON("floatEpsilon12_") {
        @Override
        Object convert(@Nullable Object value) {
            return floating(value);
        }

        @Override
        boolean equal(@Nullable Object a, @Nullable Object b) {
            return a instanceof Double x && b instanceof Double y && Math.abs(x - y) < EPSILON;
        }

        @Override
        int compare(@Nullable Object a, @Nullable Object b) {
            if (!(a instanceof Double x) || !(b instanceof Double y)) {
                return INCOMPARABLE;
            }
            return Math.abs(x - y) <= EPSILON ? 0 : Double.compare(x, y);
        }
    },
    /**
     * As booleans; the text {@code true} or {@code false} in any case is one. Null is neither, and not equal to either. They
     * have no order in conditions.
     */
    BOOLEAN("boolean_") {
        @Override
        Object convert(@Nullable Object value) {
            String text = Values.text(value).toLowerCase(Locale.ROOT);
            return value == null || text.equals("true") || text.equals("false") ? text : NOT_CONVERTIBLE;
        }

        @Override
        int compare(@Nullable Object a, @Nullable Object b) {
            return INCOMPARABLE;
        }

        @Override
        Object sortable(Object value) {
            if (value instanceof Number number) {
                return !Values.equal(number, 0L);
            }
            if (value instanceof Boolean) {
                return value;
            }
            return value instanceof String text ? truth(text) : NOT_CONVERTIBLE;
        }
    },
    /** As JSON text, strings without quotes; null is the text {@code null} where equality is asked for. */
    TEXT("string_") {
        @Override
        Object convert(@Nullable Object value) {
            return Values.text(value);
        }
    },
    /** As {@link #TEXT} in lower case. */
    TEXT_IGNORING_CASE("stringIgnoreCase_") {
        @Override
        Object convert(@Nullable Object value) {
            return Values.text(value).toLowerCase(Locale.ROOT);
        }
    },
    /** As instants written in ISO 8601; without an offset in UTC. */
    TIMESTAMP("datetime_") {
        @Override
        Object convert(@Nullable Object value) {
            Instant instant = value instanceof String text ? Timestamps.parse(text) : null;
            return instant == null ? NOT_CONVERTIBLE : instant;
        }
    };

    /** What {@link #convert} and {@link #sortable} answer for a value that is not of the type. */
    static final Object NOT_CONVERTIBLE = new Object() {
        @Override
        public String toString() {
            return "NOT_CONVERTIBLE";
        }
    };

    /** What {@link #compare} answers for two values that have no order. */
    static final int INCOMPARABLE = Integer.MIN_VALUE;

    private static final double EPSILON = 1e-12;
    private static final double LONG_LIMIT = 0x1p63;
    private static final Set<String> YES = Set.of("true", "1", "yes", "y");
    private static final Set<String> NO = Set.of("false", "0", "no", "n");

    private final String wireName;

    ValueType(String wireName) {
        this.wireName = wireName;
    }

    /** The name in wire JSON. */
    public String wireName() {
        return wireName;
    }

    /** The value as this type for a comparison, or {@link #NOT_CONVERTIBLE}. */
    abstract @Nullable Object convert(@Nullable Object value);

    /**
     * What stands for a value in a sort: compute it once per document, and compare with {@link #compareSortKeys}. Null stands
     * for null; a value that is not of this type has a key too, which fails when it is compared.
     */
    public final @Nullable Object sortKey(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        Object key = sortable(value);
        return key == NOT_CONVERTIBLE ? new Unsortable(Values.describe(value)) : key;
    }

    /**
     * The order of two sort keys of this type; null comes last, and false before true.
     *
     * @throws IllegalArgumentException if one of them is not of this type, or they are of different kinds
     */
    public final int compareSortKeys(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Unsortable || b instanceof Unsortable) {
            Object culprit = a instanceof Unsortable ? a : b;
            throw new IllegalArgumentException(culprit + " cannot be sorted as " + wireName);
        }
        if (a == null || b == null) {
            return a == b ? 0 : a == null ? 1 : -1;
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return Boolean.compare(x, y);
        }
        int order = compare(a, b);
        if (order == INCOMPARABLE) {
            throw new IllegalArgumentException(Values.describe(a) + " cannot be compared with " + Values.describe(b));
        }
        return order;
    }

    /** Whether {@link #compareSortKeys} has an order for two sort keys that are not null. */
    public final boolean isComparable(@Nullable Object a, @Nullable Object b) {
        return (a instanceof Boolean && b instanceof Boolean) || compare(a, b) != INCOMPARABLE;
    }

    /** Whether the order of sort keys is transitive; one that takes what is close for equal is not. */
    public final boolean isTransitive() {
        return this != FLOAT_WITHIN_EPSILON;
    }

    /** The value as this type for a sort, or {@link #NOT_CONVERTIBLE}. */
    @Nullable
    Object sortable(Object value) {
        return convert(value);
    }

    /** Whether two converted values are equal. */
    boolean equal(@Nullable Object a, @Nullable Object b) {
        return Values.equal(a, b);
    }

    /** The order of two converted values: negative, zero, positive, or {@link #INCOMPARABLE}. */
    int compare(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return Values.compare(x, y);
        }
        if (a instanceof String x && b instanceof String y) {
            return Values.compare(x, y);
        }
        return a instanceof Instant x && b instanceof Instant y ? x.compareTo(y) : INCOMPARABLE;
    }

    private static Object integer(String text) {
        int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (digits == text.length()) {
            return NOT_CONVERTIBLE;
        }
        for (int i = digits; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return NOT_CONVERTIBLE;
            }
        }
        if (text.length() > Values.MAX_DIGITS) {
            return NOT_CONVERTIBLE;
        }
        return text.length() <= 18 ? (Object) Long.valueOf(text) : new BigInteger(text);
    }

    private static Object floating(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        return value instanceof String text ? floating(text.strip()) : NOT_CONVERTIBLE;
    }

    /** Double.parseDouble also takes hexadecimal digits, type suffixes, NaN and Infinity, which no other language does. */
    private static Object floating(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                return NOT_CONVERTIBLE;
            }
        }
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return NOT_CONVERTIBLE;
        }
    }

    private static Object truth(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (YES.contains(word)) {
            return true;
        }
        return NO.contains(word) ? (Object) false : NOT_CONVERTIBLE;
    }

    /** The sort key of a value that is not of the type. */
    private record Unsortable(String kind) {

        @Override
        public String toString() {
            return kind;
        }
    }
}
