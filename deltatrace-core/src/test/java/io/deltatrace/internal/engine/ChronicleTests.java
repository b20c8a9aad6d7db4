package io.deltatrace.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.ForwardingCommitLog;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.RevisionNotRetainedException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChronicleTests {

    /** A log whose entries are given up a moment after the states before them, just as somebody is looking. */
    private static final class GivingUp extends ForwardingCommitLog {

        private final boolean forGood;
        private long oldestEntry = 21;

        GivingUp(boolean forGood) {
            super(new MemoryCommitLog(10));
            this.forGood = forGood;
        }

        @Override
        public long oldestState() {
            return 35;
        }

        @Override
        public long oldestEntry() {
            return oldestEntry;
        }

        @Override
        public Stream<HistoryEntry> find(HistoryFilter filter) {
            if (forGood || filter.after() < 30) {
                oldestEntry = 31;
                throw new RevisionNotRetainedException("of revision 28", 31, 59);
            }
            return Stream.of();
        }
    }

    @Test
    void entriesGivenUpWhileTheyAreRead_areLeftOut() {
        Chronicle chronicle = new Chronicle(new GivingUp(false), DatabaseState.EMPTY);

        assertThat(chronicle.entries(HistoryFilter.all())).isEmpty();
    }

    @Test
    void entriesThatCannotBeReadTwice_areAnError() {
        Chronicle chronicle = new Chronicle(new GivingUp(true), DatabaseState.EMPTY);

        assertThatExceptionOfType(RevisionNotRetainedException.class)
                .isThrownBy(() -> chronicle.entries(HistoryFilter.all()));
    }
}
