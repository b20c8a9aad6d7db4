package io.deltatrace.internal.storage;

import io.deltatrace.document.JsonFormatException;
import io.deltatrace.history.ChainReport.Fault;
import io.deltatrace.history.ChainReport.Kind;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.internal.engine.Chain;
import io.deltatrace.internal.engine.ChainWalk;
import io.deltatrace.internal.engine.ChainedLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a segment entry by entry from where its index ends, and brings the index up to date, until the end or until something
 * is wrong.
 *
 * <p>What a crash leaves at the end of the newest segment is not wrong but {@linkplain #torn torn}: a last line without its
 * end, or, where writes had not been forced and reached the disk in another order, a line with a hole of zeros in it and
 * whatever follows. Nobody was told that these were durable: a force covers everything that was written before it. JSON text
 * has no zeros, so that a hole cannot be taken for one.
 */
final class SegmentScan {

    /**
     * Fewer zeros could come from damage to single bytes; holes are parts of blocks that were never written. Where a hole ends
     * with a block it may be shorter, because a force ends where a line ends.
     */
    private static final int HOLE = 16;

    /** No disk has smaller blocks. */
    private static final int BLOCK = 512;

    private final Segment segment;
    private final SegmentIndex index;
    private @Nullable Fault fault;
    private long torn;
    private boolean lacksLineEnd;

    private SegmentScan(Segment segment) {
        this.segment = segment;
        this.index = segment.index();
    }

    /**
     * Scans a segment.
     *
     * @param newest whether it is the newest one, whose end may be torn
     */
    static SegmentScan of(Disk disk, Segment segment, boolean newest) throws IOException {
        SegmentScan scan = new SegmentScan(segment);
        try (Disk.Input file = disk.read(segment.file())) {
            scan.run(new LineReader(file, scan.index.end(), file.length()), newest, file.length());
        }
        return scan;
    }

    private void run(LineReader reader, boolean newest, long length) throws IOException {
        ChainWalk walk = new ChainWalk(index.last(), index.lastHash(), List.of());
        var digest = ChainedLine.digest();
        for (byte[] line = reader.next(); line != null; line = reader.next()) {
            ChainedLine chained = ChainedLine.read(line, digest);
            Fault found = walk.next(chained, segment.place(walk.revision() + 1));
            if (found != null || chained == null) {
                boolean isTorn = newest && chained == null && (!reader.isWhole() || hasHole(line, reader.lineStart()));
                torn = isTorn ? length - reader.lineStart() : 0;
                fault = isTorn ? null : found;
                return;
            }
            HistoryEntry entry;
            try {
                entry = Chain.JSON.readEntry(line);
            } catch (JsonFormatException e) {
                fault = new Fault(
                        chained.revision(),
                        Kind.DIFFERENT,
                        segment.place(chained.revision()),
                        "The entry cannot be read: " + e.getMessage());
                return;
            }
            lacksLineEnd = !reader.isWhole();
            if (lacksLineEnd && !newest) {
                fault = new Fault(
                        chained.revision() + 1, Kind.CUT, segment.place(chained.revision()), "The line has no end");
                return;
            }
            index.add(entry, chained.hash(), line.length + (lacksLineEnd ? 0 : 1));
        }
    }

    private static boolean hasHole(byte[] line, long start) {
        int zeros = 0;
        for (int i = 0; i < line.length; i++) {
            zeros = line[i] == 0 ? zeros + 1 : 0;
            if (zeros == HOLE || (zeros > 0 && (start + i + 1) % BLOCK == 0)) {
                return true;
            }
        }
        return false;
    }

    /** What is wrong; null if nothing is. */
    @Nullable
    Fault fault() {
        return fault;
    }

    /** How many bytes at the end are what a crash has left. */
    long torn() {
        return torn;
    }

    /** Whether the last entry is there but for the end of its line. */
    boolean lacksLineEnd() {
        return lacksLineEnd;
    }

    Path file() {
        return segment.file();
    }
}
