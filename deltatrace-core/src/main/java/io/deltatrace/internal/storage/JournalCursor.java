package io.deltatrace.internal.storage;

import io.deltatrace.document.JsonFormatException;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.internal.engine.Chain;
import io.deltatrace.internal.engine.ChainedLine;
import io.deltatrace.storage.JournalDamagedException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries from the journal, any of them, and best one after the other. It keeps a file open until it is closed. Not
 * thread-safe.
 */
final class JournalCursor implements Closeable {

    private static final int NEAR = 64;

    private final Segments segments;
    private final MessageDigest digest = ChainedLine.digest();
    private @Nullable Segment segment;
    private @Nullable LineReader reader;
    private long next;
    private long bytesRead;

    JournalCursor(Segments segments) {
        this.segments = segments;
    }

    /**
     * The entry of a revision.
     *
     * @throws RevisionNotRetainedException if the journal has no such entry
     * @throws JournalDamagedException if what is there is not what was written
     */
    HistoryEntry entry(long revision) {
        return decode(line(revision), require(segment), revision, digest);
    }

    /** As {@link #entry}, but the line only has been read so far: what it says is found out later, by any thread. */
    Supplier<HistoryEntry> decoder(long revision) {
        byte[] line = line(revision);
        Segment read = require(segment);
        return () -> decode(line, read, revision, ChainedLine.digest());
    }

    private static HistoryEntry decode(byte[] line, Segment read, long revision, MessageDigest digest) {
        ChainedLine chained = ChainedLine.read(line, digest);
        if (chained == null || chained.revision() != revision) {
            throw damaged(read, revision, "this is not the entry that was written", null);
        }
        try {
            return Chain.JSON.readEntry(line);
        } catch (JsonFormatException e) {
            throw damaged(read, revision, "the entry cannot be read: " + e.getMessage(), e);
        }
    }

    private static JournalDamagedException damaged(
            Segment segment, long revision, String problem, @Nullable Throwable cause) {
        return new JournalDamagedException(
                segment.file(), segment.lineOf(revision), revision, problem, "Other entries may be good", cause);
    }

    /** How large the lines were together that have been read so far. */
    long bytesRead() {
        return bytesRead;
    }

    /** The hash of the entry of a revision; null if the line does not have the right hash. */
    @Nullable
    String hashOf(long revision) {
        ChainedLine chained = ChainedLine.read(line(revision), digest);
        return chained == null || chained.revision() != revision ? null : chained.hash();
    }

    /** Whether reading on leads to a revision sooner than opening the file again. */
    private boolean isNear(long revision) {
        return reader != null
                && revision >= next
                && revision - next <= NEAR
                && revision <= require(segment).last();
    }

    private byte[] line(long revision) {
        try {
            if (!isNear(revision)) {
                seek(revision);
            }
            byte[] line = readTo(revision);
            if (line == null) {
                // The reader ends where the segment ended when it was opened.
                seek(revision);
                line = readTo(revision);
            }
            if (line == null) {
                throw damaged(require(segment), revision, "the file ends before the entry", null);
            }
            next++;
            bytesRead += line.length;
            return line;
        } catch (NoSuchFileException e) {
            throw segments.notRetained(revision);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte @Nullable [] readTo(long revision) throws IOException {
        byte[] line = require(reader).next();
        while (line != null && next < revision) {
            next++;
            line = require(reader).next();
        }
        return line;
    }

    private void seek(long revision) throws IOException {
        Segment wanted = segments.of(revision);
        if (wanted == null) {
            throw segments.notRetained(revision);
        }
        close();
        SegmentIndex.Place place = wanted.index().placeBefore(revision);
        segment = wanted;
        reader = segments.reader(wanted, place.offset());
        next = place.revision();
    }

    private static <T> T require(@Nullable T present) {
        if (present == null) {
            throw new IllegalStateException("Nothing has been read yet");
        }
        return present;
    }

    @Override
    public void close() throws IOException {
        LineReader open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }
}
