package io.deltatrace.internal.engine;

import io.deltatrace.history.HistoryEntry;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Keeps the newest entries in memory, and nothing beyond the process. */
public final class MemoryCommitLog implements CommitLog {

    private final int limit;
    private final ConcurrentSkipListMap<Long, HistoryEntry> entries = new ConcurrentSkipListMap<>();

    /** A log of at most that many entries, from 1. */
    public MemoryCommitLog(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("The history limit must be at least 1: " + limit);
        }
        this.limit = limit;
    }

    @Override
    public void append(HistoryEntry entry) {
        entries.put(entry.revision(), entry);
        entries.headMap(entry.revision() - limit, true).clear();
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
    public void close() {}
}
