package io.deltatrace.autoconfigure;

import io.deltatrace.storage.DirectoryLockedException;
import io.deltatrace.storage.JournalDamagedException;
import io.deltatrace.storage.NewerFormatException;
import io.deltatrace.storage.StorageException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why an application did not start whose database could not be opened. */
final class StorageFailureAnalyzer extends AbstractFailureAnalyzer<StorageException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StorageException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), action(cause), cause);
    }

    private static String action(StorageException cause) {
        if (cause instanceof DirectoryLockedException locked) {
            return "Stop the other application (" + locked.holder()
                    + "), give this one another deltatrace.storage.directory, or let it only look with"
                    + " deltatrace.storage.read-only=true.";
        }
        if (cause instanceof JournalDamagedException) {
            return "Look at what is good with deltatrace.storage.read-only=true, make a sound database of it with"
                    + " DeltaTraceDatabase.salvage(damaged, target), or put a backup in its place.";
        }
        if (cause instanceof NewerFormatException) {
            return "Use the version of DeltaTrace that wrote the directory, or a newer one.";
        }
        return "Check deltatrace.storage.directory: it must be a directory that this process can write to.";
    }
}
