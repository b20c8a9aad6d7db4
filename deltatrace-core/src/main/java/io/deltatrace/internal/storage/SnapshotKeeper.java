package io.deltatrace.internal.storage;

import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.storage.DirectoryNotUsableException;
import io.deltatrace.storage.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores states and indexes beside the journal, in the background: a state is a value, so that writers go on meanwhile.
 *
 * <p>A snapshot is due after so many entries or bytes of journal, but not before the journal has grown by as much as the last
 * snapshot is large; so all snapshots together are never larger than the journal.
 */
final class SnapshotKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotKeeper.class);
    private static final ThreadFactory DAEMONS = task -> {
        Thread thread = new Thread(task, "deltatrace-storage");
        thread.setDaemon(true);
        return thread;
    };

    private final Disk disk;
    private final Layout layout;
    private final StorageOptions options;
    private final Snapshots snapshots;
    private final IndexFiles indexes;
    private final Segments segments;
    private final Journal journal;
    private final Threads threads;
    private final ReentrantLock storing = new ReentrantLock();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile Stored newest;

    /** Whether writing it failed, so that nobody knows which states it needs; guarded by {@link #storing}. */
    private boolean manifestInDoubt;

    private long entriesSince;
    private long bytesSince;

    /**
     * A state that could be stored.
     *
     * @param head the hash of its last entry
     */
    private record Stored(DatabaseState state, String head) {}

    /** Who works in the background: one stores, the other forces at intervals and must not wait for that. */
    record Threads(ExecutorService storing, ScheduledExecutorService forcing) {

        /** One thread each, from when there is something to do. */
        static Threads create() {
            return new Threads(
                    Executors.newSingleThreadExecutor(DAEMONS), Executors.newSingleThreadScheduledExecutor(DAEMONS));
        }

        /** Takes on no more work, and waits for the end of what there is. */
        void end() {
            storing.shutdown();
            forcing.shutdown();
            awaitEnd(storing);
            awaitEnd(forcing);
        }
    }

    /** A keeper of a journal that has just been opened. */
    SnapshotKeeper(
            Disk disk,
            Layout layout,
            StorageOptions options,
            Recovered recovery,
            Journal journal,
            DatabaseState state,
            Threads threads) {
        this.disk = disk;
        this.layout = layout;
        this.options = options;
        this.snapshots = recovery.snapshots();
        this.indexes = recovery.indexes();
        this.segments = recovery.segments();
        this.journal = journal;
        this.threads = threads;
        this.newest = new Stored(state, recovery.chain().head());
        this.entriesSince = state.revision() - recovery.base().revision();
        if (options.durability() == Durability.INTERVAL) {
            long nanos = options.syncInterval().toNanos();
            var unused =
                    threads.forcing().scheduleWithFixedDelay(this::forceQuietly, nanos, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void forceQuietly() {
        try {
            journal.force(journal.appended());
        } catch (RuntimeException e) {
            // The journal has logged it, and refuses writes from now on.
            threads.forcing().shutdown();
        }
    }

    /** Takes note of an entry; called by one thread at a time. */
    void appended(DatabaseState state, String head, int bytes) {
        newest = new Stored(state, head);
        entriesSince++;
        bytesSince += bytes;
        boolean due = entriesSince >= options.snapshotEntries() || bytesSince >= options.snapshotBytes();
        if (due && bytesSince >= newestSize() && scheduled.compareAndSet(false, true)) {
            entriesSince = 0;
            bytesSince = 0;
            threads.storing().execute(this::saveQuietly);
        }
    }

    private long newestSize() {
        return snapshots.revisions().isEmpty()
                ? 0
                : snapshots.sizeOf(snapshots.revisions().last());
    }

    private void saveQuietly() {
        try {
            save();
        } catch (RuntimeException e) {
            LOG.warn("No snapshot could be stored in {}; the next one will be tried in time", layout.snapshots(), e);
        } finally {
            scheduled.set(false);
        }
    }

    /** A segment is complete; its index is stored. */
    void sealed(Segment segment) {
        threads.storing().execute(() -> {
            storing.lock();
            try {
                // It may have been given up meanwhile.
                if (segment.equals(segments.of(segment.first()))) {
                    indexes.write(segment);
                }
            } finally {
                storing.unlock();
            }
        });
    }

    /**
     * Stores the newest state, if it is not stored yet.
     *
     * @return its revision
     */
    long save() {
        storing.lock();
        try {
            Stored stored = newest;
            long revision = stored.state().revision();
            if (revision > 0 && !snapshots.revisions().contains(revision)) {
                save(stored.state(), stored.head());
                if (!manifestInDoubt) {
                    snapshots.thin(options.snapshotEntries());
                }
                indexes.write(segments.newest());
            }
            return revision;
        } catch (IOException e) {
            throw new DirectoryNotUsableException(layout.snapshots(), "could not take a snapshot", e);
        } finally {
            storing.unlock();
        }
    }

    private void save(DatabaseState state, String head) throws IOException {
        // A snapshot must not know of entries that the journal could still lose.
        journal.force(state.revision());
        snapshots.write(state, head);
    }

    /**
     * Gives up what only leads to states before the given one: whole segments, and the snapshots before it. The directory is in
     * order at every moment: first there is the snapshot, then the copies, then the manifest says so, then the files go.
     *
     * @param oldest the oldest state that is kept
     * @param head the hash of its last entry
     * @param archive where the files are copied to first; null to delete them
     * @param published is told where the journal begins from now on, before files go
     */
    void retain(DatabaseState oldest, String head, @Nullable Path archive, Consumer<Manifest> published) {
        storing.lock();
        try {
            long newest = segments.newest().first();
            List<Segment> given = new ArrayList<>(segments.all());
            given.removeIf(segment -> segment.last() > oldest.revision() || segment.first() == newest);
            if (given.isEmpty()) {
                return;
            }
            if (!snapshots.revisions().contains(oldest.revision())) {
                save(oldest, head);
            }
            List<Path> files = new ArrayList<>(given.stream().map(Segment::file).toList());
            List<Long> old = List.copyOf(snapshots.revisions().headSet(oldest.revision(), false));
            old.forEach(revision -> files.add(layout.snapshot(revision)));
            if (archive != null) {
                copy(files, outside(archive));
            }
            Segment last = given.get(given.size() - 1);
            Manifest manifest = new Manifest(last.last(), last.index().lastHash());
            manifestInDoubt = true;
            manifest.write(disk, layout);
            manifestInDoubt = false;
            published.accept(manifest);
            // Before any file goes: if one cannot be deleted, what it is of is given up nevertheless.
            given.forEach(segments::remove);
            old.forEach(snapshots::forget);
            for (Segment segment : given) {
                disk.delete(segment.file());
                indexes.delete(segment.first());
            }
            for (long revision : old) {
                snapshots.delete(revision);
            }
        } catch (IOException e) {
            throw new DirectoryNotUsableException(layout.directory(), "could not be tidied", e);
        } finally {
            storing.unlock();
        }
    }

    /** A copy that replaces a file of the database by itself would delete it. */
    private Path outside(Path archive) throws IOException {
        Path target = archive.toAbsolutePath().normalize();
        for (Path own : List.of(layout.journal(), layout.snapshots(), layout.indexes())) {
            boolean same = Files.isDirectory(target) && Files.isDirectory(own) && Files.isSameFile(target, own);
            if (same || target.startsWith(own)) {
                throw new IllegalArgumentException(
                        "The archive must not be where the files of the database are: " + target);
            }
        }
        return target;
    }

    private void copy(List<Path> files, Path archive) throws IOException {
        disk.createDirectories(archive);
        for (Path file : files) {
            disk.copy(file, archive.resolve(file.getFileName()));
        }
        disk.forceDirectory(archive);
    }

    /** Stores what is not stored yet, and ends the work in the background. */
    void close() {
        threads.end();
        if (journal.failure() == null) {
            try {
                journal.force(journal.appended());
                save();
            } catch (RuntimeException e) {
                LOG.warn("No snapshot could be stored in {}; opening will take longer", layout.snapshots(), e);
            }
        }
    }

    private static void awaitEnd(ExecutorService executor) {
        boolean interrupted = false;
        while (true) {
            try {
                if (executor.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
