package io.deltatrace.internal.storage;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line from a position on, and knows where it is. Not thread-safe. */
final class LineReader implements Closeable {

    private static final int BUFFER = 64 * 1024;

    private final Disk.Input file;
    private final long end;
    private final byte[] buffer = new byte[BUFFER];
    private long position;
    private int start;
    private int limit;
    private long lineStart;
    private boolean whole;

    /** Reads from a position up to another one. */
    LineReader(Disk.Input file, long position, long end) {
        this.file = file;
        this.position = position;
        this.end = end;
    }

    /** The next line without its end; null if there is nothing more. */
    byte @Nullable [] next() throws IOException {
        lineStart = position();
        whole = false;
        ByteArrayOutputStream earlier = null;
        while (true) {
            for (int i = start; i < limit; i++) {
                if (buffer[i] == '\n') {
                    whole = true;
                    return take(earlier, i, i + 1);
                }
            }
            if (start < limit) {
                earlier = earlier == null ? new ByteArrayOutputStream(2 * BUFFER) : earlier;
                earlier.write(buffer, start, limit - start);
                start = limit;
            }
            int read = position >= end ? -1 : file.read(position, buffer);
            if (read <= 0) {
                return earlier == null ? null : earlier.toByteArray();
            }
            start = 0;
            limit = (int) Math.min(read, end - position);
            position += limit;
        }
    }

    private byte[] take(@Nullable ByteArrayOutputStream earlier, int lineEnd, int next) {
        byte[] line;
        if (earlier == null) {
            line = new byte[lineEnd - start];
            System.arraycopy(buffer, start, line, 0, line.length);
        } else {
            earlier.write(buffer, start, lineEnd - start);
            line = earlier.toByteArray();
        }
        start = next;
        return line;
    }

    /** Where the line that was read last starts. */
    long lineStart() {
        return lineStart;
    }

    /** Whether the line that was read last has an end, as all have but what a crash has left. */
    boolean isWhole() {
        return whole;
    }

    /** Where the next line starts. */
    long position() {
        return position - (limit - start);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
