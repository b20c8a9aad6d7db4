package io.deltatrace.document;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The text that {@link Instant#toString()} has for the years 0 to 9999, such as {@code 2024-02-29T12:30:15.123Z}: written and read
 * many times faster, because documents are full of them.
 *
 * <p>Days are converted to dates and back as Howard Hinnant describes in "chrono-Compatible Low-Level Date Algorithms" (2013): in
 * years that begin with March, so that a leap day is the last of its year, and eras of 400 years, which are all alike.
 */
final class CanonicalInstant {

    private static final int SECONDS_END = "2024-02-29T12:30:15".length();
    private static final int SECONDS_OF_DAY = 24 * 60 * 60;
    private static final int DAYS_OF_ERA = 146_097;
    private static final int DAYS_FROM_YEAR_0 = 719_468;
    private static final long FIRST_SECOND =
            Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    private static final long AFTER_LAST_SECOND =
            Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();
    private static final int[] SCALE = {0, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private CanonicalInstant() {}

    /** Whether an instant has a year of four digits. */
    static boolean isWritable(Instant instant) {
        return instant.getEpochSecond() >= FIRST_SECOND && instant.getEpochSecond() < AFTER_LAST_SECOND;
    }

    static String format(Instant instant) {
        if (!isWritable(instant)) {
            return instant.toString();
        }
        return format(instant.getEpochSecond(), instant.getNano(), digits(instant.getNano()));
    }

    /** The length of the text of a writable instant. */
    @SuppressWarnings("JavaInstantGetSecondsGetNano") // all else has always the same length
    static int length(Instant instant) {
        int digits = digits(instant.getNano());
        return SECONDS_END + 1 + (digits == 0 ? 0 : 1 + digits);
    }

    private static int digits(int nanos) {
        return nanos == 0 ? 0 : nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
    }

    /** The text of a writable instant with microseconds and no more. */
    static String formatMicros(Instant instant) {
        return format(instant.getEpochSecond(), instant.getNano(), 6);
    }

    private static String format(long seconds, int nanos, int digits) {
        int ofDay = Math.floorMod(seconds, SECONDS_OF_DAY);
        // All of it counts from the first of March before year 0, or an era earlier, so nothing is negative.
        int day = (int) Math.floorDiv(seconds, SECONDS_OF_DAY) + DAYS_FROM_YEAR_0 + DAYS_OF_ERA;
        int era = day / DAYS_OF_ERA;
        int ofEra = day % DAYS_OF_ERA;
        int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int dayOfYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int fromMarch = (5 * dayOfYear + 2) / 153;
        int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        int year = yearOfEra + (era - 1) * 400 + (month <= 2 ? 1 : 0);

        byte[] text = new byte[SECONDS_END + 11];
        put(text, 0, 4, year);
        text[4] = '-';
        put(text, 5, 2, month);
        text[7] = '-';
        put(text, 8, 2, dayOfYear - (153 * fromMarch + 2) / 5 + 1);
        text[10] = 'T';
        put(text, 11, 2, ofDay / 3600);
        text[13] = ':';
        put(text, 14, 2, ofDay / 60 % 60);
        text[16] = ':';
        put(text, 17, 2, ofDay % 60);
        int end = SECONDS_END;
        if (digits != 0) {
            text[end++] = '.';
            put(text, end, digits, nanos / SCALE[digits]);
            end += digits;
        }
        text[end++] = 'Z';
        return new String(text, 0, end, StandardCharsets.ISO_8859_1);
    }

    private static void put(byte[] text, int start, int digits, int number) {
        int rest = number;
        for (int i = start + digits - 1; i >= start; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** The instant of such a text, with any fraction of up to nine digits; null if it is another text, or no instant. */
    static @Nullable Instant parse(String text) {
        int length = text.length();
        if (length <= SECONDS_END
                || length > SECONDS_END + 11
                || text.charAt(length - 1) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, SECONDS_END);
        int nanos = length == SECONDS_END + 1 ? 0 : fraction(text, length - 1);
        if ((year | month | day | hour | minute | second | nanos) < 0
                || month < 1
                || month > 12
                || day < 1
                || day > daysOfMonth(year, month)
                || hour > 23
                || minute > 59
                || second > 59) {
            return null;
        }
        return Instant.ofEpochSecond(
                epochDay(year, month, day) * SECONDS_OF_DAY + (hour * 60 + minute) * 60L + second, nanos);
    }

    private static int daysOfMonth(int year, int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    private static long epochDay(int year, int month, int day) {
        int fromMarch = month > 2 ? month - 3 : month + 9;
        // An era later, so that January of year 0 is not negative.
        int ofMarch = (month > 2 ? year : year - 1) + 400;
        int era = ofMarch / 400;
        int yearOfEra = ofMarch % 400;
        int dayOfYear = (153 * fromMarch + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return (long) (era - 1) * DAYS_OF_ERA + dayOfEra - DAYS_FROM_YEAR_0;
    }

    /** The nanoseconds of what stands between the seconds and the end; negative if that is no fraction. */
    private static int fraction(String text, int end) {
        int digits = end - SECONDS_END - 1;
        return text.charAt(SECONDS_END) != '.' || digits == 0 ? -1 : digits(text, SECONDS_END + 1, end) * SCALE[digits];
    }

    /** The number; negative if there is anything but digits. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
