package io.deltatrace.internal.storage;

import io.deltatrace.history.ChainReport;
import io.deltatrace.history.ChainReport.Fault;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.internal.engine.Chain;
import io.deltatrace.internal.engine.CommitLog;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.internal.engine.MemoryCommitLog;
import io.deltatrace.storage.DirectoryNotUsableException;
import io.deltatrace.storage.Durability;
import io.deltatrace.storage.JournalDamagedException;
import io.deltatrace.storage.JournalFailedException;
import io.deltatrace.storage.ReadOnlyException;
import io.deltatrace.storage.StorageException;
import io.deltatrace.storage.StorageStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the history on files, all of it, and the newest entries in memory too.
 *
 * <p>An entry is appended to the {@link Journal}; {@link SnapshotKeeper} stores states beside it from time to time. A past
 * state that is not in memory is the stored one before it and the entries since, applied again.
 */
public final class FileCommitLog implements CommitLog {

    private static final Logger LOG = LoggerFactory.getLogger(FileCommitLog.class);
    private static final Disk LOCAL = new LocalDisk();

    private final Layout layout;
    private final StorageOptions options;
    private final @Nullable DirectoryLock lock;
    private final Segments segments;
    private final Snapshots snapshots;
    private final MemoryCommitLog recent;
    private final Chain chain;
    private final DatabaseState recovered;
    private final @Nullable Journal journal;
    private final @Nullable SnapshotKeeper keeper;
    private volatile Manifest manifest;
    private volatile SoftReference<DatabaseState> past = new SoftReference<>(DatabaseState.EMPTY);
    private volatile boolean closed;

    private FileCommitLog(
            Disk disk, Layout layout, StorageOptions options, Recovered recovery, @Nullable DirectoryLock lock)
            throws IOException {
        this.layout = layout;
        this.options = options;
        this.lock = lock;
        this.manifest = recovery.manifest();
        this.segments = recovery.segments();
        this.snapshots = recovery.snapshots();
        this.chain = recovery.chain();
        this.recent = new MemoryCommitLog(options.historyLimit(), recovery.base(), null);
        this.recovered =
                replay(recovery.base(), segments.lastRevision(), (before, entry, after) -> recent.append(entry, after));
        if (lock == null) {
            journal = null;
            keeper = null;
        } else {
            journal = new Journal(disk, layout, segments, options.segmentBytes(), this::sealed);
            keeper = new SnapshotKeeper(disk, layout, options, recovery, journal, recovered);
        }
    }

    /**
     * Opens the database in a directory, or makes one there.
     *
     * @throws StorageException if that cannot be
     */
    public static FileCommitLog open(Path directory, StorageOptions options) {
        return open(LOCAL, directory, options);
    }

    static FileCommitLog open(Disk disk, Path directory, StorageOptions options) {
        Layout layout = new Layout(directory.toAbsolutePath().normalize());
        DirectoryLock lock = null;
        boolean opened = false;
        try {
            disk.createDirectories(layout.directory());
            lock = DirectoryLock.acquire(layout);
            FileCommitLog log = new FileCommitLog(
                    disk, layout, options, Recovery.run(disk, layout, options.checkOnOpen(), false), lock);
            opened = true;
            return log;
        } catch (IOException | UncheckedIOException e) {
            throw new DirectoryNotUsableException(layout.directory(), "cannot be used", e);
        } finally {
            if (!opened && lock != null) {
                release(lock);
            }
        }
    }

    private void sealed(Segment segment) {
        if (keeper != null) {
            keeper.sealed(segment);
        }
    }

