package io.deltatrace.internal.storage;

import io.deltatrace.document.ForeignFailure;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.storage.JournalFailedException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the newest segment.
 *
 * <p>One thread at a time appends. Any thread may wait for what it appended to be forced to the disk: the first one forces for
 * all that have appended until then, and the others find it done (group commit; after DeWitt et al.: "Implementation
 * techniques for main memory database systems", 1984).
 *
 * <p>The first error is the last thing that happens: after a failed force nobody knows what has reached the disk, and trying
 * again would report success without it (Rebello et al.: "Can applications recover from fsync failures?", 2020).
 */
final class Journal implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Disk disk;
    private final Layout layout;
    private final Segments segments;
    private final StorageOptions options;
    private final Consumer<Segment> whenSealed;
    private final ReentrantLock forcing = new ReentrantLock();
    private Disk.Output out;
    private volatile long appended;
    private volatile long durable;
    private volatile Instant lastSync;
    private volatile boolean forceFailed;
    private volatile @Nullable JournalFailedException failure;

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
     * Appends an entry.
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
            Segment newest = segments.newest();
            if (newest.index().end() >= options.segmentBytes() && newest.last() >= newest.first()) {
                newest = rotate(newest);
            }
            out.write(line);
            newest.index().add(entry, hash, line.length);
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

    /** A new segment; all others are forced to the disk by then, so that only the newest one can be torn. */
    private Segment rotate(Segment full) throws IOException {
        forcing.lock();
        try {
            // Another force may have failed while this one waited for its turn.
            refuseAfterFailure();
            forceNow();
            forced(appended);
            out.close();
            out = disk.append(layout.segment(full.last() + 1));
            disk.forceDirectory(layout.journal());
        } catch (IOException | RuntimeException | Error e) {
            forceFailed = true;
            throw e;
        } finally {
            forcing.unlock();
        }
        Segment created = created(layout, full.last(), full.index().lastHash());
        segments.add(created);
        whenSealed.accept(full);
        return created;
    }

    /** A segment of no entries yet, after an entry. */
    static Segment created(Layout layout, long revision, String hash) {
        return new Segment(layout.segment(revision + 1), new SegmentIndex(revision + 1, hash, 0));
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
        out.close();
    }
}
