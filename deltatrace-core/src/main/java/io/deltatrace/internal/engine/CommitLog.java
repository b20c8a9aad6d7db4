package io.deltatrace.internal.engine;

import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.RevisionNotRetainedException;
import java.util.List;
import java.util.stream.Stream;

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
     */
    void append(HistoryEntry entry, DatabaseState after);

    /** Returns when the entry of that revision, and all before it, survive whatever this log promises to survive. */
    void awaitDurable(long revision);

    /** The kept entries from a revision on, oldest first; there may be some from before the {@linkplain #oldestState}. */
    Stream<HistoryEntry> read(long from);

    /** The kept entries before a revision, newest first; there may be some from before the {@linkplain #oldestState}. */
    Stream<HistoryEntry> readBackwards(long before);

    /**
     * All entries after a state, none missing.
     *
     * @throws RevisionNotRetainedException if some are no longer kept
     */
    default List<HistoryEntry> following(DatabaseState state) {
        List<HistoryEntry> following;
        try (Stream<HistoryEntry> entries = read(state.revision() + 1)) {
            following = entries.toList();
        }
        long last = following.isEmpty()
                ? state.revision()
                : following.get(following.size() - 1).revision();
        if (last - state.revision() != following.size()) {
            throw new RevisionNotRetainedException("of revision " + state.revision(), oldestState(), last);
        }
        return following;
    }

    /**
     * The state after the entry of a revision.
     *
     * @throws RevisionNotRetainedException if it is not kept, or still to come
     */
    DatabaseState stateAt(long revision);

    /** The oldest revision whose state is kept. */
    long oldestState();

    @Override
    void close();
}
