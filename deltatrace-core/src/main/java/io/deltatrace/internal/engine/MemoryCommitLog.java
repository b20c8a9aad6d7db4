package io.deltatrace.internal.engine;

import io.deltatrace.history.ChainReport;
import io.deltatrace.history.ChainReport.Fault;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.history.VerifyProgress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest entries in memory, and nothing beyond the process.
 *
 * <p>Now and then it keeps a state too, which shares what it can with the states before and after it. A past state is the
 * kept one before it and the entries since, applied again; there are never more than {@value #MAX_REPLAY} of these. Entries
 * older than the limit fold into the oldest kept state.
 *
 * <p>Entries are indexed when somebody looks for some, and get their place in the chain of hashes when somebody sees them, so that
 * writing does not pay for either; see {@link Linking}.
 */
public final class MemoryCommitLog implements CommitLog {

    /** The most entries that are applied again to get a past state. */
    public static final int MAX_REPLAY = 1_000;

    private static final int STATES_PER_LIMIT = 16;
    private static final int ENTRIES_PER_INDEX = 8_192;
    private static final int MOST_TRIES = 100;

    private final int limit;
    private final int interval;
    private final RetainedEntries entries;
    private final @Nullable Linking linking;
    private final ConcurrentSkipListMap<Long, DatabaseState> states = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, EntryIndex> indexes = new ConcurrentSkipListMap<>();
    private final ReentrantLock indexing = new ReentrantLock();
    private final long base;
    private volatile long trimmed;

    /** A log of at most that many entries, from 1, after the very beginning. */
    public MemoryCommitLog(int limit) {
        this(limit, DatabaseState.EMPTY);
    }

    /** A log of at most that many entries, from 1, after a state of no revision yet. */
    public MemoryCommitLog(int limit, DatabaseState start) {
        this(limit, start, true);
    }

    /** A log of at most that many entries, from 1, after a state; they come with their places in a chain. */
    public static MemoryCommitLog ofLinked(int limit, DatabaseState start) {
        return new MemoryCommitLog(limit, start, false);
    }

    private MemoryCommitLog(int limit, DatabaseState start, boolean links) {
        if (limit < 1) {
            throw new IllegalArgumentException("The history limit must be at least 1: " + limit);
        }
        this.limit = limit;
        this.entries = new RetainedEntries(start.revision() + 1);
        this.linking = links ? new Linking(entries) : null;
        this.interval = Math.max(1, Math.min(MAX_REPLAY, limit / STATES_PER_LIMIT));
        this.base = start.revision();
        states.put(base, start);
    }

    @Override
    public HistoryEntry append(HistoryEntry entry, DatabaseState after) {
        long revision = entry.revision();
        // Before the entry, so that whoever sees that finds this.
        if (keptUpTo(revision) == revision) {
            states.put(revision, after);
        }
        entries.add(entry);
        fold(oldestState());
        return entry;
    }

    /** The last revision up to a given one whose state is kept unless it was folded. */
    private long keptUpTo(long revision) {
        return revision - (revision - base) % interval;
    }

    private void fold(long oldestToKeep) {
        long oldest = keptUpTo(oldestToKeep);
        if (oldest >= entries.first()) {
            states.headMap(oldest, false).clear();
            if (linking == null) {
                entries.dropUpTo(oldest);
            } else {
                linking.dropUpTo(oldest);
            }
        }
    }

    private void linkUpTo(long revision) {
        if (linking != null) {
            linking.upTo(revision);
        }
    }

    @Override
    public HistoryEntry linked(HistoryEntry entry) {
        linkUpTo(entry.revision());
        return Objects.requireNonNull(entries.get(entry.revision()));
    }

    @Override
    public void retain(long revision, @Nullable Path archive) {
        if (archive != null) {
            throw new IllegalArgumentException("A history in memory has no files to be archived");
        }
        trimmed = Math.max(trimmed, Math.min(revision, entries.last()));
        fold(oldestState());
    }

    /** Returns at once: there is nothing that an entry in memory could still survive. */
    @Override
    public void awaitDurable(long revision) {}

    /** The entry of a revision; null if it is not kept. */
    public @Nullable HistoryEntry entry(long revision) {
        return entries.get(revision);
    }

    @Override
    public Stream<HistoryEntry> read(long from) {
        long last = entries.last();
        linkUpTo(last);
        return entries.between(from, last);
    }

    @Override
    public Stream<HistoryEntry> find(HistoryFilter filter) {
        linkUpTo(entries.last());
        bringIndexUpToDate();
        NavigableMap<Long, EntryIndex> inOrder = filter.oldestFirst() ? indexes : indexes.descendingMap();
        return inOrder.values().stream()
                .flatMapToLong(index -> index.matching(filter))
                .mapToObj(entries::get)
                .filter(Objects::nonNull)
                .filter(filter::accepts);
    }

    private void bringIndexUpToDate() {
        indexing.lock();
        try {
            indexes.headMap(entries.first() - ENTRIES_PER_INDEX, true).clear();
            Map.Entry<Long, EntryIndex> last = indexes.lastEntry();
            EntryIndex index = last == null ? null : last.getValue();
            long next = index == null ? 0 : index.last() + 1;
            for (HistoryEntry entry : (Iterable<HistoryEntry>) entries.between(next, entries.last())::iterator) {
                // Entries may have been folded away since the last time, so that there is a gap.
                if (index == null || index.count() == ENTRIES_PER_INDEX || index.last() + 1 != entry.revision()) {
                    index = new EntryIndex(entry.revision());
                    indexes.put(entry.revision(), index);
                }
                index.add(entry);
            }
        } finally {
            indexing.unlock();
        }
    }

    @Override
    public long revisionAt(Instant instant) {
        long low = oldestState();
        long high = entries.last();
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            HistoryEntry entry = entries.get(middle);
            if (entry != null && entry.committedAt().isAfter(instant)) {
                high = middle - 1;
            } else {
                // An entry that is not there any more is older than all that are.
                low = middle;
            }
        }
        return low;
    }

    @Override
    public DatabaseState stateAt(long revision) {
        while (revision >= oldestState() && revision <= entries.last()) {
            Map.Entry<Long, DatabaseState> kept = states.floorEntry(revision);
            if (kept != null) {
                try {
                    return replay(kept.getValue(), revision, ReplayAction.NONE);
                } catch (RevisionNotRetainedException e) {
                    // Folded while this was reading; there is another base now, or the state is gone.
                    Thread.onSpinWait();
                }
            }
        }
        throw new RevisionNotRetainedException("of revision " + revision, oldestState(), entries.last());
    }

    @Override
    public long oldestState() {
        return Math.max(Math.max(base, trimmed), entries.last() - limit);
    }

    @Override
    public long saveSnapshot() {
        return entries.last();
    }

    @Override
    public Checkpoint checkpoint() {
        if (entries.last() == base) {
            throw new IllegalStateException("The history has no entry yet");
        }
        // Entries that come linked are on files too, and those are asked.
        return Objects.requireNonNull(linking).checkpoint(entries.last());
    }

    private static HistoryEntry.Link linkOf(HistoryEntry entry) {
        return Objects.requireNonNull(entry.link());
    }

    @Override
    public ChainReport verify(Collection<Checkpoint> checkpoints, VerifyProgress progress, Set<VerifyOption> options) {
        for (int tries = 1; ; tries++) {
            long oldest = oldestState();
            ChainReport report = verified(checkpoints, progress, options);
            // Entries that were folded away while this was reading look as if they were missing.
            if (report.isIntact() || oldest == oldestState() || tries == MOST_TRIES) {
                return report;
            }
        }
    }

    private ChainReport verified(
            Collection<Checkpoint> checkpoints, VerifyProgress progress, Set<VerifyOption> options) {
        long last = entries.last();
        linkUpTo(last);
        ChainWalk walk = null;
        Fault fault = null;
        for (HistoryEntry entry : (Iterable<HistoryEntry>) entries.between(0, last)::iterator) {
            HistoryEntry.Link link = linkOf(entry);
            // What is missing before the oldest entry was folded away while this was reading.
            if (walk == null || (entry.revision() > walk.revision() + 1 && entry.revision() == entries.first())) {
                walk = new ChainWalk(entry.revision() - 1, link.previousHash(), checkpoints);
                fault = walk.contradiction(null);
            }
            if (fault == null) {
                boolean right = new Chain(link.previousHash()).link(entry).equals(link);
                fault = walk.next(
                        right ? new ChainedLine(entry.revision(), link.previousHash(), link.hash()) : null, null);
            }
            if (fault != null) {
                break;
            }
            walk.tell(progress, last);
        }
        if (walk == null) {
            walk = new ChainWalk(last, Chain.START, checkpoints);
        }
        if (fault == null) {
            fault = walk.end(last);
        }
        if (fault == null && options.contains(VerifyOption.REPLAY)) {
            fault = replayFault(stateAt(oldestState()), last, Map.of());
        }
        return walk.report(fault);
    }

    @Override
    public void close() {}
}
