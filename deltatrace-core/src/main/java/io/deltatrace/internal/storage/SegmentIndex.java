package io.deltatrace.internal.storage;

import io.deltatrace.history.HistoryEntry;
import io.deltatrace.internal.engine.EntryIndex;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is known of a segment without reading it: which entries say what, where they are and when they were. Thread-safe.
 *
 * <p>The places and times are those of every {@value #STRIDE}th entry; the others are found by reading on from there.
 */
final class SegmentIndex {

    static final int STRIDE = 16;

    private final ReentrantLock lock = new ReentrantLock();
    private final long first;
    private final String previousHash;
    private final EntryIndex entries;
    private String lastHash;
    private long end;
    private long[] offsets = new long[STRIDE];
    private long[] instants = new long[STRIDE];

    /**
     * An index of no entries yet.
     *
     * @param first the revision that the first one will have
     * @param previousHash the hash of the entry before it
     * @param start where its line starts
     */
    SegmentIndex(long first, String previousHash, long start) {
        this(first, previousHash, new EntryIndex(first));
        this.lastHash = previousHash;
        this.end = start;
    }

    private SegmentIndex(long first, String previousHash, EntryIndex entries) {
        this.first = first;
        this.previousHash = previousHash;
        this.entries = entries;
        this.lastHash = previousHash;
    }

    long first() {
        return first;
    }

    String previousHash() {
        return previousHash;
    }

    /** The revision of the last entry; the one before the first if there is none. */
    long last() {
        lock.lock();
        try {
            return entries.last();
        } finally {
            lock.unlock();
        }
    }

    /** The hash of the last entry, or of the one before the first. */
    String lastHash() {
        lock.lock();
        try {
            return lastHash;
        } finally {
            lock.unlock();
        }
    }

    /** Where the line of the last entry ends. */
    long end() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next entry, whose line has the given length. */
    void add(HistoryEntry entry, String hash, long length) {
        lock.lock();
        try {
            int count = entries.count();
            entries.add(entry);
            if (count % STRIDE == 0) {
                int block = count / STRIDE;
                if (block == offsets.length) {
                    offsets = Arrays.copyOf(offsets, 2 * block);
                    instants = Arrays.copyOf(instants, 2 * block);
                }
                offsets[block] = end;
                instants[block] = micros(entry.committedAt());
            }
            end += length;
            lastHash = hash;
        } finally {
            lock.unlock();
        }
    }

    /** Takes note that the line of the last entry, which had no end, has been given one. */
    void lineEnded() {
        lock.lock();
        try {
            end++;
        } finally {
            lock.unlock();
        }
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** A place to start reading from, at or before a revision that is in the segment. */
    Place placeBefore(long revision) {
        lock.lock();
        try {
            int block = (int) ((revision - first) / STRIDE);
            return new Place(first + (long) block * STRIDE, offsets[block]);
        } finally {
            lock.unlock();
        }
    }

    /** The first revision of the last stride that began at or before an instant; the first of all if none did. */
    long strideAt(Instant instant) {
        // Instants that have no place among microseconds are before or after all commits.
        Instant bounded = instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : instant;
        lock.lock();
        try {
            int blocks = (entries.count() + STRIDE - 1) / STRIDE;
            int found = Arrays.binarySearch(instants, 0, blocks, micros(bounded) + 1);
            int after = found < 0 ? -found - 1 : found;
            while (after > 0 && instants[after - 1] > micros(bounded)) {
                after--;
            }
            return first + (long) Math.max(0, after - 1) * STRIDE;
        } finally {
            lock.unlock();
        }
    }

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    EntryIndex entries() {
        return entries;
    }

    void writeTo(DataOutput out) throws IOException {
        lock.lock();
        try {
            out.writeLong(first);
            out.writeUTF(previousHash);
            out.writeUTF(lastHash);
            out.writeLong(end);
            entries.writeTo(out);
            int blocks = (entries.count() + STRIDE - 1) / STRIDE;
            for (int i = 0; i < blocks; i++) {
                out.writeLong(offsets[i]);
                out.writeLong(instants[i]);
            }
        } finally {
            lock.unlock();
        }
    }

    static SegmentIndex readFrom(DataInput in) throws IOException {
        long first = in.readLong();
        String previousHash = in.readUTF();
        String lastHash = in.readUTF();
        long end = in.readLong();
        SegmentIndex index = new SegmentIndex(first, previousHash, EntryIndex.readFrom(in));
        index.lastHash = lastHash;
        index.end = end;
        int blocks = (index.entries.count() + STRIDE - 1) / STRIDE;
        index.offsets = new long[Math.max(STRIDE, blocks)];
        index.instants = new long[index.offsets.length];
        for (int i = 0; i < blocks; i++) {
            index.offsets[i] = in.readLong();
            index.instants[i] = in.readLong();
        }
        return index;
    }

    /** Where the line of an entry starts. */
    record Place(long revision, long offset) {}
}
