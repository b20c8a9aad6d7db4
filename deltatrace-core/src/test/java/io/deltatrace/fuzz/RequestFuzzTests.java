package io.deltatrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.document.JsonFormatException;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.json.Json;
import io.deltatrace.query.Request;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes where a request belongs: it is read or refused, is written as it was read, and is always answered. */
@ExtendWith(JazzerCondition.class)
class RequestFuzzTests {

    private static final Json JSON = new Json(JsonLimits.DEFAULT);

    static Stream<byte[]> requests() {
        return RecordedCases.parts(7, "query");
    }

    @Timeout(60)
    @MethodSource("requests")
    @FuzzTest
    void request_isReadOrRefused_andAnswered(byte[] input) {
        assertStable(input);
        String text = new String(input, StandardCharsets.UTF_8);
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            database.importFrom(new ByteArrayInputStream(Start.DATABASE), Start.CAUSE);

            String answer = database.execute(text);

            assertThat(JSON.toJson(JSON.readResult(answer))).isEqualTo(answer);
            assertThat(database.history().verify().fault()).isNull();
        }
    }

    private static void assertStable(byte[] input) {
        Request read;
        try {
            read = JSON.readRequest(new ByteArrayInputStream(input));
        } catch (JsonFormatException e) {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            JSON.writeFailureFor(new ByteArrayInputStream(input), String.valueOf(e.getMessage()), answer);
            assertThat(JSON.readResult(answer.toString(StandardCharsets.UTF_8)).errorMessage())
                    .isEqualTo(e.getMessage());
            return;
        }
        String written = JSON.toJson(read);
        assertThat(JSON.toJson(JSON.readRequest(written))).isEqualTo(written);
    }
}
