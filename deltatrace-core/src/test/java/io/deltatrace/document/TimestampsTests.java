package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2024-02-29T12:30:15Z            | 2024-02-29T12:30:15Z
                    2024-02-29T12:30:15z            | 2024-02-29T12:30:15Z
                    2024-02-29t12:30:15Z            | 2024-02-29T12:30:15Z
                    2024-02-29T12:30:15             | 2024-02-29T12:30:15Z
                    2024-02-29 12:30:15             | 2024-02-29T12:30:15Z
                    2024-02-29 12:30:15.123456      | 2024-02-29T12:30:15.123456Z
                    2024-02-29T12:30Z               | 2024-02-29T12:30:00Z
                    2024-02-29T12:30                | 2024-02-29T12:30:00Z
                    2024-02-29T12                   | 2024-02-29T12:00:00Z
                    2024-02-29                      | 2024-02-29T00:00:00Z
                    20240229                        | 2024-02-29T00:00:00Z
                    20240229T123015Z                | 2024-02-29T12:30:15Z
                    20240229T1230+0900              | 2024-02-29T03:30:00Z
                    2024-02-29T12:30:15+09:00       | 2024-02-29T03:30:15Z
                    2024-02-29T12:30:15+0900        | 2024-02-29T03:30:15Z
                    2024-02-29T12:30:15+09          | 2024-02-29T03:30:15Z
                    2024-02-29T12:30:15-03:30       | 2024-02-29T16:00:15Z
                    2024-02-29T12:30:15+00:00       | 2024-02-29T12:30:15Z
                    2024-02-29T12:30:15-00:00       | 2024-02-29T12:30:15Z
                    2024-02-29T12:30:15.1Z          | 2024-02-29T12:30:15.100Z
                    2024-02-29T12:30:15,5Z          | 2024-02-29T12:30:15.500Z
                    2024-02-29T12:30:15.000001Z     | 2024-02-29T12:30:15.000001Z
                    2024-02-29T12:30:15.123456789Z  | 2024-02-29T12:30:15.123456789Z
                    2024-02-29T12:30:15.1234567899Z | 2024-02-29T12:30:15.123456789Z
                    2024-02-29T12:30:15.5+09:00     | 2024-02-29T03:30:15.500Z
                    2024-01-01T00:00:00+09:00       | 2023-12-31T15:00:00Z
                    2024-12-31T23:59:59-01:00       | 2025-01-01T00:59:59Z
                    0001-01-01T00:00:00Z            | 0001-01-01T00:00:00Z
                    9999-12-31T23:59:59.999999Z     | 9999-12-31T23:59:59.999999Z
                    1969-12-31T23:59:59.5Z          | 1969-12-31T23:59:59.500Z
                    """)
    void timestamp_isParsed(String text, Instant expected) {
        assertThat(Timestamps.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "garbage",
                "null",
                "2024",
                "2024-02",
                "2024-1-1",
                "24-02-29",
                "2023-02-29",
                "2024-02-30",
                "2024-04-31",
                "2024-00-01",
                "2024-13-01",
                "2024-01-00",
                "2024-0229",
                "202402-29",
                "2024/02/29",
                "2024-02-29T",
                "2024-02-29Z",
                "2024-02-29X12:30:15",
                "2024-02-29  12:30:15",
                "2024-02-29T24:00:00Z",
                "2024-02-29T12:60:00Z",
                "2024-02-29T12:30:60Z",
                "2024-02-29T1:30:15Z",
                "2024-02-29T12:3",
                "2024-02-29T12:3015",
                "2024-02-29T12:30:15.Z",
                "2024-02-29T12:30:15.x",
                "2024-02-29T12:30:15+",
                "2024-02-29T12:30:15+9:00",
                "2024-02-29T12:30:15+09:",
                "2024-02-29T12:30:15+09:60",
                "2024-02-29T12:30:15+19:00",
                "2024-02-29T12:30:15ZZ",
                "2024-02-29T12:30:15Z[UTC",
                "2024-02-29T12:30:15Z UTC]",
                " 2024-02-29",
                "2024-02-29 ",
                "29.02.2024",
                "1709209815",
                "٢٠٢٤-٠٢-٢٩"
            })
    void anythingElse_isNoTimestamp(String text) {
        assertThat(Timestamps.parse(text)).isNull();
    }

    @Test
    void regionInBrackets_saysNothingMore() {
        assertThat(Timestamps.parse("2024-02-29T12:30:15+09:00[Asia/Tokyo]"))
                .isEqualTo(Instant.parse("2024-02-29T03:30:15Z"));
        assertThat(Timestamps.parse("2024-02-29T12:30:15Z[UTC]")).isEqualTo(Instant.parse("2024-02-29T12:30:15Z"));
    }

    @Test
    void sameMoment_isEqualWhateverTheOffset() {
        assertThat(Timestamps.parse("2024-02-29T21:30:15+09:00")).isEqualTo(Timestamps.parse("2024-02-29T12:30:15Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T12:30:15Z",
                "2024-02-29T12:30:15.100Z",
                "2024-02-29T12:30:15.123456Z",
                "2024-02-29T12:30:15.123456789Z",
                "1969-12-31T23:59:59Z"
            })
    void formattedInstant_isParsedBack(String text) {
        Instant instant = Instant.parse(text);

        assertThat(Timestamps.format(instant)).isEqualTo(text);
        assertThat(Timestamps.parse(Timestamps.format(instant))).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T12:30:15.123456789Z",
                "2024-02-29T12:30:15.999999999Z",
                "2024-02-29T12:30:15Z",
                "1970-01-01T00:00:00.000000999Z",
                "1969-12-31T23:59:59.999999999Z",
                "0000-01-01T00:00:00.000001001Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "-1000000000-01-01T00:00:00Z"
            })
    void toMicros_leavesOutWhatIsFiner(String text) {
        Instant instant = Instant.parse(text);

        assertThat(Timestamps.toMicros(instant)).isEqualTo(instant.truncatedTo(ChronoUnit.MICROS));
    }
}
