package io.deltatrace.transaction;

import java.time.Duration;

/** Says that a transaction has taken longer than it may, and can only be rolled back. */
public final class TransactionExpiredException extends TransactionFailedException {

    private static final long serialVersionUID = 1L;

    /** Names the time that it might have taken. */
    public TransactionExpiredException(Duration timeout) {
        super("The transaction has taken longer than " + timeout, null);
    }
}