    private static void release(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The directory could not be unlocked; the end of the process will", e);
        }
    }

    /**
     * Opens the database in a directory to look at it, and changes nothing there, not even what a crash has left. Another
     * process may have it open.
     *
     * @throws StorageException if that cannot be
     */
    public static FileCommitLog openReadOnly(Path directory, StorageOptions options) {
        Layout layout = new Layout(directory.toAbsolutePath().normalize());
        try {
            Recovered found;
            try {
                found = Recovery.run(LOCAL, layout, options.checkOnOpen(), true);
            } catch (JournalDamagedException e) {
                found = Survey.of(LOCAL, layout).recovered();
                LOG.warn("The database is damaged; what is good of it is shown", e);
            }
            return new FileCommitLog(LOCAL, layout, options, found, null);
        } catch (IOException | UncheckedIOException e) {
            throw new DirectoryNotUsableException(layout.directory(), "cannot be read", e);
        }
    }

    /** The state that the files led to when they were opened. */
    public DatabaseState recovered() {
        return recovered;
    }

    @Override
    public HistoryEntry append(HistoryEntry entry, DatabaseState after) {
        if (closed) {
            throw new IllegalStateException("The database is closed");
        }
        if (journal == null || keeper == null) {
            throw new ReadOnlyException();
        }
        journal.refuseAfterFailure();
        Chain.Linked linked = chain.link(entry);
        journal.append(linked);
        chain.add(linked);
        recent.append(linked.entry(), after);
        keeper.appended(after, linked.hash(), linked.line().length);
        return linked.entry();
    }

    @Override
    public void awaitDurable(long revision) {
        if (options.durability() == Durability.ALWAYS && journal != null) {
            journal.force(revision);
        }
    }

    @Override
    public Stream<HistoryEntry> read(long from) {
        return segments.read(from, recent::entry);
    }

    @Override
    public Stream<HistoryEntry> find(HistoryFilter filter) {
        return segments.find(filter, recent::entry);
    }

    @Override
    public long revisionAt(Instant instant) {
        return Math.max(oldestState(), segments.revisionAt(instant));
    }

    @Override
    public DatabaseState stateAt(long revision) {
        if (revision >= recent.oldestState()) {
            try {
                return recent.stateAt(revision);
            } catch (RevisionNotRetainedException e) {
                if (revision > segments.lastRevision()) {
                    throw e;
                }
                // Folded away just now; the files have it.
                LOG.trace("Revision {} is not in memory any more", revision, e);
            }
        }
        if (revision < oldestState()) {
            throw new RevisionNotRetainedException("of revision " + revision, oldestState(), segments.lastRevision());
        }
        DatabaseState start = storedBefore(revision);
        DatabaseState known = past.get();
        if (known != null && known.revision() <= revision && known.revision() > start.revision()) {
            start = known;
        }
        DatabaseState state = replay(start, revision, ReplayAction.NONE);
        // Whoever asks for a past state most often asks for the one after it next.
        past = new SoftReference<>(state);
        return state;
    }

    private DatabaseState storedBefore(long revision) {
        for (long stored : snapshots.revisions().headSet(revision, true).descendingSet()) {
            try {
                return snapshots.read(stored).state();
            } catch (IOException e) {
                if (snapshots.revisions().contains(stored)) {
                    LOG.warn("{} cannot be used; an older one is", layout.snapshot(stored), e);
                }
            }
        }
        if (manifest.anchorRevision() > 0) {
            throw new RevisionNotRetainedException(
                    "of revision " + revision, recent.oldestState(), segments.lastRevision());
        }
        return DatabaseState.EMPTY;
    }

    /** That of the oldest snapshot, if the history before it was given up. */
    @Override
    public long oldestState() {
        if (manifest.anchorRevision() == 0) {
            return 0;
        }
        Long oldest = snapshots.revisions().ceiling(manifest.anchorRevision());
        return oldest == null ? recent.oldestState() : Math.min(oldest, recent.oldestState());
    }

    /** Of the newest entry that has survived what it promises to; a later one could be lost, as if it had been cut off. */
    @Override
    public Checkpoint checkpoint() {
        long revision = journal != null && options.durability() == Durability.ALWAYS
                ? journal.durable()
                : segments.lastRevision();
        if (revision == 0) {
            throw new IllegalStateException("The history has no entry yet");
        }
        return new Checkpoint(revision, hashOf(revision));
    }

    @Override
    public ChainReport verify(Collection<Checkpoint> checkpoints, Set<VerifyOption> chosen) {
        while (true) {
            Manifest anchor = manifest;
            try {
                ChainReport report = verify(anchor, checkpoints, chosen);
                if (report.isIntact() || anchor.equals(manifest)) {
                    return report;
                }
            } catch (RevisionNotRetainedException e) {
                if (anchor.equals(manifest)) {
                    throw e;
                }
            }
            // History was given up meanwhile, which looks as if it were missing; there is another anchor now.
        }
    }

    private ChainReport verify(Manifest anchor, Collection<Checkpoint> checkpoints, Set<VerifyOption> chosen) {
        long until = segments.lastRevision();
        JournalVerification verification = new JournalVerification(segments, anchor, checkpoints, until);
        try {
            Fault fault = verification.run();
            if (fault == null && chosen.contains(VerifyOption.REPLAY)) {
                fault = replayFault(stateAt(oldestState()), until, storedHashes());
            }
            return verification.report(fault);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<Long, String> storedHashes() {
        Map<Long, String> hashes = new HashMap<>();
        for (long revision : snapshots.revisions()) {
            try {
                hashes.put(revision, snapshots.read(revision).hash());
            } catch (IOException e) {
                LOG.warn("{} cannot be used", layout.snapshot(revision), e);
            }
        }
        return hashes;
    }

    @Override
    public long saveSnapshot() {
        if (keeper == null) {
            throw new ReadOnlyException();
        }
        return keeper.save();
    }

    @Override
    public void retain(long revision, @Nullable Path archive) {
        if (keeper == null || journal == null) {
            throw new ReadOnlyException();
        }
        long oldest = Math.max(oldestState(), Math.min(revision, journal.appended()));
        if (oldest <= manifest.anchorRevision()) {
            return;
        }
        String head = hashOf(oldest);
        keeper.retain(stateAt(oldest), head, archive, begin -> {
            recent.retain(oldest, null);
            manifest = begin;
        });
    }

    private String hashOf(long revision) {
        Manifest anchor = manifest;
        if (revision == anchor.anchorRevision()) {
            return anchor.anchorHash();
        }
        try (JournalCursor cursor = new JournalCursor(segments)) {
            HistoryEntry.Link link = cursor.entry(revision).link();
            return Objects.requireNonNull(link).hash();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<StorageStatus> status() {
        JournalFailedException failure = journal == null ? null : journal.failure();
        long newest = segments.lastRevision();
        return Optional.of(new StorageStatus(
                layout.directory(),
                options.durability(),
                journal == null,
                newest,
                journal == null ? newest : journal.durable(),
                segments.firstRevision(),
                segments.all().size(),
                segments.bytes(),
                snapshots.revisions().size(),
                snapshots.revisions().isEmpty() ? 0 : snapshots.revisions().last(),
                failure == null ? null : failure.getMessage()));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (keeper != null) {
                keeper.close();
            }
            if (journal != null) {
                journal.close();
            }
        } catch (IOException e) {
            LOG.warn("The journal could not be closed", e);
        } finally {
            if (lock != null) {
                release(lock);
            }
        }
    }
}
