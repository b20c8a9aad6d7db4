package io.deltatrace.internal.storage;

import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.ReplayMismatchException;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.storage.JournalDamagedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The files of the journal, to be read. Thread-safe. */
final class Segments {

    private final Disk disk;

    /** By their first revisions. */
    private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();

    Segments(Disk disk) {
        this.disk = disk;
    }

    void add(Segment segment) {
        segments.put(segment.first(), segment);
    }

    void remove(Segment segment) {
        segments.remove(segment.first());
    }

    Collection<Segment> all() {
        return segments.values();
    }

    /** The segment that is written, or would be; there is always one once the journal is open. */
    Segment newest() {
        return segments.lastEntry().getValue();
    }

    /** The segment that has an entry; null if none has. */
    @Nullable
    Segment of(long revision) {
        Map.Entry<Long, Segment> found = segments.floorEntry(revision);
        return found == null || found.getValue().last() < revision ? null : found.getValue();
    }

    long firstRevision() {
        return segments.firstKey();
    }

    long lastRevision() {
        return newest().last();
    }

    long bytes() {
        return segments.values().stream()
                .mapToLong(segment -> segment.index().end())
                .sum();
    }

    RevisionNotRetainedException notRetained(long revision) {
        return new RevisionNotRetainedException("of revision " + revision, firstRevision(), lastRevision());
    }

    /** Reads the lines of a segment from a place on, as far as it is known to be good. */
    LineReader reader(Segment segment, long offset) throws IOException {
        return new LineReader(disk.read(segment.file()), offset, segment.index().end());
    }

    /** Reads the lines of a segment, whatever it is known to have. */
    LineReader rawReader(Segment segment, long offset) throws IOException {
        Disk.Input file = disk.read(segment.file());
        return new LineReader(file, offset, file.length());
    }

    /**
     * The entries from a revision on.
     *
     * @param inMemory what need not be read; null for an entry that is not in memory
     */
    Stream<HistoryEntry> read(long from, LongFunction<@Nullable HistoryEntry> inMemory) {
        long first = Math.max(from, firstRevision());
        return entries(LongStream.rangeClosed(first, lastRevision()), inMemory, true);
    }

    /** The damage that must be there if an entry does something else when it is applied again. */
    JournalDamagedException damageOf(ReplayMismatchException e) {
        Segment segment = Objects.requireNonNull(of(e.revision()));
        return new JournalDamagedException(
                segment.file(),
                segment.lineOf(e.revision()),
                e.revision(),
                String.valueOf(e.getMessage()),
                "The states before it are good",
                e);
    }

    /** The applied entries of a collection, and of all others that they had to do with, up to a revision. */
    Stream<HistoryEntry> connectedWith(
            String collection, long from, long until, LongFunction<@Nullable HistoryEntry> inMemory) {
        Set<String> names = new TreeSet<>(Set.of(collection));
        List<Segment> all = List.copyOf(segments.values());
        if (all.get(0).first() > from) {
            throw notRetained(from);
        }
        int before;
        do {
            before = names.size();
            all.forEach(segment -> segment.index().entries().addConnected(names));
        } while (names.size() > before);
        LongStream revisions = all.stream()
                .flatMapToLong(segment -> segment.index().entries().applied(names, from))
                .takeWhile(revision -> revision <= until);
        return entries(revisions, inMemory, true);
    }

    /** The entries that a filter accepts, in its order. */
    Stream<HistoryEntry> find(HistoryFilter filter, LongFunction<@Nullable HistoryEntry> inMemory) {
        NavigableMap<Long, Segment> inOrder = filter.oldestFirst() ? segments : segments.descendingMap();
        LongStream found = inOrder.values().stream()
                .flatMapToLong(segment -> segment.index().entries().matching(filter));
        return entries(found, inMemory, false).filter(filter::accepts);
    }

    /**
     * Entries by their revisions.
     *
     * @param many whether there are likely many, so that reading ahead pays
     */
    private Stream<HistoryEntry> entries(
            LongStream revisions, LongFunction<@Nullable HistoryEntry> inMemory, boolean many) {
        JournalCursor cursor = new JournalCursor(this);
        Stream<HistoryEntry> entries;
        if (many) {
            ReadAhead ahead = new ReadAhead(revisions.iterator(), inMemory, cursor);
            entries = StreamSupport.stream(
                    Spliterators.spliteratorUnknownSize(ahead, Spliterator.ORDERED | Spliterator.NONNULL), false);
        } else {
            entries = revisions.mapToObj(revision -> {
                HistoryEntry known = inMemory.apply(revision);
                return known == null ? cursor.entry(revision) : known;
            });
        }
        return entries.onClose(() -> closeQuietly(cursor));
    }

    /** A reader that cannot be closed has nothing left to lose. */
    private static void closeQuietly(JournalCursor cursor) {
        try {
            cursor.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last revision that was committed at or before an instant; the one before the first if none was. */
    long revisionAt(Instant instant) {
        try (JournalCursor cursor = new JournalCursor(this)) {
            for (Segment segment : segments.descendingMap().values()) {
                long revision = segment.index().strideAt(instant);
                long found = revision - 1;
                for (; revision <= segment.last(); revision++) {
                    if (cursor.entry(revision).committedAt().isAfter(instant)) {
                        break;
                    }
                    found = revision;
                }
                if (found >= segment.first()) {
                    return found;
                }
            }
            return firstRevision() - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
