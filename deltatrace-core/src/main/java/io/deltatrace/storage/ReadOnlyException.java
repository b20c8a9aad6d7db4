package io.deltatrace.storage;

/** Says that a database that was opened read-only was asked to change. */
public final class ReadOnlyException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** With the same message each time. */
    public ReadOnlyException() {
        super("The database was opened read-only; open it with DeltaTraceDatabase.open to change it", null);
    }
}
