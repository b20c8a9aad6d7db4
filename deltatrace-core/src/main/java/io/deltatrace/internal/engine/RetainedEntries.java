package io.deltatrace.internal.engine;

import io.deltatrace.history.HistoryEntry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Entries that follow each other: new ones come at the end, and the oldest go.
 *
 * <p>They are on pages by their revisions, because a map would take a node for each and a search for each access. One thread at a
 * time adds; any may do everything else meanwhile, and sees an entry that goes or does not.
 */
final class RetainedEntries {

    private static final int PAGE_BITS = 9;
    private static final int PAGE = 1 << PAGE_BITS;

    private final Map<Long, AtomicReferenceArray<@Nullable HistoryEntry>> pages = new ConcurrentHashMap<>();
    private final AtomicLong first;
    private final AtomicLong last;

    /** The page of the newest entry; only for the thread that adds. */
    private AtomicReferenceArray<@Nullable HistoryEntry> newest;

    /** No entries yet; the first one will have the given revision. */
    RetainedEntries(long first) {
        this.first = new AtomicLong(first);
        this.last = new AtomicLong(first - 1);
        this.newest = begin(page(first));
    }

    /** The revision of the oldest entry, or of the next one if there is none. */
    long first() {
        return first.get();
    }

    /** The revision of the newest entry, or the one before the first if there was none yet. */
    long last() {
        return last.getAcquire();
    }

    /** Takes the next entry. Whoever sees that it is the last one sees the entry, and all before it. */
    void add(HistoryEntry entry) {
        long revision = entry.revision();
        if (place(revision) == 0) {
            newest = begin(page(revision));
        }
        // Nothing here waits until all others can see it, as volatile writes do.
        newest.setRelease(place(revision), entry);
        last.setRelease(revision);
    }

    private AtomicReferenceArray<@Nullable HistoryEntry> begin(long page) {
        AtomicReferenceArray<@Nullable HistoryEntry> begun = new AtomicReferenceArray<>(PAGE);
        pages.put(page, begun);
        return begun;
    }

    /** Puts another form of an entry in its place; it must be there. */
    void replace(HistoryEntry entry) {
        Objects.requireNonNull(pages.get(page(entry.revision()))).set(place(entry.revision()), entry);
    }

    /** The entry of a revision; null if it is not there. */
    @Nullable
    HistoryEntry get(long revision) {
        AtomicReferenceArray<@Nullable HistoryEntry> page = pages.get(page(revision));
        return page == null ? null : page.get(place(revision));
    }

    /** The entries from one revision to another, both included, as far as they are there. */
    Stream<HistoryEntry> between(long from, long to) {
        return LongStream.rangeClosed(Math.max(from, first()), Math.min(to, last()))
                .mapToObj(this::get)
                .filter(Objects::nonNull);
    }

    /** Drops the entries up to a revision. */
    void dropUpTo(long revision) {
        long begin = first.getAndAccumulate(revision + 1, Math::max);
        for (long page = page(begin); page < page(revision + 1); page++) {
            pages.remove(page);
        }
        AtomicReferenceArray<@Nullable HistoryEntry> rest = pages.get(page(revision + 1));
        for (int place = 0; rest != null && place < place(revision + 1); place++) {
            rest.setRelease(place, null);
        }
    }

    private static long page(long revision) {
        return revision >>> PAGE_BITS;
    }

    private static int place(long revision) {
        return (int) revision & PAGE - 1;
    }
}
