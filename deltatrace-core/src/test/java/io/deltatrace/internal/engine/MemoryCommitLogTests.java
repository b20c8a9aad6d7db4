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

    private static final long BASE = 703;
    private static final DatabaseState START = DatabaseState.EMPTY.at(BASE, Instant.EPOCH);

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

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 31, 32, 64, 100})
    void entries_areFoldedIntoTheNextKeptState_asSoonAsItIsTheOldestToKeep(int limit) {
        int interval = Math.max(1, limit / 16);
        try (MemoryCommitLog log = new MemoryCommitLog(limit, START)) {
            DatabaseState state = START;
            for (int count = 1; count <= 3 * limit; count++) {
                state = add(log, state);
                int folded = Math.max(0, count - limit) / interval * interval;

                assertThat(log.read(0))
                        .first()
                        .extracting(HistoryEntry::revision)
                        .isEqualTo(BASE + folded + 1);
                assertThat(log.read(0)).hasSize(count - folded);
            }
        }
    }

    @Test
    void states_areKeptAnIntervalApart_andMadeAgainInBetween() {
        try (MemoryCommitLog log = new MemoryCommitLog(64, START)) {
            List<DatabaseState> states = new ArrayList<>(List.of(START));
            for (int count = 1; count <= 20; count++) {
                states.add(add(log, states.get(count - 1)));
            }

            for (int count = 0; count <= 20; count++) {
                DatabaseState state = log.stateAt(BASE + count);
                assertThat(state).isEqualTo(states.get(count));
                if (count % 4 == 0) {
                    assertThat(state).isSameAs(states.get(count));
                } else {
                    assertThat(state).isNotSameAs(states.get(count));
                }
            }
        }
    }

    @Test
    void entriesThatWereGivenUp_areFoldedAtOnce_andTheRestAtTheLimit() {
        try (MemoryCommitLog log = new MemoryCommitLog(64, START)) {
            DatabaseState state = START;
            for (int count = 1; count <= 40; count++) {
                state = add(log, state);
            }
            log.retain(BASE + 30, null);
            assertThat(log.oldestState()).isEqualTo(BASE + 30);
            assertThat(log.read(0)).first().extracting(HistoryEntry::revision).isEqualTo(BASE + 29);

            for (int count = 41; count <= 95; count++) {
                state = add(log, state);
            }
            assertThat(log.read(0)).first().extracting(HistoryEntry::revision).isEqualTo(BASE + 29);
            add(log, state);
            assertThat(log.oldestState()).isEqualTo(BASE + 32);
            assertThat(log.read(0)).first().extracting(HistoryEntry::revision).isEqualTo(BASE + 33);
            assertThat(log.stateAt(BASE + 32).size("c")).isEqualTo(32);
        }
    }

    private static DatabaseState add(MemoryCommitLog log, DatabaseState before) {
        Entry entry = new Entry(before.revision() + 1, Instant.EPOCH, Query.add("c", Map.of("n", before.revision())));
        Applied applied = Engine.apply(before, entry);
        log.append(
                new HistoryEntry(
                        entry.revision(),
                        entry.committedAt(),
                        null,
                        Outcome.APPLIED,
                        entry.request(),
                        applied.effects(),
                        null,
                        null),
                applied.state());
        return applied.state();
    }

    private static List<DatabaseState> fill(MemoryCommitLog log, int count) {
        List<DatabaseState> states = new ArrayList<>();
        DatabaseState state = DatabaseState.EMPTY;
        states.add(state);
        for (int revision = 1; revision <= count; revision++) {
            state = add(log, state);
            states.add(state);
            log.awaitDurable(revision);
        }
        return states;
    }

    @Test
    void logOfNothing_doesNotConstruct() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MemoryCommitLog(0));
    }
}
