package io.deltatrace.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltatrace.document.JsonFormatException;
import io.deltatrace.document.JsonLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be understood is told from what is understood and against the rules. */
class RejectionTests {

    private static final Json JSON = new Json(JsonLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            false|[]
            false|{"target":"a"
            false|{"target":1}
            false|{"target":"a","type":"nope"}
            true|{"target":"a"}
            true|{"target":"a","type":"search"}
            true|{"target":"a","type":"getAll","limit":-1}
            """)
    void rejection_isWhatIsAgainstTheRules(boolean rejection, String text) {
        JsonFormatException failure = catchThrowableOfType(JsonFormatException.class, () -> JSON.readRequest(text));

        assertThat(failure.isRejection()).isEqualTo(rejection);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"target":"a","type":"count"
            {"queries":[{}]}
            """)
    void failureOfAStream_isThatOfItsText(String text) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        JSON.writeFailureFor(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "why", answer);

        assertThat(answer.toString(StandardCharsets.UTF_8)).isEqualTo(JSON.failureFor(text, "why"));
    }

    /** Found by fuzzing: bytes that begin as UTF-32 does were taken for a stream that fails. */
    @ParameterizedTest
    @ValueSource(
            strings = {"0a000000", "0a0000000002", "0000003c00", "00003c00", "f0a4a4a4a4bf0a", "ff", "7b22ff223a317d"})
    void bytesThatAreNoText_areNoJson_andAnswered(String hexadecimal) {
        byte[] bytes = HexFormat.of().parseHex(hexadecimal);

        JsonFormatException failure = catchThrowableOfType(
                JsonFormatException.class, () -> JSON.readRequest(new ByteArrayInputStream(bytes)));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        JSON.writeFailureFor(new ByteArrayInputStream(bytes), failure.getMessage(), answer);

        assertThat(catchThrowableOfType(JsonFormatException.class, () -> JSON.readEntry(bytes)))
                .isNotNull();
        assertThat(JSON.readResult(answer.toString(StandardCharsets.UTF_8)).errorMessage())
                .isEqualTo(failure.getMessage());
    }

    /** Found by fuzzing: what was quoted could be half a surrogate pair, which no client can read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\uD852}",
                "{\"target\":\"\\ud800\",\"type\":\"count\"}",
                "{\"target\":\"a\",\"type\":\"\\ud800\"}",
                "{\"target\":\"a\",\"type\":\"add\",\"addData\":[{\"\\ud800\":1}]}",
                "{\"target\":\"a\",\"type\":\"search\",\"queryNode\":{\"type\":\"\\udc00\"}}",
                "{\"\\ud800\":nonsense}"
            })
    void answer_canBeRead_whateverItQuotes(String text) {
        JsonFormatException failure = catchThrowableOfType(JsonFormatException.class, () -> JSON.readRequest(text));

        assertThat(JSON.readResult(JSON.failureFor(text, failure.getMessage())).errorMessage())
                .isEqualTo(failure.getMessage());
    }
}
