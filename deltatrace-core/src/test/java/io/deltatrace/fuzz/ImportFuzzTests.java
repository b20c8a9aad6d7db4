package io.deltatrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.document.JsonFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes where a backup belongs: it is refused and nothing changes, or what is exported then is imported as the same. */
@ExtendWith(JazzerCondition.class)
class ImportFuzzTests {

    static Stream<byte[]> backups() {
        return RecordedCases.parts(50, "database");
    }

    @Timeout(60)
    @MethodSource("backups")
    @FuzzTest
    void backup_isImported_orRefused(byte[] input) {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();
                DeltaTraceDatabase copy = DeltaTraceDatabase.inMemory()) {
            String before = database.snapshot().hash();
            try {
                database.importFrom(new ByteArrayInputStream(input), Start.CAUSE);
            } catch (JsonFormatException e) {
                assertThat(database.snapshot().hash()).isEqualTo(before);
                return;
            }
            byte[] exported = exported(database);
            copy.importFrom(new ByteArrayInputStream(exported), Start.CAUSE);
            assertThat(exported(copy)).isEqualTo(exported);
        }
    }

    private static byte[] exported(DeltaTraceDatabase database) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        database.exportTo(bytes);
        return bytes.toByteArray();
    }
}
