package io.deltatrace.spring.transaction;

import io.deltatrace.transaction.DeltaTraceTransaction.Savepoint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.SavepointManager;
import org.springframework.transaction.support.SmartTransactionObject;

/** What the transaction manager knows of a transaction: the one that its thread has, if there is one. */
final class TransactionObject implements SmartTransactionObject, SavepointManager {

    private @Nullable BoundTransaction bound;

    TransactionObject(@Nullable BoundTransaction bound) {
        this.bound = bound;
    }

    boolean isBound() {
        return bound != null;
    }

    void bind(BoundTransaction transaction) {
        bound = transaction;
    }

    BoundTransaction unbind() {
        BoundTransaction unbound = bound();
        bound = null;
        return unbound;
    }

    BoundTransaction bound() {
        return Objects.requireNonNull(bound, "bound");
    }

    @Override
    public boolean isRollbackOnly() {
        return bound != null && bound.isRollbackOnly();
    }

    @Override
    public Object createSavepoint() {
        if (bound().isRollbackOnly()) {
            throw new CannotCreateTransactionException(
                    "There is no nested transaction in one that is to be rolled back anyway");
        }
        return bound().transaction().savepoint();
    }

    /** What was done since is gone, and with it what it had to be rolled back for. */
    @Override
    public void rollbackToSavepoint(Object savepoint) {
        ((Savepoint) savepoint).rollback();
        bound().setRollbackOnly(false);
    }

    /** A savepoint holds nothing. */
    @Override
    public void releaseSavepoint(Object savepoint) {}

    @Override
    public void flush() {}
}
