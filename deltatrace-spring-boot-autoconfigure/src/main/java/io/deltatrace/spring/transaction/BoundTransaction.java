package io.deltatrace.spring.transaction;

import io.deltatrace.transaction.DeltaTraceTransaction;

/** A transaction that is bound to a thread, and whether somebody who takes part in it wants it to be rolled back. */
final class BoundTransaction {

    private final DeltaTraceTransaction transaction;
    private boolean rollbackOnly;

    BoundTransaction(DeltaTraceTransaction transaction) {
        this.transaction = transaction;
    }

    DeltaTraceTransaction transaction() {
        return transaction;
    }

    boolean isRollbackOnly() {
        return rollbackOnly;
    }

    void setRollbackOnly(boolean wanted) {
        rollbackOnly = wanted;
    }
}
