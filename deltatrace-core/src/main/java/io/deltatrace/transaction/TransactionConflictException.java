package io.deltatrace.transaction;

import java.util.List;

/** Says that a transaction was not let write, because what it had read was changed by others meanwhile. */
public final class TransactionConflictException extends TransactionFailedException {

    private static final long serialVersionUID = 1L;

    /** Names the collections that it had read and others changed. */
    public TransactionConflictException(List<String> collections) {
        super("Others changed what the transaction had read, in " + collections + "; try the whole again", null);
    }
}
