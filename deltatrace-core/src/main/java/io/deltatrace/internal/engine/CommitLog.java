package io.deltatrace.internal.engine;

import io.deltatrace.history.ChainReport;
import io.deltatrace.history.ChainReport.Fault;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.ReplayMismatchException;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.history.VerifyProgress;
import io.deltatrace.storage.StorageStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where entries go: the seam between the engine and what keeps its history, in memory, on files or elsewhere.
 *
 * <p>{@link #append} is called by one thread at a time, in the order of revisions and without gaps. The other methods may be
 * called by any thread at any time.
 */
public interface CommitLog extends AutoCloseable {

    /**
     * Takes an entry. If this throws, the entry was not taken and will not be published.
     *
     * @param after the state that the entry led to, which the log may keep
     * @return the entry as it is kept, with its place in the chain if that is known already
     */
    HistoryEntry append(HistoryEntry entry, DatabaseState after);

    /** The newest entry, just appended by this thread, with its place in the chain. */
    default HistoryEntry linked(HistoryEntry entry) {
        return entry;
    }

    /**
     * Returns when the entry of that revision, and all before it, survive whatever this log promises to survive. If this
     * throws, it is not known whether they do.
     */
    void awaitDurable(long revision);

    /**
     * The kept entries from a revision on, oldest first; there may be some from before the {@linkplain #oldestState}. All that
     * were there when this was called have their places in the chain.
     */
    Stream<HistoryEntry> read(long from);

    /**
     * The kept entries that a filter accepts, in its order and regardless of its limit; there may be some from before the
     * {@linkplain #oldestState}. Finds those with the filter's terms without reading all. All that were there when this was
     * called have their places in the chain.
     */
    Stream<HistoryEntry> find(HistoryFilter filter);

    /**
     * The last revision that was committed at or before an instant, if its state is kept; otherwise that of the oldest kept
     * state, which is of a later instant.
     */
    long revisionAt(Instant instant);

    /**
     * Applies the entries after a state again, one after the other.
     *
     * @param until the last revision to be applied
     * @return the state after it
     * @throws RevisionNotRetainedException if entries are missing; the action has been told of those before then
     */
    default DatabaseState replay(DatabaseState start, long until, ReplayAction action) {
        DatabaseState state = start;
        if (until > start.revision()) {
            try (Stream<HistoryEntry> entries = read(start.revision() + 1)) {
                Iterator<HistoryEntry> next = entries.iterator();
                while (state.revision() < until && next.hasNext()) {
                    HistoryEntry entry = next.next();
                    if (entry.revision() != state.revision() + 1) {
                        break;
                    }
                    DatabaseState after = Engine.replay(state, entry);
                    action.replayed(state, entry, after);
                    state = after;
                }
            }
        }
        if (state.revision() < until) {
            throw new RevisionNotRetainedException("of revision " + state.revision(), oldestState(), until);
        }
        return state;
    }

    /**
     * As {@link #replay}, for a caller who looks at one collection only. Entries that have nothing to do with it may be left
     * out, so that the states need not have what is in others.
     */
    default void replay(String collection, DatabaseState start, long until, ReplayAction action) {
        replay(start, until, action);
    }

    /** Is told of each entry that is applied again, and of the states before and after it. */
    @FunctionalInterface
    interface ReplayAction {

        /** An action that does nothing. */
        ReplayAction NONE = (before, entry, after) -> {};

        /** Takes note. */
        void replayed(DatabaseState before, HistoryEntry entry, DatabaseState after);
    }

    /**
     * The state after the entry of a revision.
     *
     * @throws RevisionNotRetainedException if it is not kept, or still to come
     */
    DatabaseState stateAt(long revision);

    /** The oldest revision whose state is kept. */
    long oldestState();

    /** The oldest revision whose entry is kept for sure; there may be no state before it. */
    default long oldestEntry() {
        return oldestState() + 1;
    }

    /**
     * Forgets the states before that of a revision, and the entries that are then of no use any more.
     *
     * @param archive where files of entries are moved to; null to delete them
     */
    void retain(long revision, @Nullable Path archive);

    /** Stores the newest state, where there is something to store it in, and answers its revision. */
    long saveSnapshot();

    /** How the files are doing, where there are files. */
    default Optional<StorageStatus> status() {
        return Optional.empty();
    }

    /** The newest entry as a point of the chain; only where there is an entry. */
    Checkpoint checkpoint();

    /** See {@link io.deltatrace.history.History#verify}. */
    ChainReport verify(Collection<Checkpoint> checkpoints, VerifyProgress progress, Set<VerifyOption> options);

    /**
     * Applies the entries after a state again, and finds the first that does something else than at first.
     *
     * @param stateHashes what is known of the states in between, by revision
     */
    default @Nullable Fault replayFault(DatabaseState start, long until, Map<Long, String> stateHashes) {
        try {
            replay(start, until, (before, entry, after) -> {
                String expected = stateHashes.get(after.revision());
                if (expected != null && !expected.equals(after.hash())) {
                    throw new ReplayMismatchException(
                            after.revision(), "the state is not the one that a stored snapshot has");
                }
            });
            return null;
        } catch (ReplayMismatchException e) {
            return new Fault(e.revision(), ChainReport.Kind.DIFFERENT, null, String.valueOf(e.getMessage()));
        }
    }

    @Override
    void close();
}
