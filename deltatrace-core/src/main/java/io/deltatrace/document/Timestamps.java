package io.deltatrace.document;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Points in time as ISO 8601 text, in the forms that Dart, Python and Java write.
 *
 * <p>Parsed by hand rather than by {@link DateTimeFormatter}: a condition or a sort parses one value per
 * document, most values of most fields are no timestamps, and an exception for each of them would be the cost of the query.
 */
public final class Timestamps {

    private static final int NANO_DIGITS = 9;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final DateTimeFormatter MICROSECONDS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

    private final String text;
    private int position;

    private Timestamps(String text) {
        this.text = text;
    }

    /**
     * The instant that a text describes: a date, or a date and a time apart by {@code T} or a space, with seconds, a fraction
     * and an offset ({@code Z}, {@code +09:00}, {@code +0900}, {@code +09}) if it has them, and a
     * region in brackets, which says nothing more. Without an offset it is UTC.
     *
     * @return null if the text is not such a timestamp
     */
    public static @Nullable Instant parse(String text) {
        Instant canonical = CanonicalInstant.parse(text);
        return canonical == null ? new Timestamps(text).instant() : canonical;
    }

    /** The text of an instant in UTC, with as many digits as it has: {@code 2024-02-29T12:30:15.123456Z}. */
    public static String format(Instant instant) {
        return CanonicalInstant.format(instant);
    }

    /** The text of an instant in UTC, always with microseconds and no more, so that instants sort by their texts. */
    public static String formatMicros(Instant instant) {
        return CanonicalInstant.isWritable(instant)
                ? CanonicalInstant.formatMicros(instant)
                : MICROSECONDS.format(instant);
    }

    /**
     * The instant itself, which must have a year of four digits.
     *
     * @throws IllegalArgumentException if it has not; its text could not be read again
     */
    public static Instant requireWritable(Instant instant) {
        if (!CanonicalInstant.isWritable(instant)) {
            throw new IllegalArgumentException("A timestamp has a year that is not from 0 to 9999");
        }
        return instant;
    }

    /** The instant without what is finer than a microsecond, which is as fine as history and journal are. */
    public static Instant toMicros(Instant instant) {
        int nanos = instant.getNano();
        return Instant.ofEpochSecond(instant.getEpochSecond(), nanos - nanos % NANOS_PER_MICRO);
    }

    private @Nullable Instant instant() {
        int year = digits(4);
        boolean extended = skip('-');
        int month = digits(2);
        if (extended && !skip('-')) {
            return null;
        }
        int day = digits(2);
        if (year < 0 || month < 0 || day < 0) {
            return null;
        }
        int[] time = {0, 0, 0, 0};
        int offset = 0;
        if (position < text.length()) {
            if ((!skip('T') && !skip('t') && !skip(' ')) || !time(time)) {
                return null;
            }
            offset = offset();
            skipZone();
        }
        if (position != text.length() || offset == Integer.MIN_VALUE) {
            return null;
        }
        try {
            Instant instant = LocalDateTime.of(year, month, day, time[0], time[1], time[2], time[3])
                    .toInstant(ZoneOffset.ofTotalSeconds(offset));
            return CanonicalInstant.isWritable(instant) ? instant : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private boolean time(int[] time) {
        time[0] = digits(2);
        boolean extended = skip(':');
        if (extended || isDigit()) {
            time[1] = digits(2);
            if (extended ? skip(':') : isDigit()) {
                time[2] = digits(2);
                if (skip('.') || skip(',')) {
                    time[3] = nanos();
                }
            }
        }
        return time[0] >= 0 && time[1] >= 0 && time[2] >= 0 && time[3] >= 0;
    }

    private int nanos() {
        int start = position;
        int nanos = 0;
        for (; isDigit(); position++) {
            if (position - start < NANO_DIGITS) {
                nanos = nanos * 10 + (text.charAt(position) - '0');
            }
        }
        for (int digits = position - start; digits < NANO_DIGITS; digits++) {
            nanos *= 10;
        }
        return position == start ? -1 : nanos;
    }

    /** The offset in seconds, 0 if there is none, or {@link Integer#MIN_VALUE} if it is malformed. */
    private int offset() {
        if (skip('Z') || skip('z')) {
            return 0;
        }
        boolean negative = skip('-');
        if (!negative && !skip('+')) {
            return 0;
        }
        int hours = digits(2);
        int minutes = skip(':') || isDigit() ? digits(2) : 0;
        int seconds = skip(':') ? digits(2) : 0;
        if (hours < 0 || minutes < 0 || seconds < 0 || minutes > 59 || seconds > 59) {
            return Integer.MIN_VALUE;
        }
        int total = (hours * 60 + minutes) * 60 + seconds;
        return negative ? -total : total;
    }

    /** Java writes the region after the offset, which says everything already. */
    private void skipZone() {
        if (position < text.length() && text.charAt(position) == '[' && text.endsWith("]")) {
            position = text.length();
        }
    }

    private boolean isDigit() {
        return position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9';
    }

    private boolean skip(char expected) {
        boolean found = position < text.length() && text.charAt(position) == expected;
        if (found) {
            position++;
        }
        return found;
    }

    /** The number that the next digits spell, or -1 if there are not that many. */
    private int digits(int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            if (!isDigit()) {
                return -1;
            }
            number = number * 10 + (text.charAt(position++) - '0');
        }
        return number;
    }
}
