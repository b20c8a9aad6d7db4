package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.document.JsonLimits;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.internal.engine.Engine;
import io.deltatrace.json.Json;
import io.deltatrace.query.Request;
import io.deltatrace.storage.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The journal can be read by anyone, with nothing but its documented form. */
class JournalFormatTests {

    private static final int REQUESTS = 1_500;

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private final Map<Long, String> hashes = new TreeMap<>();
    private List<String> lines;

    @BeforeEach
    void fill() throws IOException {
        DatabaseFiles files = new DatabaseFiles(temporary.resolve("database"));
        RandomRequests requests = new RandomRequests(31);
        try (DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                .directory(files.directory())
                .durability(Durability.OS)
                .segmentSize(200_000)
                .build()) {
            for (int i = 0; i < REQUESTS; i++) {
                Request request = requests.request();
                if (i % 40 == 0) {
                    database.execute(request, Map.of());
                } else {
                    database.execute(request);
                }
                hashes.put(database.snapshot().revision(), database.snapshot().hash());
            }
        }
        lines = new ArrayList<>();
        for (Path segment : files.segments()) {
            lines.addAll(Files.readAllLines(segment));
        }
        assertThat(files.segments()).hasSizeGreaterThan(3);
        assertThat(lines)
                .hasSize(hashes.size() - (hashes.containsKey(0L) ? 1 : 0))
                .hasSizeGreaterThan(REQUESTS / 2);
    }

    @Test
    void codecAlone_leadsToTheSameStates() {
        Json json = new Json(JsonLimits.DEFAULT);
        DatabaseState state = DatabaseState.EMPTY;
        for (String line : lines) {
            HistoryEntry entry = json.readEntry(line.getBytes(StandardCharsets.UTF_8));
            state = Engine.replay(state, entry);
            assertThat(state.revision()).isEqualTo(entry.revision());
            assertThat(state.hash()).as("revision %s", entry.revision()).isEqualTo(hashes.get(entry.revision()));
        }
        assertThat(state.names()).isNotEmpty();
    }

    /** As {@code sed} and {@code sha256sum} would do it, without the code that writes the lines. */
    @Test
    void hash_isThatOfTheLineWithoutItsLastMember() {
        String previous = "0".repeat(64);
        for (String line : lines) {
            String unhashed = line.replaceFirst(",\"hash\":\"[0-9a-f]*\"}$", "}");
            assertThat(unhashed).startsWith("{\"revision\":").endsWith(",\"prev\":\"" + previous + "\"}");
            String hash = DatabaseFiles.sha256(unhashed);
            assertThat(line).endsWith(",\"hash\":\"" + hash + "\"}");
            previous = hash;
        }
    }

    @Test
    void everyLine_isAJsonObjectWithWhoWhatAndWhen() {
        JsonMapper mapper = JsonMapper.shared();
        long revision = 0;
        Instant last = Instant.MIN;
        for (String line : lines) {
            JsonNode entry = mapper.readTree(line);
            assertThat(entry.propertyNames())
                    .startsWith("revision", "at")
                    .contains("outcome", "effects", "errorMessage", "request", "prev", "hash");
            assertThat(entry.get("revision").asLong()).isEqualTo(++revision);
            Instant at = Instant.parse(entry.get("at").asString());
            assertThat(at).isAfterOrEqualTo(last);
            last = at;
            assertThat(entry.get("outcome").asString()).isIn("applied", "failed", "denied");
            assertThat(entry.get("errorMessage").isNull())
                    .isEqualTo(entry.get("outcome").asString().equals("applied"));
            assertThat(entry.get("request").get("className").asString()).isNotEmpty();
            assertThat(entry.get("request").findValues("cause"))
                    .filteredOn(cause -> !cause.isNull())
                    .allSatisfy(
                            cause -> assertThat(cause.at("/who/id").isString()).isTrue());
            // Also a transaction, whose queries say it too.
            assertThat(entry.get("request").has("cause")).isTrue();
        }
    }
}
