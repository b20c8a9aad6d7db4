package io.deltatrace.internal.engine;

import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.RevisionNotRetainedException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        return entries.tailMap(from, true).values().stream();
    }

    @Override
    public Stream<HistoryEntry> readBackwards(long before) {
        return entries.headMap(before, false).descendingMap().values().stream();
    }

    @Override
    public DatabaseState stateAt(long revision) {
        while (revision >= oldestState() && revision <= newest) {
            Map.Entry<Long, DatabaseState> kept = states.floorEntry(revision);
            DatabaseState state = kept == null ? null : replayed(kept.getValue(), revision);
            if (state != null) {
                return state;
            }
        }
        throw new RevisionNotRetainedException("of revision " + revision, oldestState(), newest);
    }

    /** The state of a later revision; null if entries were folded while this was reading them. */
    private @Nullable DatabaseState replayed(DatabaseState kept, long revision) {
        DatabaseState state = kept;
        for (HistoryEntry entry :
                entries.subMap(kept.revision(), false, revision, true).values()) {
            if (entry.revision() != state.revision() + 1) {
                return null;
            }
            state = Engine.replay(state, entry);
        }
        return state.revision() == revision ? state : null;
    }

    @Override
    public long oldestState() {
        return Math.max(0, newest - limit);
    }

    @Override
    public void close() {}
}
