package io.deltatrace.transaction;

import org.jspecify.annotations.Nullable;

/** Says that something outside a transaction keeps it from going on. Nothing has changed; trying the whole again may succeed. */
public abstract sealed class TransactionFailedException extends RuntimeException
        permits LockNotAcquiredException, TransactionConflictException, TransactionExpiredException {

    private static final long serialVersionUID = 1L;

    TransactionFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
