package io.deltatrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.document.JsonFormatException;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes where a line of the journal belongs. */
@ExtendWith(JazzerCondition.class)
class EntryFuzzTests {

    private static final Json JSON = new Json(JsonLimits.DEFAULT);
    private static final String PREVIOUS = "0".repeat(64);

    static Stream<byte[]> entries() {
        List<byte[]> entries = new ArrayList<>();
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            database.importFrom(new ByteArrayInputStream(Start.DATABASE), Start.CAUSE);
            RequestFuzzTests.requests()
                    .map(request -> new String(request, StandardCharsets.UTF_8))
                    .forEach(database::execute);
            database.revertTo(1, Start.CAUSE);
            database.history().entries(HistoryFilter.all().limit(150)).forEach(entry -> entries.add(written(entry)));
        }
        return entries.stream();
    }

    private static byte[] written(HistoryEntry entry) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        JSON.writeEntry(entry, PREVIOUS, line);
        return line.toByteArray();
    }

    @Timeout(60)
    @MethodSource("entries")
    @FuzzTest
    void entry_isReadOrRefused(byte[] input) {
        HistoryEntry read;
        try {
            read = JSON.readEntry(input);
        } catch (JsonFormatException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        byte[] written = written(read);
        assertThat(written(JSON.readEntry(written))).isEqualTo(written);
    }
}
