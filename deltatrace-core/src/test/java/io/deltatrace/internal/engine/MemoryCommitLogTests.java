package io.deltatrace.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.query.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryCommitLogTests {

    @Test
    void newestEntries_areKept_andReadBothWays() {
        try (MemoryCommitLog log = new MemoryCommitLog(3)) {
            fill(log, 5);

            assertThat(log.read(0)).extracting(HistoryEntry::revision).containsExactly(3L, 4L, 5L);
            assertThat(log.read(5)).extracting(HistoryEntry::revision).containsExactly(5L);
            assertThat(log.find(HistoryFilter.all().before(5)))
                    .extracting(HistoryEntry::revision)
                    .containsExactly(4L, 3L);
            assertThat(log.find(HistoryFilter.all().before(1))).isEmpty();
            assertThat(log.find(HistoryFilter.all()))
                    .extracting(HistoryEntry::revision)
                    .containsExactly(5L, 4L, 3L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 17, 100, 1_000_000})
    void statesOfTheKeptEntries_areThere_andEarlierOnesAreNot(int limit) {
        try (MemoryCommitLog log = new MemoryCommitLog(limit)) {
            List<DatabaseState> states = fill(log, 300);

            long oldest = log.oldestState();
            assertThat(oldest).isEqualTo(Math.max(0L, 300L - limit));
            for (long revision = oldest; revision <= 300; revision++) {
                DatabaseState state = log.stateAt(revision);
                assertThat(state.revision()).isEqualTo(revision);
                assertThat(state).isEqualTo(states.get((int) revision));
            }
            assertThatExceptionOfType(RevisionNotRetainedException.class)
                    .isThrownBy(() -> log.stateAt(oldest - 1))
                    .withMessage("There is no state of revision " + (oldest - 1) + ": states are kept from revision "
                            + oldest + " to 300");
            assertThatExceptionOfType(RevisionNotRetainedException.class).isThrownBy(() -> log.stateAt(301));
        }
    }

    private static List<DatabaseState> fill(MemoryCommitLog log, int count) {
        List<DatabaseState> states = new ArrayList<>();
        DatabaseState state = DatabaseState.EMPTY;
        states.add(state);
        for (int revision = 1; revision <= count; revision++) {
            Entry entry = new Entry(revision, Instant.EPOCH, Query.add("c", Map.of("n", revision)));
            Applied applied = Engine.apply(state, entry);
            state = applied.state();
            states.add(state);
            log.append(
                    new HistoryEntry(
                            revision,
                            Instant.EPOCH,
                            null,
                            Outcome.APPLIED,
                            entry.request(),
                            applied.effects(),
                            null,
                            null),
                    state);
            log.awaitDurable(revision);
        }
        return states;
    }

    @Test
    void logOfNothing_doesNotConstruct() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MemoryCommitLog(0));
    }
}
