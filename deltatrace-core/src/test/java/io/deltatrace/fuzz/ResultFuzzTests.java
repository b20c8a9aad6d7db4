package io.deltatrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.deltatrace.document.JsonFormatException;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.json.Json;
import io.deltatrace.result.Result;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text where a result belongs. */
@ExtendWith(JazzerCondition.class)
class ResultFuzzTests {

    private static final Json JSON = new Json(JsonLimits.DEFAULT);

    static Stream<byte[]> results() {
        return RecordedCases.parts(15, "result");
    }

    @Timeout(60)
    @MethodSource("results")
    @FuzzTest
    void result_isReadOrRefused(byte[] input) {
        Result read;
        try {
            read = JSON.readResult(new String(input, StandardCharsets.UTF_8));
        } catch (JsonFormatException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        String written = JSON.toJson(read);
        assertThat(JSON.toJson(JSON.readResult(written))).isEqualTo(written);
    }
}
