package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock of the machine may be wrong; the order of entries is not. */
class ClockSetBackTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

    @TempDir
    private Path directory;

    private DeltaTraceDatabase open(boolean withSnapshots) {
        return DeltaTraceDatabase.builder()
                .directory(directory)
                .snapshotEvery(withSnapshots ? 1 : 1_000, 1_000_000)
                .clock(now::get)
                .build();
    }

    private void addAt(DeltaTraceDatabase database, Instant instant) {
        now.set(instant);
        database.execute(Query.add("rows", Map.of("at", instant.toString())));
    }

    private static List<HistoryEntry> entries(DeltaTraceDatabase database) {
        return database.history().entries(HistoryFilter.all().fromTheOldest());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clockSetBack_isNoted_alsoAfterReopening(boolean withSnapshots) {
        try (DeltaTraceDatabase database = open(withSnapshots)) {
            addAt(database, NOON);
            addAt(database, NOON.minusSeconds(3_600));
        }
        try (DeltaTraceDatabase database = open(withSnapshots)) {
            addAt(database, NOON.minusSeconds(1_800));
            addAt(database, NOON);
            addAt(database, NOON.plusSeconds(1));
        }
        try (DeltaTraceDatabase database = open(withSnapshots)) {
            assertThat(entries(database))
                    .extracting(HistoryEntry::committedAt)
                    .containsExactly(NOON, NOON, NOON, NOON, NOON.plusSeconds(1));
            assertThat(entries(database))
                    .extracting(HistoryEntry::clockSetBackTo)
                    .containsExactly(null, NOON.minusSeconds(3_600), NOON.minusSeconds(1_800), null, null);
            assertThat(database.asOf(NOON).revision()).isEqualTo(4);
            assertThat(database.asOf(NOON.minusNanos(1_000)).revision()).isZero();
            assertThat(database.asOf(2).committedAt()).isEqualTo(NOON);
            assertThat(database.history().verify().fault()).isNull();
        }
    }

    @Test
    void failedRequest_keepsTheOrderToo() {
        try (DeltaTraceDatabase database = open(false)) {
            addAt(database, NOON);
            now.set(NOON.plusSeconds(60));
            assertThat(database.execute(Query.removeCollection("none")).isSuccess())
                    .isFalse();
            addAt(database, NOON.plusSeconds(30));
        }
        try (DeltaTraceDatabase database = open(false)) {
            assertThat(entries(database))
                    .extracting(HistoryEntry::committedAt)
                    .containsExactly(NOON, NOON.plusSeconds(60), NOON.plusSeconds(60));
            assertThat(entries(database).get(2).clockSetBackTo()).isEqualTo(NOON.plusSeconds(30));
        }
    }
}
