package io.deltatrace.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deltatrace.history.HistoryEntry;
import io.deltatrace.query.Query;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryCommitLogTests {

    @Test
    void newestEntries_areKept_andReadBothWays() {
        try (MemoryCommitLog log = new MemoryCommitLog(3)) {
            for (int revision = 1; revision <= 5; revision++) {
                log.append(new HistoryEntry(revision, Instant.EPOCH, Query.clear("c"), List.of()));
                log.awaitDurable(revision);
            }

            assertThat(log.read(0)).extracting(HistoryEntry::revision).containsExactly(3L, 4L, 5L);
            assertThat(log.read(5)).extracting(HistoryEntry::revision).containsExactly(5L);
            assertThat(log.readBackwards(5)).extracting(HistoryEntry::revision).containsExactly(4L, 3L);
            assertThat(log.readBackwards(Long.MAX_VALUE))
                    .extracting(HistoryEntry::revision)
                    .containsExactly(5L, 4L, 3L);
        }
    }

    @Test
    void logOfNothing_doesNotConstruct() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MemoryCommitLog(0));
    }
}
