package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalInstantTests {

    private static final long FIRST = -62_167_219_200L;
    private static final long LAST = 253_402_300_799L;

    @Property
    void text_isThatOfInstant_andReadAgain(
            @ForAll @LongRange(min = FIRST, max = LAST) long second,
            @ForAll @IntRange(min = 0, max = 999_999_999) int nanos,
            @ForAll @IntRange(min = 0, max = 9) int zeros) {
        int scale = (int) Math.pow(10, zeros);
        Instant instant = Instant.ofEpochSecond(second, zeros == 9 ? 0 : nanos / scale * scale);

        assertThat(CanonicalInstant.format(instant)).isEqualTo(instant.toString());
        assertThat(CanonicalInstant.parse(instant.toString())).isEqualTo(instant);
    }

    @Property
    void microseconds_areAlwaysSixDigits_asJavaTimeWritesThem(
            @ForAll @LongRange(min = FIRST - 5, max = LAST + 5) long second,
            @ForAll @IntRange(min = 0, max = 999_999_999) int nanos) {
        Instant instant = Instant.ofEpochSecond(second, nanos);

        assertThat(Timestamps.formatMicros(instant))
                .isEqualTo(new DateTimeFormatterBuilder()
                        .appendInstant(6)
                        .toFormatter(Locale.ROOT)
                        .format(instant));
    }

    @Test
    void everyDayOfFourCenturiesAndMore_isWrittenAndRead() {
        LocalDate end = LocalDate.of(2420, 1, 1);
        for (LocalDate day = LocalDate.of(1980, 1, 1); day.isBefore(end); day = day.plusDays(1)) {
            Instant instant = day.atTime(23, 59, 58).toInstant(ZoneOffset.UTC);
            assertThat(CanonicalInstant.format(instant)).isEqualTo(instant.toString());
            assertThat(CanonicalInstant.parse(instant.toString())).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01T00:00:00Z",
                "0000-02-29T00:00:00Z",
                "0000-03-01T00:00:00Z",
                "1969-12-31T23:59:59.999999999Z",
                "1970-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z"
            })
    void ends_areWrittenAndRead(String text) {
        Instant instant = Instant.parse(text);

        assertThat(CanonicalInstant.parse(text)).isEqualTo(instant);
        assertThat(CanonicalInstant.format(instant)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {FIRST - 1, LAST + 1, Long.MIN_VALUE / 1_000_000_000, 400_000_000_000L})
    void instantWithALongerYear_isWrittenAsInstantDoes(long second) {
        Instant instant = Instant.ofEpochSecond(second);

        assertThat(CanonicalInstant.format(instant)).isEqualTo(instant.toString());
    }

    @Property
    void textWithOneOtherCharacter_isWhatInstantMakesOfIt_orNotRead(
            @ForAll @IntRange(min = 0, max = 23) int place, @ForAll @CharRange(from = ' ', to = '~') char other) {
        StringBuilder text = new StringBuilder("2023-02-28T12:30:15.123Z");
        text.setCharAt(place, other);

        Instant read = CanonicalInstant.parse(text.toString());
        if (read != null) {
            assertThat(read).isEqualTo(Instant.parse(text));
        }
        try {
            Instant.parse(text);
        } catch (DateTimeException e) {
            assertThat(read).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-02-29",
                "2024-02-29T12:30:15",
                "2024-02-29T12:30:15.Z",
                "2024-02-29T12:30:15.1234567891Z",
                "2024-02-29T12:30:15+00:00",
                "2024-02-29T24:00:00Z",
                "2024-02-29T12:30:60Z",
                "2023-02-29T12:30:15Z",
                "1900-02-29T12:30:15Z",
                "2024-04-31T12:30:15Z",
                "2024-00-10T12:30:15Z",
                "2024-13-10T12:30:15Z",
                "2024-01-00T12:30:15Z",
                "-001-01-10T12:30:15Z",
                "２024-01-10T12:30:15Z",
                "2024-01-10T12:30:15,5Z"
            })
    void otherText_isNotRead(String text) {
        assertThat(CanonicalInstant.parse(text)).isNull();
    }
}
