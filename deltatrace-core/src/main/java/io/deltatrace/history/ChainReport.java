package io.deltatrace.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of verifying a history.
 *
 * @param firstRevision the oldest entry that was there to be verified
 * @param verified how many entries follow from there without a fault
 * @param unverifiable the given checkpoints that are older than that, so that nothing can be said of them
 * @param fault the first fault; null if there is none
 */
public record ChainReport(
        long firstRevision,
        long verified,
        List<Checkpoint> unverifiable,
        @Nullable Fault fault) {

    /** Copies the list. */
    public ChainReport {
        unverifiable = List.copyOf(unverifiable);
    }

    /** What can be wrong with a history. */
    public enum Kind {
        /** The entry is not what it was when it was written. */
        EDITED,
        /** The entry is not there, but later ones are. */
        MISSING,
        /** The entry is there, but not in its place. */
        REORDERED,
        /** The entry and all later ones are not there. */
        CUT,
        /** The entry does not do again what it did at first, or the state after it is another. */
        DIFFERENT
    }

    /**
     * Something wrong with a history.
     *
     * @param revision the first entry that is concerned
     * @param kind what is wrong with it
     * @param place the file and the line, if it is on file; null otherwise
     * @param explanation the same in words
     */
    public record Fault(long revision, Kind kind, @Nullable String place, String explanation) {}

    /** Whether there is no fault. */
    public boolean isIntact() {
        return fault == null;
    }
}
