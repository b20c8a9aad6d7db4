package io.deltatrace.internal.engine;

import io.deltatrace.history.HistoryEntry;
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

    /** The retained entries from a revision on, oldest first. */
    Stream<HistoryEntry> read(long from);

    /** The retained entries before a revision, newest first. */
    Stream<HistoryEntry> readBackwards(long before);

    /**
     * The state after the entry of a revision.
     *
     * @throws io.deltatrace.history.RevisionNotRetainedException if it is not kept, or still to come
     */
    DatabaseState stateAt(long revision);

    /** The oldest revision whose state is kept. */
    long oldestState();

    @Override
    void close();
}
