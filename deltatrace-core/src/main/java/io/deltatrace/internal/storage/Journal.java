package io.deltatrace.internal.storage;

import io.deltatrace.document.ForeignFailure;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.storage.Durability;
import io.deltatrace.storage.JournalFailedException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the newest segment.
 *
 * <p>One thread at a time appends, which only puts a line into a queue. Any thread may wait for what it appended to be written, or to
 * be forced to the disk: the first one does that for all that have appended until then, and the others find it done (group
 * commit; after DeWitt et al.: "Implementation techniques for main memory database systems", 1984). So the next thread appends
 * while this one waits for the operating system. Segments know of an entry when it is written.
 *
 * <p>The first error is the last thing that happens: after a failed force nobody knows what has reached the disk, and trying
 * again would report success without it (Rebello et al.: "Can applications recover from fsync failures?", 2020).
 */
final class Journal implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /** About so much is written at once, if there is more. */
    private static final int BATCH_BYTES = 1 << 18;

    private final Disk disk;
    private final Layout layout;
    private final Segments segments;
    private final StorageOptions options;
    private final Consumer<Segment> whenSealed;
    private final Queue<Appended> queue = new ConcurrentLinkedQueue<>();

    /** Is taken after {@link #forcing}, by whoever takes both. */
    private final ReentrantLock writing = new ReentrantLock();

    private final ReentrantLock forcing = new ReentrantLock();
    private Disk.Output out;

    /** How long the newest segment will be when all that was appended is written. */
    private long length;

    private volatile long appended;
    private volatile long written;
    private volatile long durable;
    private volatile Instant lastSync;
    private volatile boolean forceFailed;
    private volatile @Nullable JournalFailedException failure;

    /** An entry that is to be written. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
    private record Appended(HistoryEntry entry, String hash, byte[] line) {}

    /** Goes on at the end of the newest segment. */
    Journal(Disk disk, Layout layout, Segments segments, StorageOptions options, Consumer<Segment> whenSealed)
            throws IOException {
        this.disk = disk;
        this.layout = layout;
        this.segments = segments;
        this.options = options;
        this.whenSealed = whenSealed;
        this.out = disk.append(segments.newest().file());
        this.appended = segments.lastRevision();
        this.written = appended;
        this.length = segments.newest().index().end();
        try {
            // What was found may have been written by a process that ended before it was forced.
            out.force();
        } catch (IOException e) {
            out.close();
            throw e;
        }
        this.durable = appended;
        this.lastSync = Instant.now();
    }

    /**
     * Appends an entry. It is not written before somebody calls {@link #keep} or {@link #force}.
     *
     * @param line the entry as it is written, with its end
     */
    void append(HistoryEntry entry, String hash, byte[] line) {
        refuseAfterFailure();
        try {
            if (entry.revision() != appended + 1) {
                // The last entry is in the journal, but whoever made it did not get to know; the two would contradict.
                throw new IllegalStateException(
                        "Revision " + entry.revision() + " does not follow revision " + appended);
            }
            if (length >= options.segmentBytes()
                    && appended >= segments.newest().first()) {
                rotate();
            }
            queue.add(new Appended(entry, hash, line));
            length += line.length;
            appended = entry.revision();
        } catch (JournalFailedException e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            throw fail("The journal could not be written", e);
        }
    }

    private void refuseAfterFailure() {
        JournalFailedException first = failure;
        if (first != null) {
            throw new JournalFailedException(first);
        }
    }

    /** Begins a new segment; all others are forced to the disk by then, so that only the newest one can be torn. */
    private void rotate() throws IOException {
        Segment full = segments.newest();
        forcing.lock();
        writing.lock();
        try {
            // Another force may have failed while this one waited for its turn.
            refuseAfterFailure();
            writeQueue(appended);
            forceNow();
            forced(appended);
            out.close();
            out = disk.append(layout.segment(appended + 1));
            disk.forceDirectory(layout.journal());
            segments.add(created(layout, appended, full.index().lastHash()));
            length = 0;
        } catch (IOException | RuntimeException | Error e) {
            forceFailed = true;
            throw e;
        } finally {
            writing.unlock();
            forcing.unlock();
        }
        whenSealed.accept(full);
    }

    /** A segment of no entries yet, after an entry. */
    static Segment created(Layout layout, long revision, String hash) {
        return new Segment(layout.segment(revision + 1), new SegmentIndex(revision + 1, hash, 0));
    }

    /** Returns when the entries up to a revision, which are appended, survive what the durability promises. */
    void keep(long revision) {
        write(revision);
        if (options.durability() == Durability.ALWAYS) {
            force(revision);
        }
    }

    /** Returns when the entries up to a revision are handed to the operating system. */
    private void write(long revision) {
        if (written >= revision) {
            return;
        }
        writing.lock();
        try {
            if (written < revision) {
                refuseAfterFailure();
                writeQueue(revision);
            }
        } catch (JournalFailedException e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            throw fail("The journal could not be written", e);
        } finally {
            writing.unlock();
        }
    }

    /** Writes what is in the queue up to a revision, and with it what came later as far as it is written at once. */
    private void writeQueue(long revision) throws IOException {
        SegmentIndex index = segments.newest().index();
        List<Appended> batch = new ArrayList<>();
        while (written < revision) {
            int size = 0;
            while (size < BATCH_BYTES && queue.peek() != null) {
                Appended next = queue.remove();
                batch.add(next);
                size += next.line().length;
            }
            out.write(batch.size() == 1 ? batch.get(0).line() : joined(batch, size));
            for (Appended next : batch) {
                index.add(next.entry(), next.hash(), next.line().length);
                written = next.entry().revision();
            }
            batch.clear();
        }
    }

    private static byte[] joined(List<Appended> batch, int size) {
        byte[] lines = new byte[size];
        int end = 0;
        for (Appended next : batch) {
            System.arraycopy(next.line(), 0, lines, end, next.line().length);
            end += next.line().length;
        }
        return lines;
    }

    /** Returns when the entries up to a revision are on the disk. */
    void force(long revision) {
        if (durable >= revision) {
            return;
        }
        forcing.lock();
        try {
            if (durable >= revision) {
                return;
            }
            if (forceFailed) {
                refuseAfterFailure();
            }
            long upTo = appended;
            write(upTo);
            force();
            forced(upTo);
        } finally {
            forcing.unlock();
        }
    }

    private void forced(long upTo) {
        durable = upTo;
        lastSync = Instant.now();
    }

    private void force() {
        try {
            forceNow();
        } catch (IOException | RuntimeException | Error e) {
            forceFailed = true;
            throw fail("The journal could not be forced to the disk", e);
        }
    }

    private void forceNow() throws IOException {
        long start = System.nanoTime();
        out.force();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        try {
            options.whenForced().accept(took);
        } catch (Throwable e) {
            LOG.error("A listener of the journal's forces failed", ForeignFailure.of(e));
        }
    }

    private JournalFailedException fail(String problem, Throwable cause) {
        JournalFailedException failed = new JournalFailedException(problem, cause);
        failure = failed;
        LOG.error("{}: writes are refused from now on", problem, cause);
        return failed;
    }

    long appended() {
        return appended;
    }

    long durable() {
        return durable;
    }

    Instant lastSync() {
        return lastSync;
    }

    @Nullable
    JournalFailedException failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            if (failure == null) {
                write(appended);
            }
        } finally {
            out.close();
            writing.unlock();
        }
    }
}
