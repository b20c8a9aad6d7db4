package io.deltatrace.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltatrace.document.JsonFormatException;
import io.deltatrace.document.JsonLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
