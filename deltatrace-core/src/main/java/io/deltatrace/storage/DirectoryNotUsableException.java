package io.deltatrace.storage;

import java.nio.file.Path;

/** Says that the directory cannot be made, read or written. */
public final class DirectoryNotUsableException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** The directory, what is wrong with it, and why. */
    public DirectoryNotUsableException(Path directory, String problem, Throwable cause) {
        super(
                directory + " " + problem + " (" + cause
                        + "). This process must be able to write there, and there must be room on the disk",
                cause);
    }

    /** The directory, and what is wrong with it. */
    public DirectoryNotUsableException(Path directory, String problem) {
        super(directory + " " + problem, null);
    }
}
