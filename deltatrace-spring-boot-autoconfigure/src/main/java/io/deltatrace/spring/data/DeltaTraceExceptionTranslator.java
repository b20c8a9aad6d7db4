package io.deltatrace.spring.data;

import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.result.QueryFailedException;
import io.deltatrace.storage.StorageException;
import io.deltatrace.transaction.LockNotAcquiredException;
import io.deltatrace.transaction.TransactionConflictException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.support.PersistenceExceptionTranslator;

/**
 * Says what goes wrong in a database in the exceptions of Spring: files that fail are a {@link DataAccessResourceFailureException}, a
 * past that is no longer kept is a {@link DataRetrievalFailureException}, a write that others keep from its turn is a {@link
 * CannotAcquireLockException}, one that others have overtaken is an {@link OptimisticLockingFailureException}, a value that is there already is a {@link
 * DuplicateKeyException}, another change that is refused is a {@link DataIntegrityViolationException}, and what cannot be asked is an {@link InvalidDataAccessApiUsageException}. Thread-safe.
 */
public final class DeltaTraceExceptionTranslator implements PersistenceExceptionTranslator {

    /** What the message of a failed query has in it if an index made it fail; results have nothing else to tell it by. */
    private static final String UNIQUE = "The unique index on ";

    /** Makes a translator. */
    public DeltaTraceExceptionTranslator() {}

    @Override
    public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException exception) {
        if (exception instanceof DataAccessException translated) {
            return translated;
        }
        String message = exception.getMessage();
        if (exception instanceof StorageException) {
            return new DataAccessResourceFailureException(message == null ? "The database failed" : message, exception);
        }
        if (exception instanceof RevisionNotRetainedException) {
            return new DataRetrievalFailureException(message, exception);
        }
        if (exception instanceof LockNotAcquiredException) {
            return new CannotAcquireLockException(String.valueOf(message), exception);
        }
        if (exception instanceof TransactionConflictException) {
            return new OptimisticLockingFailureException(String.valueOf(message), exception);
        }
        if (exception instanceof QueryFailedException) {
            return message != null && message.contains(UNIQUE)
                    ? new DuplicateKeyException(message, exception)
                    : new DataIntegrityViolationException(message, exception);
        }
        return exception instanceof IllegalArgumentException
                ? new InvalidDataAccessApiUsageException(message, exception)
                : null;
    }

    /** The exception of Spring that an exception means, or itself if it means none. */
    RuntimeException translated(RuntimeException exception) {
        DataAccessException translated = translateExceptionIfPossible(exception);
        return translated == null ? exception : translated;
    }
}
