package io.deltatrace.internal.engine;

import io.deltatrace.history.ChainReport;
import io.deltatrace.history.ChainReport.Fault;
import io.deltatrace.history.ChainReport.Kind;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.VerifyProgress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Follows a chain of hashes from a point on, until something is wrong with it. Not thread-safe. */
public final class ChainWalk {

    private final long start;
    private final TreeMap<Long, List<Checkpoint>> checkpoints = new TreeMap<>();
    private long revision;
    private String hash;

    /** A walk that begins after the entry of a revision, which had the given hash. */
    public ChainWalk(long revision, String hash, Collection<Checkpoint> checkpoints) {
        this.start = revision;
        this.revision = revision;
        this.hash = hash;
        for (Checkpoint checkpoint : checkpoints) {
            this.checkpoints
                    .computeIfAbsent(checkpoint.revision(), key -> new ArrayList<>())
                    .add(checkpoint);
        }
    }

    /** The last entry that was reached. */
    public long revision() {
        return revision;
    }

    /** The hash of that entry. */
    public String hash() {
        return hash;
    }

    /**
     * Goes on to the next entry.
     *
     * @param line null if there is something, but no line with the right hash
     * @param place where that is; null if it is nowhere in particular
     * @return what is wrong with it; null if nothing is
     */
    public @Nullable Fault next(@Nullable ChainedLine line, @Nullable String place) {
        long expected = revision + 1;
        if (line == null) {
            return new Fault(expected, Kind.EDITED, place, "The entry does not have the hash that it says it has");
        }
        if (line.revision() > expected) {
            return new Fault(
                    expected, Kind.MISSING, place, "Revision " + line.revision() + " is in the place of " + expected);
        }
        if (line.revision() < expected) {
            return new Fault(
                    expected, Kind.REORDERED, place, "Revision " + line.revision() + " is in the place of " + expected);
        }
        if (!line.previousHash().equals(hash)) {
            return new Fault(
                    expected, Kind.EDITED, place, "The entry does not follow from the entry that is before it now");
        }
        revision = expected;
        hash = line.hash();
        return contradiction(place);
    }

    /** Tells how far the walk has come, of entries that are known to go on until a revision at least. */
    public void tell(VerifyProgress progress, long knownLast) {
        progress.verified(revision - start, Math.max(revision, knownLast) - start);
    }

    /** What is wrong at the point where the walk is, according to the checkpoints; null if nothing is. */
    public @Nullable Fault contradiction(@Nullable String place) {
        for (Checkpoint checkpoint : checkpoints.getOrDefault(revision, List.of())) {
            if (!checkpoint.hash().equals(hash)) {
                return new Fault(
                        revision, Kind.EDITED, place, "The entry is not the one that the checkpoint was taken of");
            }
        }
        return null;
    }

    /** What is wrong with ending here; null if nothing is. */
    public @Nullable Fault end(long expectedLast) {
        long last = checkpoints.isEmpty() ? expectedLast : Math.max(expectedLast, checkpoints.lastKey());
        return last <= revision
                ? null
                : new Fault(revision + 1, Kind.CUT, null, "The history ends before revision " + last);
    }

    /** What is to be told of the walk. */
    public ChainReport report(@Nullable Fault fault) {
        List<Checkpoint> unverifiable = checkpoints.headMap(start, false).values().stream()
                .flatMap(List::stream)
                .toList();
        long sound = fault == null ? revision : Math.min(revision, fault.revision() - 1);
        return new ChainReport(start + 1, Math.max(0, sound - start), unverifiable, fault);
    }
}
