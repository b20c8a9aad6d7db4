package io.deltatrace.internal.storage;

import io.deltatrace.history.HistoryEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads many entries: the lines one after the other, and what they say on all cores. It reads ahead more and more, up to a
 * limit, so that whoever stops early has not paid for much. Not thread-safe.
 */
final class ReadAhead implements Iterator<HistoryEntry> {

    private static final int MOST = 512;
    private static final int FEW = 32;
    private static final long MOST_BYTES = 4L << 20;

    private final PrimitiveIterator.OfLong revisions;
    private final LongFunction<@Nullable HistoryEntry> inMemory;
    private final JournalCursor cursor;
    private List<HistoryEntry> read = List.of();
    private int taken;
    private int count = 1;

    /** Of the entries with the given revisions, those that are not in memory are read. */
    ReadAhead(PrimitiveIterator.OfLong revisions, LongFunction<@Nullable HistoryEntry> inMemory, JournalCursor cursor) {
        this.revisions = revisions;
        this.inMemory = inMemory;
        this.cursor = cursor;
    }

    @Override
    public boolean hasNext() {
        if (taken == read.size()) {
            count = Math.min(MOST, 2 * count);
            List<Supplier<HistoryEntry>> entries = new ArrayList<>(count);
            long enough = cursor.bytesRead() + MOST_BYTES;
            while (entries.size() < count && cursor.bytesRead() < enough && revisions.hasNext()) {
                long revision = revisions.nextLong();
                HistoryEntry known = inMemory.apply(revision);
                entries.add(known == null ? cursor.decoder(revision) : () -> known);
            }
            read = (entries.size() > FEW ? entries.parallelStream() : entries.stream())
                    .map(Supplier::get)
                    .toList();
            taken = 0;
        }
        return taken < read.size();
    }

    @Override
    public HistoryEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return read.get(taken++);
    }
}
