package io.deltatrace.storage;

import org.jspecify.annotations.Nullable;

/** Says that the files of a database cannot be used as asked. The message says what to do. */
public abstract sealed class StorageException extends RuntimeException
        permits DirectoryLockedException,
                DirectoryNotUsableException,
                JournalDamagedException,
                JournalFailedException,
                NewerFormatException,
                ReadOnlyException {

    private static final long serialVersionUID = 1L;

    StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
