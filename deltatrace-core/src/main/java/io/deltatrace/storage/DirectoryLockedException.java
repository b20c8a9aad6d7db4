package io.deltatrace.storage;

import java.nio.file.Path;

/** Says that another database, in this process or in another one, has the directory open. */
public final class DirectoryLockedException extends StorageException {

    private static final long serialVersionUID = 1L;

    private final String holder;

    /** The directory, and who holds it in words. */
    public DirectoryLockedException(Path directory, String holder) {
        super(
                directory + " is in use by " + holder
                        + ". One process owns a database: close it there, or open this one read-only",
                null);
        this.holder = holder;
    }

    /** Who holds the directory, in words: the process and since when. */
    public String holder() {
        return holder;
    }
}
