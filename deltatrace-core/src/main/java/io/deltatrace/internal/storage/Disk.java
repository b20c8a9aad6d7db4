package io.deltatrace.internal.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What storage asks of a file system: the seam at which tests put a disk that fails. Thread-safe. */
public interface Disk {

    /** Opens a file to write at its end; it is made, for its owner alone to read, if it is not there. */
    Output append(Path file) throws IOException;

    /** Opens a file to read. */
    Input read(Path file) throws IOException;

    /** Cuts a file to a length, and forces that to the disk. */
    void truncate(Path file, long length) throws IOException;

    /** Gives a file another name in one step, in place of a file that has it already. */
    void rename(Path from, Path to) throws IOException;

    /** Copies a file, in place of one that is there, and forces the copy to the disk. */
    default void copy(Path from, Path to) throws IOException {
        delete(to);
        try (Input in = read(from);
                Output out = append(to)) {
            byte[] buffer = new byte[1 << 20];
            long position = 0;
            for (int read = in.read(0, buffer); read > 0; read = in.read(position, buffer)) {
                out.write(read == buffer.length ? buffer : Arrays.copyOf(buffer, read));
                position += read;
            }
            out.force();
        }
    }

    /** Deletes a file if it is there. */
    void delete(Path file) throws IOException;

    /**
     * Makes a directory and those above it, if they are not there, for their owner alone, and forces the names of the new ones to
     * the disk. One that is there keeps its permissions.
     */
    void createDirectories(Path directory) throws IOException;

    /** Forces the names in a directory to the disk. */
    void forceDirectory(Path directory) throws IOException;

    /** The names of the files in a directory, sorted; none if it is not there. */
    List<String> list(Path directory) throws IOException;

    /** A file that is written. Not thread-safe. */
    interface Output extends Closeable {

        /** Writes all the bytes, or throws. */
        void write(byte[] bytes) throws IOException;

        /** Returns when everything written is on the disk. May be called beside {@link #write}. */
        void force() throws IOException;
    }

    /** A file that is read. Not thread-safe. */
    interface Input extends Closeable {

        /** The length of the file in bytes. */
        long length() throws IOException;

        /** Reads bytes from a position into an array, from its start; answers how many, or -1 at the end. */
        int read(long position, byte[] target) throws IOException;
    }
}
