package io.deltatrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.json.Json;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text where the template of a merge belongs: a merge makes a document for each, or says what is wrong and changes nothing. */
@ExtendWith(JazzerCondition.class)
class MergeFuzzTests {

    private static final Json JSON = new Json(JsonLimits.DEFAULT);

    static Stream<byte[]> templates() {
        return RecordedCases.parts(2, "dslTmp");
    }

    @Timeout(60)
    @MethodSource("templates")
    @FuzzTest
    void merge_makesADocumentForEach_orNothing(byte[] input) {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            database.importFrom(new ByteArrayInputStream(Start.DATABASE), Start.CAUSE);
            String before = database.snapshot().hash();
            String template = new String(input, StandardCharsets.UTF_8);

            boolean merged =
                    JSON.readResult(database.execute("""
                            {"target":"merged","type":"merge","mergeQueryParams":{"base":"users","source":["orders"],\
                            "relationKey":"id","sourceKeys":["userId"],"output":"merged","dslTmp":%s}}\
                            """.formatted(template))).isSuccess();

            if (merged) {
                assertThat(database.snapshot().size("merged"))
                        .isEqualTo(database.snapshot().size("users"));
                assertThat(database.history().verify().fault()).isNull();
            } else {
                assertThat(database.snapshot().hash()).isEqualTo(before);
            }
        }
    }
}
