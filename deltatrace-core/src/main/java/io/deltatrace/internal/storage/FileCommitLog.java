package io.deltatrace.internal.storage;

import io.deltatrace.history.ChainReport;
import io.deltatrace.history.ChainReport.Fault;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.ReplayMismatchException;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.history.VerifyProgress;
import io.deltatrace.internal.engine.Chain;
import io.deltatrace.internal.engine.CommitLog;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.internal.engine.Engine;
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
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
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
    private final StoredStates stored;
    private final MemoryCommitLog recent;
    private final Chain chain;
    private final DatabaseState recovered;
    private final Disk disk;

    /** Why the files would be refused, if they were not only to be looked at. */
    private final @Nullable JournalDamagedException damage;

    private final @Nullable Journal journal;
    private final @Nullable SnapshotKeeper keeper;
    private volatile boolean closed;

    private FileCommitLog(
            Disk disk,
            Layout layout,
            StorageOptions options,
            Recovered recovery,
            @Nullable DirectoryLock lock,
            SnapshotKeeper.@Nullable Threads threads,
            @Nullable JournalDamagedException refusal)
            throws IOException {
        this.disk = disk;
        this.layout = layout;
        this.options = options;
        this.lock = lock;
        this.stored = new StoredStates(layout, recovery, options.indexes());
        this.segments = recovery.segments();
        this.snapshots = recovery.snapshots();
        this.chain = recovery.chain();
        JournalDamagedException found = refusal;
        DatabaseState last = recovery.base().indexedBy(options.indexes());
        this.recent = MemoryCommitLog.ofLinked(options.historyLimit(), last);
        try {
            last = replay(last, segments.lastRevision(), (before, entry, after) -> recent.append(entry, after));
        } catch (ReplayMismatchException e) {
            found = segments.damageOf(e);
            if (lock != null) {
                throw found;
            }
            last = recent.stateAt(e.revision() - 1);
            LOG.warn("What is good is shown of a damaged database: {}", found.getMessage());
        }
        this.recovered = last;
        this.damage = found;
        if (lock == null || threads == null) {
            journal = null;
            keeper = null;
        } else {
            journal = new Journal(disk, layout, segments, options, this::sealed);
            keeper = new SnapshotKeeper(disk, layout, options, recovery, journal, recovered, threads);
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
        return open(disk, directory, options, SnapshotKeeper.Threads.create());
    }

    static FileCommitLog open(Disk disk, Path directory, StorageOptions options, SnapshotKeeper.Threads threads) {
        Layout layout = new Layout(directory.toAbsolutePath().normalize());
        DirectoryLock lock = null;
        boolean opened = false;
        try {
            disk.createDirectories(layout.directory());
            lock = DirectoryLock.acquire(layout);
            Recovered found = Recovery.run(disk, layout, options.checkOnOpen(), false);
            FileCommitLog log = new FileCommitLog(disk, layout, options, found, lock, threads, null);
            opened = true;
            return log;
        } catch (IOException | UncheckedIOException e) {
            throw new DirectoryNotUsableException(layout.directory(), "cannot be used", e);
        } finally {
            if (!opened && lock != null) {
                lock.close();
            }
        }
    }

    private void sealed(Segment segment) {
        if (keeper != null) {
            keeper.sealed(segment);
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
            try {
                Recovered found = Recovery.run(LOCAL, layout, options.checkOnOpen(), true);
                return new FileCommitLog(LOCAL, layout, options, found, null, null, null);
            } catch (JournalDamagedException e) {
                Recovered good = Survey.of(LOCAL, layout).recovered();
                LOG.warn("What is good is shown of a damaged database: {}", e.getMessage());
                return new FileCommitLog(LOCAL, layout, options, good, null, null, e);
            }
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
        HistoryEntry.Link link = chain.link(entry);
        HistoryEntry linked = entry.linked(link);
        byte[] line = chain.line(link);
        journal.append(linked, link.hash(), line);
        chain.add(link);
        recent.append(linked, after);
        keeper.appended(after, link.hash(), line.length);
        return linked;
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
    public void replay(String collection, DatabaseState start, long until, ReplayAction action) {
        DatabaseState state = start;
        try (Stream<HistoryEntry> entries =
                segments.connectedWith(collection, start.revision() + 1, until, recent::entry)) {
            for (HistoryEntry entry : (Iterable<HistoryEntry>) entries::iterator) {
                DatabaseState before = state.at(entry.revision() - 1, state.committedAt());
                state = Engine.replay(before, entry);
                action.replayed(before, entry, state);
            }
        }
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
        while (true) {
            Manifest anchor = stored.manifest();
            try {
                return replayedTo(revision);
            } catch (RevisionNotRetainedException e) {
                if (revision < oldestState() || anchor.equals(stored.manifest())) {
                    throw e;
                }
                // What it was to be made of was given up meanwhile; it can be made of what took its place.
            }
        }
    }

    private DatabaseState replayedTo(long revision) {
        DatabaseState start = revision < oldestState() ? null : stored.before(revision);
        if (start == null) {
            throw new RevisionNotRetainedException("of revision " + revision, oldestState(), segments.lastRevision());
        }
        DatabaseState state = replay(start, revision, ReplayAction.NONE);
        stored.remember(state);
        return state;
    }

    /** That of the oldest snapshot, if the history before it was given up. */
    @Override
    public long oldestState() {
        Long oldest = stored.oldest();
        return oldest == null ? recent.oldestState() : Math.min(oldest, recent.oldestState());
    }

    @Override
    public long oldestEntry() {
        return segments.firstRevision();
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
        return new Checkpoint(revision, stored.hashOf(revision));
    }

    @Override
    public ChainReport verify(Collection<Checkpoint> checkpoints, VerifyProgress progress, Set<VerifyOption> chosen) {
        while (true) {
            Manifest anchor = stored.manifest();
            try {
                ChainReport report = verify(anchor, checkpoints, progress, chosen);
                if (report.isIntact() || anchor.equals(stored.manifest())) {
                    return report;
                }
            } catch (RevisionNotRetainedException e) {
                if (anchor.equals(stored.manifest())) {
                    throw e;
                }
            }
            // History was given up meanwhile, which looks as if it were missing; there is another anchor now.
        }
    }

    private ChainReport verify(
            Manifest anchor, Collection<Checkpoint> checkpoints, VerifyProgress progress, Set<VerifyOption> chosen) {
        try {
            long until = segments.lastRevision();
            if (damage != null) {
                return JournalVerification.ofRefused(disk, layout, checkpoints, until, progress, damage);
            }
            JournalVerification verification = new JournalVerification(segments, anchor, checkpoints, until, progress);
            Fault fault = verification.run();
            if (fault == null && chosen.contains(VerifyOption.REPLAY)) {
                fault = replayFault(oldestGoodState(), until, stored.hashes());
            }
            return verification.report(fault);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A stored state that turns out to be bad is not the oldest one any more. */
    private DatabaseState oldestGoodState() {
        while (true) {
            long oldest = oldestState();
            try {
                return stateAt(oldest);
            } catch (RevisionNotRetainedException e) {
                if (oldestState() == oldest) {
                    throw e;
                }
            }
        }
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
        if (oldest <= stored.manifest().anchorRevision()) {
            return;
        }
        keeper.retain(stateAt(oldest), stored.hashOf(oldest), archive, begin -> {
            recent.retain(oldest, null);
            stored.beginWith(begin);
        });
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
                journal == null ? null : journal.lastSync(),
                segments.firstRevision(),
                oldestState(),
                segments.all().size(),
                segments.bytes(),
                snapshots.revisions().size(),
                snapshots.bytes(),
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
                lock.close();
            }
        }
    }
}
