package io.deltatrace.storage;

import java.nio.file.Path;

/** Says that the directory cannot be made, read or written. */
public final class DirectoryNotUsableException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** The directory, what is wrong with it, and why. */
    public DirectoryNotUsableException(Path directory, String problem, Throwable cause) {
        super(
                directory + " " + problem + " (" + cause
                        + "). Check that it is a directory that this process may use, and that the disk is not full",
                cause);
    }

    /** The directory, and what is wrong with it. */
    public DirectoryNotUsableException(Path directory, String problem) {
        super(directory + " " + problem, null);
    }
}
