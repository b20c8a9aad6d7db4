package io.deltatrace.document;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.NumberOutput;

/**
 * What can be said of any value a {@link Document} can hold: equality, order of numbers and of strings, text.
 *
 * <p>These are the rules of JSON, not of Java: numbers are equal by value whatever their type, {@code true} is not
 * {@code 1}, and the order of fields does not count.
 */
public final class Values {

    /** The most digits that a number can have. */
    public static final int MAX_DIGITS = 900;

    private static final long EXACT_IN_DOUBLE = 1L << 53;
    private static final double LONG_LIMIT = 0x1p63;
    private static final int MAX_SCALE = 10_000;
    private static final int MAX_BITS = MAX_DIGITS * 10 / 3;
    private static final int SHOWN = 100;

    private Values() {}

    /** Whether two values are equal as JSON. */
    public static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a == b) {
            return true;
        }
        if (a == null || b == null) {
            return false;
        }
        if (a instanceof Long x && b instanceof Long y) {
            return x.longValue() == y.longValue();
        }
        if (a instanceof Number x) {
            return b instanceof Number y && compare(x, y) == 0;
        }
        if (a instanceof List<?> x) {
            return b instanceof List<?> y && equalElements(x, y);
        }
        return a.equals(b);
    }

    private static boolean equalElements(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** A hash code that fits {@link #equal}. */
    public static int hash(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof Number number) {
            double nearest = number.doubleValue();
            return Double.isFinite(nearest)
                    ? Double.hashCode(nearest + 0.0)
                    : decimal(number).stripTrailingZeros().hashCode();
        }
        if (value instanceof List<?> list) {
            int hash = 1;
            for (Object element : list) {
                hash = 31 * hash + hash(element);
            }
            return hash;
        }
        return value.hashCode();
    }

    /** The order of two numbers by value, exact also where a double could not tell them apart. */
    public static int compare(Number a, Number b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (a instanceof Double x && b instanceof Double y) {
            return Double.compare(x + 0.0, y + 0.0);
        }
        if (a instanceof Long x && b instanceof Double y) {
            return compare(x.longValue(), y.doubleValue());
        }
        if (a instanceof Double x && b instanceof Long y) {
            return -compare(y.longValue(), x.doubleValue());
        }
        return decimal(a).compareTo(decimal(b));
    }

    private static int compare(long a, double b) {
        if (-EXACT_IN_DOUBLE <= a && a <= EXACT_IN_DOUBLE) {
            return Double.compare((double) a, b + 0.0);
        }
        if (b >= LONG_LIMIT) {
            return -1;
        }
        if (b < -LONG_LIMIT) {
            return 1;
        }
        // Beyond 2^53 a double has no fraction, so the cast loses nothing; below, its integer part decides.
        return Long.compare(a, (long) b);
    }

    /**
     * The order of two strings by Unicode code point, as Python and SQL have it. Java's own order is by UTF-16 unit and puts
     * the characters above U+FFFF before U+E000.
     */
    public static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                if (Character.isSurrogate(x) != Character.isSurrogate(y)) {
                    return Character.isSurrogate(x) ? 1 : -1;
                }
                return x - y;
            }
        }
        return a.length() - b.length();
    }

    /** The JSON text of a value, except that a string is itself, without quotes. */
    public static String text(@Nullable Object value) {
        if (value instanceof String string) {
            return string;
        }
        if (value instanceof Double number) {
            return NumberOutput.toString(number, true);
        }
        if (value == null || value instanceof Boolean || value instanceof Number) {
            return String.valueOf(value);
        }
        return DocumentWriter.toJson(value);
    }

    /** What kind of value this is, in words for a message: {@code "a string"}, {@code "an integer"}. */
    public static String describe(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        if (value instanceof Long || value instanceof BigInteger) {
            return "an integer";
        }
        if (value instanceof Number) {
            return "a number";
        }
        return value instanceof List ? "an array" : "an object";
    }

    /** The long, or the big integer where a long is too small. */
    static Number integer(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : requireModest(value, 0);
    }

    /** The integer if the number is written without a fraction or an exponent, or else as {@link #fraction}. */
    static Number decimal(BigDecimal value) {
        return value.scale() == 0 ? integer(value.unscaledValue()) : fraction(value);
    }

    /** The double, or the exact number where a double would print other digits. */
    static Number fraction(BigDecimal value) {
        if (value.signum() == 0) {
            return 0.0;
        }
        requireModest(value.unscaledValue(), value.scale());
        double nearest = value.doubleValue();
        if (Double.isFinite(nearest) && new BigDecimal(text(nearest)).compareTo(value) == 0) {
            return nearest;
        }
        // Without an exponent it will be written, and read again, as an integer.
        return value.scale() == 0 ? integer(value.unscaledValue()) : value;
    }

    /** Longer numbers are refused wherever they come from, because arithmetic on their digits takes quadratic time. */
    private static BigInteger requireModest(BigInteger digits, int scale) {
        // Counting bits is cheap, and more than these have too many digits for sure.
        boolean tooLong = digits.bitLength() > MAX_BITS || new BigDecimal(digits).precision() > MAX_DIGITS;
        if (tooLong || Math.abs((long) scale) > MAX_SCALE) {
            throw new UnsupportedValue(
                    "A number has more than " + MAX_DIGITS + " digits, or an exponent beyond " + MAX_SCALE);
        }
        return digits;
    }

    /** A text cut to a length that a message can have. */
    public static String shown(String text) {
        return wellFormed(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…");
    }

    /** The string with question marks in place of half surrogate pairs, which no JSON can have in it: for messages that quote. */
    public static String wellFormed(String string) {
        return new String(string.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /**
     * The string itself if it is there, as {@link #requireText}.
     *
     * @throws IllegalArgumentException if it has half a surrogate pair, which cannot be written as UTF-8
     */
    public static @Nullable String requireTextOrNull(@Nullable String string) {
        return string == null ? null : requireText(string);
    }

    /**
     * The string itself, which must be Unicode text.
     *
     * @throws IllegalArgumentException if it has half a surrogate pair, which cannot be written as UTF-8
     */
    public static String requireText(String string) {
        for (int i = 0; i < string.length(); i++) {
            if (Character.isSurrogate(string.charAt(i))) {
                int pair = string.codePointAt(i);
                if (!Character.isSupplementaryCodePoint(pair)) {
                    throw new UnsupportedValue("A string has half a surrogate pair");
                }
                i++;
            }
        }
        return string;
    }

    private static BigDecimal decimal(Number value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        return value instanceof Long integer ? BigDecimal.valueOf(integer) : new BigDecimal(value.doubleValue());
    }
}
