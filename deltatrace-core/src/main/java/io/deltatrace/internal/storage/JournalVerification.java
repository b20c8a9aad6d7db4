package io.deltatrace.internal.storage;

import io.deltatrace.history.ChainReport;
import io.deltatrace.history.ChainReport.Fault;
import io.deltatrace.history.ChainReport.Kind;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.VerifyProgress;
import io.deltatrace.internal.engine.Chain;
import io.deltatrace.internal.engine.ChainWalk;
import io.deltatrace.internal.engine.ChainedLine;
import io.deltatrace.storage.JournalDamagedException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Follows the chain of hashes through the files of the journal, without trusting any index. Not thread-safe. */
final class JournalVerification {

    private final Segments segments;
    private final ChainWalk walk;
    private final long start;
    private final long last;
    private final boolean closed;
    private final VerifyProgress progress;
    private final MessageDigest digest = ChainedLine.digest();

    /** Up to a revision, which is the last one of which it is known that it was written. */
    JournalVerification(
            Segments segments,
            Manifest anchor,
            Collection<Checkpoint> checkpoints,
            long last,
            VerifyProgress progress) {
        this(segments, anchor, checkpoints, last, false, progress);
    }

    private JournalVerification(
            Segments segments,
            Manifest anchor,
            Collection<Checkpoint> checkpoints,
            long last,
            boolean closed,
            VerifyProgress progress) {
        this.segments = segments;
        this.walk = new ChainWalk(anchor.anchorRevision(), anchor.anchorHash(), checkpoints);
        this.start = anchor.anchorRevision();
        this.last = last;
        this.closed = closed;
        this.progress = progress;
    }

    /**
     * Verifies the files of a database that was refused.
     *
     * @param last the last revision of which it is known that it is there
     * @param refusal why it was, in case that nothing of it is to be seen in the chain
     */
    static ChainReport ofRefused(
            Disk disk,
            Layout layout,
            Collection<Checkpoint> checkpoints,
            long last,
            VerifyProgress progress,
            JournalDamagedException refusal)
            throws IOException {
        Segments files = new Segments(disk);
        Manifest anchor = anchor(disk, layout);
        for (String name : disk.list(layout.journal())) {
            long first = Layout.revisionOf(name, Layout.SEGMENT);
            if (first != Layout.NONE) {
                files.add(new Segment(layout.segment(first), new SegmentIndex(first, Chain.START, 0)));
            }
        }
        JournalVerification verification = new JournalVerification(files, anchor, checkpoints, last, true, progress);
        Fault fault = verification.run();
        return verification.report(
                fault != null
                        ? fault
                        : new Fault(
                                Math.max(1, refusal.revision()),
                                Kind.DIFFERENT,
                                refusal.file().toString(),
                                String.valueOf(refusal.getMessage())));
    }

    /** Where the journal begins, or should, if nobody says. */
    private static Manifest anchor(Disk disk, Layout layout) throws IOException {
        try {
            return Objects.requireNonNullElse(Manifest.read(disk, layout), Manifest.NEW);
        } catch (JournalDamagedException e) {
            return Manifest.NEW;
        }
    }

    @Nullable
    Fault run() throws IOException {
        Fault fault = walk.contradiction(null);
        List<Segment> all = segments.all().stream()
                .filter(segment -> segment.first() > start)
                .toList();
        for (int i = 0; i < all.size() && fault == null && (closed || walk.revision() < last); i++) {
            fault = run(all.get(i));
            if (fault != null && fault.kind() == Kind.MISSING && appearsFrom(all.subList(i, all.size()), fault)) {
                fault = new Fault(fault.revision(), Kind.REORDERED, fault.place(), fault.explanation());
            }
        }
        return fault == null ? walk.end(closed ? start : last) : fault;
    }

    private @Nullable Fault run(Segment segment) throws IOException {
        if (segment.first() != walk.revision() + 1) {
            return new Fault(
                    walk.revision() + 1,
                    Kind.MISSING,
                    segment.file().toString(),
                    "The file before this one ends before revision " + segment.first());
        }
        boolean sealed = closed || segment.first() != segments.newest().first();
        long offset = offset(segment);
        try (LineReader reader = sealed ? segments.rawReader(segment, offset) : segments.reader(segment, offset)) {
            for (byte[] line = reader.next();
                    line != null && (sealed || walk.revision() < last);
                    line = reader.next()) {
                // The newest segment may lack the last end of line until it is written to again.
                ChainedLine chained = reader.isWhole() || !sealed ? ChainedLine.read(line, digest) : null;
                Fault fault = walk.next(chained, segment.place(walk.revision() + 1));
                if (fault != null) {
                    return fault;
                }
                walk.tell(progress, last);
            }
            return null;
        } catch (NoSuchFileException e) {
            return new Fault(
                    segment.first(), Kind.MISSING, segment.file().toString(), "The file is not there any more");
        }
    }

    private static long offset(Segment segment) {
        return segment.last() < segment.first()
                ? segment.index().end()
                : segment.index().placeBefore(segment.first()).offset();
    }

    private boolean appearsFrom(List<Segment> remaining, Fault missing) throws IOException {
        for (Segment segment : remaining) {
            if (appearsIn(segment, missing.revision())) {
                return true;
            }
        }
        return false;
    }

    private boolean appearsIn(Segment segment, long revision) throws IOException {
        try (LineReader reader = segments.rawReader(segment, 0)) {
            for (byte[] line = reader.next(); line != null; line = reader.next()) {
                ChainedLine chained = ChainedLine.read(line, digest);
                if (chained != null && chained.revision() == revision) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    ChainReport report(@Nullable Fault fault) {
        return walk.report(fault);
    }
}
