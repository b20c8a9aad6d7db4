package io.deltatrace.internal.engine;

import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.RevisionNotRetainedException;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * Keeps the newest entries in memory, and nothing beyond the process.
 *
 * <p>Now and then it keeps a state too, which shares what it can with the states before and after it. A past state is the
 * kept one before it and the entries since, applied again; there are never more than {@value #MAX_REPLAY} of these. Entries
 * older than the limit fold into the oldest kept state.
 */
public final class MemoryCommitLog implements CommitLog {

    /** The most entries that are applied again to get a past state. */
    public static final int MAX_REPLAY = 1_000;

    private static final int STATES_PER_LIMIT = 16;

    private final int limit;
    private final int interval;
    private final ConcurrentSkipListMap<Long, HistoryEntry> entries = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, DatabaseState> states = new ConcurrentSkipListMap<>();
    private volatile long newest;

    /** A log of at most that many entries, from 1. */
    public MemoryCommitLog(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("The history limit must be at least 1: " + limit);
        }
        this.limit = limit;
        this.interval = Math.max(1, Math.min(MAX_REPLAY, limit / STATES_PER_LIMIT));
        states.put(0L, DatabaseState.EMPTY);
    }

    @Override
    public void append(HistoryEntry entry, DatabaseState after) {
        long revision = entry.revision();
        entries.put(revision, entry);
        if (revision - states.lastKey() >= interval) {
            states.put(revision, after);
        }
        newest = revision;
        Long base = states.floorKey(revision - limit);
        if (base != null) {
            states.headMap(base, false).clear();
            entries.headMap(base, true).clear();
        }
    }

    /** Returns at once: there is nothing that an entry in memory could still survive. */
    @Override
    public void awaitDurable(long revision) {}

    @Override
    public Stream<HistoryEntry> read(long from) {
        return entries.tailMap(Math.max(from, newest - limit + 1), true).values().stream();
    }

    @Override
    public Stream<HistoryEntry> readBackwards(long before) {
        return entries
                .subMap(Math.min(before, newest - limit + 1), true, before, false)
                .descendingMap()
                .values()
                .stream();
    }

    @Override
    public DatabaseState stateAt(long revision) {
        Map.Entry<Long, DatabaseState> kept = states.floorEntry(revision);
        if (kept == null || revision > newest) {
            throw new RevisionNotRetainedException("of revision " + revision, oldestState(), newest);
        }
        DatabaseState state = kept.getValue();
        for (HistoryEntry entry :
                entries.subMap(kept.getKey(), false, revision, true).values()) {
            state = Engine.replay(state, entry);
        }
        if (state.revision() != revision) {
            // The entries were folded while this was reading them.
            throw new RevisionNotRetainedException("of revision " + revision, oldestState(), newest);
        }
        return state;
    }

    @Override
    public long oldestState() {
        Iterator<Long> revisions = states.keySet().iterator();
        return revisions.next();
    }

    @Override
    public void close() {}
}
