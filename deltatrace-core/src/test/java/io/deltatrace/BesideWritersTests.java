package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import io.deltatrace.storage.Durability;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking back is right while others write and entries leave the memory, whether files have them or not. */
@Timeout(60)
class BesideWritersTests {

    private static final int WRITES = 3_000;

    @TempDir
    private Path directory;

    private DeltaTraceDatabase open(boolean onFiles, int historyLimit) {
        DeltaTraceDatabaseBuilder builder = DeltaTraceDatabase.builder().historyLimit(historyLimit);
        return (onFiles
                        ? builder.directory(directory)
                                .durability(Durability.OS)
                                .segmentSize(50_000)
                                .snapshotEvery(50, 1_000)
                        : builder)
                .build();
    }

    /** Looks as often as it can while somebody writes. */
    private static void look(DeltaTraceDatabase database, Consumer<DeltaTraceDatabase> looking) throws Exception {
        database.execute(Query.add("rows", Map.of("n", -1)));
        Thread writer = new Thread(() -> {
            for (int n = 0; n < WRITES; n++) {
                database.execute(Query.add("rows", Map.of("n", n)));
            }
        });
        writer.start();
        try {
            do {
                looking.accept(database);
            } while (writer.isAlive());
        } finally {
            writer.join();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 40})
    void recentStateThatLeavesTheMemory_isOnFiles(int historyLimit) throws Exception {
        try (DeltaTraceDatabase database = open(true, historyLimit)) {
            look(database, looked -> {
                long revision = Math.max(0, looked.snapshot().revision() - 1);
                assertThat(looked.asOf(revision).size("rows")).isEqualTo(revision);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void checkpoint_isOfOneEntry(boolean onFiles) throws Exception {
        List<Checkpoint> checkpoints = new ArrayList<>();
        try (DeltaTraceDatabase database = open(onFiles, WRITES + 1)) {
            look(database, looked -> checkpoints.add(looked.history().checkpoint()));
            assertThat(database.history().verify(checkpoints).fault()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void chain_isIntactWhileEntriesLeaveTheMemory(boolean onFiles) throws Exception {
        try (DeltaTraceDatabase database = open(onFiles, 20)) {
            look(
                    database,
                    looked -> assertThat(looked.history().verify().fault()).isNull());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void entriesUntilAnInstantToCome_haveNoGap(boolean onFiles) throws Exception {
        HistoryFilter filter = HistoryFilter.all()
                .until(Instant.now().plusSeconds(3_600))
                .fromTheOldest()
                .limit(WRITES + 1);
        try (DeltaTraceDatabase database = open(onFiles, 20)) {
            look(database, looked -> {
                List<Long> revisions = looked.history().entries(filter).stream()
                        .map(HistoryEntry::revision)
                        .toList();
                for (int i = 1; i < revisions.size(); i++) {
                    assertThat(revisions.get(i)).isEqualTo(revisions.get(i - 1) + 1);
                }
            });
        }
    }
}
