package io.deltatrace.internal.storage;

import io.deltatrace.history.ChainReport;
import io.deltatrace.history.ChainReport.Fault;
import io.deltatrace.history.ChainReport.Kind;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.internal.engine.ChainWalk;
import io.deltatrace.internal.engine.ChainedLine;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows the chain of hashes through the files of the journal, without trusting any index. Not thread-safe. */
final class JournalVerification {

    private final Segments segments;
    private final ChainWalk walk;
    private final long start;
    private final long until;
    private final MessageDigest digest = ChainedLine.digest();

    /** Up to a revision, which is the last one of which it is known that it was written. */
    JournalVerification(Segments segments, Manifest anchor, Collection<Checkpoint> checkpoints, long until) {
        this.segments = segments;
        this.walk = new ChainWalk(anchor.anchorRevision(), anchor.anchorHash(), checkpoints);
        this.start = anchor.anchorRevision();
        this.until = until;
    }

    @Nullable
    Fault run() throws IOException {
        Fault fault = walk.contradiction(null);
        List<Segment> all = segments.all().stream()
                .filter(segment -> segment.first() > start)
                .toList();
        for (int i = 0; i < all.size() && fault == null && walk.revision() < until; i++) {
            fault = run(all.get(i));
            if (fault != null && fault.kind() == Kind.MISSING && appearsFrom(all.subList(i, all.size()), fault)) {
                fault = new Fault(fault.revision(), Kind.REORDERED, fault.place(), fault.explanation());
            }
        }
        return fault == null ? walk.end(until) : fault;
    }

    private @Nullable Fault run(Segment segment) throws IOException {
        if (segment.first() != walk.revision() + 1) {
            return new Fault(
                    walk.revision() + 1,
                    Kind.MISSING,
                    segment.file().toString(),
                    "The file before this one ends before revision " + segment.first());
        }
        boolean sealed = segment.first() != segments.newest().first();
        long offset = offset(segment);
        try (LineReader reader = sealed ? segments.rawReader(segment, offset) : segments.reader(segment, offset)) {
            for (byte[] line = reader.next();
                    line != null && (sealed || walk.revision() < until);
                    line = reader.next()) {
                ChainedLine chained = reader.isWhole() ? ChainedLine.read(line, digest) : null;
                Fault fault = walk.next(chained, segment.place(walk.revision() + 1));
                if (fault != null) {
                    return fault;
                }
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
