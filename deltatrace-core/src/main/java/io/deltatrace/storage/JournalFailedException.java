package io.deltatrace.storage;

/**
 * Says that a write failed because the journal could not be written or forced to the disk, now or at an earlier write. Writes
 * are refused until the database is opened again, because it is not known what has reached the disk; reads go on.
 */
public final class JournalFailedException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** What could not be done, and why. */
    public JournalFailedException(String problem, Throwable cause) {
        super(
                problem + " (" + cause
                        + "). Reads go on; writes are refused until the disk is in order and the database is"
                        + " opened again",
                cause);
    }

    /** The same for a later write. */
    public JournalFailedException(JournalFailedException first) {
        super(String.valueOf(first.getMessage()), first);
    }
}
