package io.deltatrace.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says that the files of a database are not as they were left: edited, cut, gone, or mixed with others. It is not opened, so
 * that nothing is lost by going on; {@code openReadOnly} and {@code salvage} get out what is good.
 */
public final class JournalDamagedException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long line;
    private final long revision;

    /**
     * What is wrong and where.
     *
     * @param file the file that is concerned
     * @param line the line in it, from 1; 0 if it is about the whole file
     * @param revision the first revision that is concerned; 0 if that cannot be said
     * @param problem what is wrong, in words
     * @param salvageable what is good, in words
     */
    public JournalDamagedException(
            Path file, long line, long revision, String problem, String salvageable, @Nullable Throwable cause) {
        super(
                file
                        + (line == 0 ? "" : ", line " + line)
                        + (revision == 0 ? "" : ", revision " + revision)
                        + ": " + problem + ". " + salvageable
                        + ". Open it read-only to look at that, or salvage it into another directory",
                cause);
        this.file = file;
        this.line = line;
        this.revision = revision;
    }

    /** The file that is concerned. */
    public Path file() {
        return file;
    }

    /** The line in it, from 1; 0 if it is about the whole file. */
    public long line() {
        return line;
    }

    /** The first revision that is concerned; 0 if that cannot be said. */
    public long revision() {
        return revision;
    }
}
