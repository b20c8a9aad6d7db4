package io.deltatrace.internal.storage;

import io.deltatrace.history.ChainReport.Fault;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.storage.DirectoryNotUsableException;
import io.deltatrace.storage.JournalDamagedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what the files of a database say, and refuses if they contradict each other. What a crash leaves is put in order.
 *
 * <p>Not thread-safe.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Disk disk;
    private final Layout layout;
    private final boolean check;
    private final boolean readOnly;
    private final Segments segments;
    private final IndexFiles indexes;
    private final Snapshots snapshots;
    private final List<Step> tidying = new ArrayList<>();
    private Manifest manifest = Manifest.NEW;
    private DatabaseState base = DatabaseState.EMPTY;

    private Recovery(Disk disk, Layout layout, boolean check, boolean readOnly) throws IOException {
        this.disk = disk;
        this.layout = layout;
        this.check = check;
        this.readOnly = readOnly;
        this.segments = new Segments(disk);
        this.indexes = new IndexFiles(disk, layout);
        this.snapshots = Snapshots.in(disk, layout);
    }

    /** Something that is done to the files when all of them are known to be good: one that is refused stays as it is. */
    @FunctionalInterface
    private interface Step {

        void take() throws IOException;
    }

    /**
     * Recovers a database, or makes a new one in a directory that has none.
     *
     * @param check whether to compare all segments with their checksums
     * @param readOnly whether to leave everything as it is
     * @throws JournalDamagedException if there is damage that no crash leaves
     */
    static Recovered run(Disk disk, Layout layout, boolean check, boolean readOnly) throws IOException {
        Recovery recovery = new Recovery(disk, layout, check, readOnly);
        recovery.findManifest();
        recovery.findSegments();
        recovery.findBase();
        if (!readOnly) {
            for (Step step : recovery.tidying) {
                step.take();
            }
        }
        return new Recovered(recovery.manifest, recovery.segments, recovery.indexes, recovery.snapshots, recovery.base);
    }

    private void findManifest() throws IOException {
        Manifest found = Manifest.read(disk, layout);
        List<String> files = disk.list(layout.journal());
        if (found != null) {
            manifest = found;
        } else if (!files.isEmpty() || !snapshots.revisions().isEmpty()) {
            throw damaged(layout.manifest(), 0, 0, "the file is not there, but a journal is", null);
        } else if (readOnly) {
            throw new DirectoryNotUsableException(layout.directory(), "has no database in it");
        } else {
            tidying.add(() -> Manifest.NEW.write(disk, layout));
        }
        tidying.add(() -> {
            disk.createDirectories(layout.journal());
            disk.createDirectories(layout.snapshots());
            disk.forceDirectory(layout.directory());
            // A process may have ended before it forced the names of what was found; what comes next relies on them.
            disk.forceDirectory(layout.journal());
            disk.forceDirectory(layout.snapshots());
            disk.delete(Manifest.temporary(layout));
            deleteTemporary(layout.snapshots());
            deleteTemporary(layout.indexes());
            for (long given : List.copyOf(snapshots.revisions().headSet(manifest.anchorRevision(), false))) {
                snapshots.delete(given);
            }
        });
    }

    /** What was being written when a process ended. */
    private void deleteTemporary(Path directory) throws IOException {
        for (String name : disk.list(directory)) {
            if (name.endsWith(Layout.TEMPORARY)) {
                disk.delete(directory.resolve(name));
            }
        }
    }

    private void findSegments() throws IOException {
        List<Long> names = new ArrayList<>();
        for (String name : disk.list(layout.journal())) {
            long first = Layout.revisionOf(name, Layout.SEGMENT);
            if (first == Layout.NONE || first == 0) {
                throw damaged(layout.journal().resolve(name), 0, 0, "this file does not belong to the journal", null);
            }
            if (first > manifest.anchorRevision()) {
                names.add(first);
            } else {
                // Given up already; the process ended before all files were away.
                tidying.add(() -> {
                    disk.delete(layout.segment(first));
                    indexes.delete(first);
                });
            }
        }
        long last = manifest.anchorRevision();
        String lastHash = manifest.anchorHash();
        for (int i = 0; i < names.size(); i++) {
            Segment segment = segment(names.get(i), last, lastHash, i == names.size() - 1);
            segments.add(segment);
            last = segment.last();
            lastHash = segment.index().lastHash();
        }
        if (names.isEmpty()) {
            if (manifest.anchorRevision() > 0) {
                throw damaged(layout.segment(last + 1), 0, last + 1, "the file is not there", null);
            }
            Segment created = Journal.created(layout, last, lastHash);
            tidying.add(() -> {
                disk.append(created.file()).close();
                disk.forceDirectory(layout.journal());
            });
            segments.add(created);
        }
    }

    private Segment segment(long first, long lastBefore, String hashBefore, boolean newest) throws IOException {
        Path file = layout.segment(first);
        if (first != lastBefore + 1) {
            throw damaged(
                    file,
                    0,
                    Math.min(first, lastBefore + 1),
                    first > lastBefore + 1
                            ? "revisions " + (lastBefore + 1) + " to " + (first - 1)
                                    + ", which come before it, are not there"
                            : "the file before it has these revisions too",
                    null);
        }
        // An index of the newest segment may tell of entries that had not been forced, and that are not there any more.
        SegmentIndex index = indexes.read(first, check || newest);
        boolean stored = index != null && index.previousHash().equals(hashBefore);
        if (newest && !stored) {
            // It could seem to fit once the segment has grown again.
            tidying.add(() -> indexes.delete(first));
        }
        Segment segment =
                new Segment(file, stored ? Objects.requireNonNull(index) : new SegmentIndex(first, hashBefore, 0));
        long indexed = segment.last();
        SegmentScan scan = SegmentScan.of(disk, segment, newest);
        Fault fault = scan.fault();
        if (fault != null) {
            throw damaged(file, segment.lineOf(fault.revision()), fault.revision(), fault.explanation(), null);
        }
        if (!newest && segment.last() < first) {
            throw damaged(file, 0, first, "the file is empty", null);
        }
        tidying.add(() -> tidy(segment, scan));
        if (!newest && indexed < segment.last()) {
            tidying.add(() -> indexes.write(segment));
        }
        return segment;
    }

    private void tidy(Segment segment, SegmentScan scan) throws IOException {
        if (scan.torn() > 0) {
            LOG.warn(
                    "{}: cut off {} bytes behind revision {}, which a crash has left; no write that they belong to had returned",
                    segment.file(),
                    scan.torn(),
                    segment.last());
            disk.truncate(segment.file(), segment.index().end());
        } else if (scan.lacksLineEnd()) {
            try (Disk.Output out = disk.append(segment.file())) {
                out.write(new byte[] {'\n'});
                out.force();
            }
            segment.index().lineEnded();
        }
    }

    private void findBase() throws IOException {
        if (readOnly) {
            List.copyOf(snapshots.revisions().headSet(manifest.anchorRevision(), false))
                    .forEach(snapshots::forget);
        }
        for (long revision : List.copyOf(snapshots.revisions().descendingSet())) {
            if (revision > segments.lastRevision()) {
                throw damaged(
                        segments.newest().file(),
                        0,
                        segments.lastRevision() + 1,
                        "the journal ends here, but there is a snapshot of revision " + revision,
                        null);
            }
            if (revision < manifest.anchorRevision()) {
                break;
            }
            try {
                Snapshots.Loaded loaded = snapshots.read(revision);
                if (loaded.head().equals(hashOf(revision))) {
                    base = loaded.state();
                    return;
                }
                throw damaged(
                        layout.snapshot(revision), 0, revision, "it is of another history than the journal is", null);
            } catch (IOException e) {
                LOG.warn("{} cannot be used; an older one is", layout.snapshot(revision), e);
                snapshots.forget(revision);
            }
        }
        if (manifest.anchorRevision() > 0) {
            throw damaged(
                    layout.snapshots(),
                    0,
                    manifest.anchorRevision(),
                    "there is no good snapshot, and the history before this revision was given up",
                    null);
        }
    }

    private @Nullable String hashOf(long revision) throws IOException {
        if (revision == manifest.anchorRevision()) {
            return manifest.anchorHash();
        }
        try (JournalCursor cursor = new JournalCursor(segments)) {
            return cursor.hashOf(revision);
        }
    }

    private JournalDamagedException damaged(
            Path file, long line, long revision, String problem, @Nullable Throwable cause) {
        StringBuilder good = new StringBuilder();
        long last = segments.all().isEmpty() ? manifest.anchorRevision() : segments.lastRevision();
        long known = Math.max(last, revision == 0 ? 0 : line == 0 ? last : revision - 1);
        good.append(
                known > manifest.anchorRevision()
                        ? "Revisions " + (manifest.anchorRevision() + 1) + " to " + known + " are good"
                        : "No entry before it is known to be good");
        if (!snapshots.revisions().isEmpty()) {
            good.append(", and there is a snapshot of revision ")
                    .append(snapshots.revisions().last());
        }
        return new JournalDamagedException(file, line, revision, problem, good.toString(), cause);
    }
}
