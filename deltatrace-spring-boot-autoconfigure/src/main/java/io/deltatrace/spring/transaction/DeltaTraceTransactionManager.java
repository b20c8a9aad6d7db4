package io.deltatrace.spring.transaction;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.spring.data.DeltaTraceExceptionTranslator;
import io.deltatrace.transaction.TransactionFailedException;
import io.deltatrace.transaction.TransactionMode;
import io.deltatrace.transaction.TransactionOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A transaction manager for a database: what a thread asks of the database between the beginning and the end of a transaction of
 * Spring's is a part of it, and becomes one entry of the history with one cause. Thread-safe.
 *
 * <p>A transaction that may write gets the right to at its first request and keeps it, as {@link TransactionMode#EXCLUSIVE} says,
 * so that nothing that it has read is changed by others. With isolation {@link TransactionDefinition#ISOLATION_REPEATABLE_READ} it
 * gets that right at its first write, as {@link TransactionMode#OPTIMISTIC} says. Other isolation levels ask for less than is
 * given. One that is read-only reads one snapshot, and neither waits nor keeps others waiting.
 *
 * <p>What keeps a transaction from going on is thrown by the database's methods as {@link CannotAcquireLockException}, {@link
 * OptimisticLockingFailureException} or {@link TransactionTimedOutException}.
 *
 * <p>Nested transactions are savepoints. A new transaction within another one ({@link
 * TransactionDefinition#PROPAGATION_REQUIRES_NEW}) can write only if the other one has not written yet: one transaction's writes
 * follow each other. It gets a {@link CannotAcquireLockException} otherwise.
 *
 * <p>A transaction that is rolled back after writes is recorded as a failed request if the database records those, but not if it
 * was asked to roll back by {@link org.springframework.transaction.TransactionStatus#setRollbackOnly()}.
 */
@SuppressWarnings("serial") // Spring's base class can be serialized; a database cannot.
public final class DeltaTraceTransactionManager extends AbstractPlatformTransactionManager
        implements ResourceTransactionManager {

    private final DeltaTraceDatabase database;
    private final Duration lockTimeout;

    /** A manager whose transactions wait for the right to write as long as {@link TransactionOptions#DEFAULT_LOCK_TIMEOUT}. */
    public DeltaTraceTransactionManager(DeltaTraceDatabase database) {
        this(database, TransactionOptions.DEFAULT_LOCK_TIMEOUT);
    }

    /**
     * A manager of the transactions of a database.
     *
     * @param lockTimeout how long a transaction waits for the right to write
     */
    public DeltaTraceTransactionManager(DeltaTraceDatabase database, Duration lockTimeout) {
        this.database = database;
        this.lockTimeout = lockTimeout;
        setNestedTransactionAllowed(true);
    }

    @Override
    public Object getResourceFactory() {
        return database;
    }

    @Override
    protected Object doGetTransaction() {
        return new TransactionObject((BoundTransaction) TransactionSynchronizationManager.getResource(database));
    }

    @Override
    protected boolean isExistingTransaction(Object transaction) {
        return ((TransactionObject) transaction).isBound();
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        try {
            BoundTransaction begun = new BoundTransaction(database.begin(options(definition)));
            TransactionSynchronizationManager.bindResource(database, begun);
            ((TransactionObject) transaction).bind(begun);
        } catch (IllegalStateException e) {
            throw new CannotCreateTransactionException("The database could not begin a transaction", e);
        }
    }

    private TransactionOptions options(TransactionDefinition definition) {
        TransactionMode mode = TransactionMode.EXCLUSIVE;
        if (definition.isReadOnly()) {
            mode = TransactionMode.READ_ONLY;
        } else if (definition.getIsolationLevel() == TransactionDefinition.ISOLATION_REPEATABLE_READ) {
            mode = TransactionMode.OPTIMISTIC;
        }
        TransactionOptions options = TransactionOptions.DEFAULT
                .mode(mode)
                .lockTimeout(lockTimeout)
                .translatedBy(DeltaTraceTransactionManager::translate);
        int seconds = determineTimeout(definition);
        return seconds == TransactionDefinition.TIMEOUT_DEFAULT
                ? options
                : options.timeout(Duration.ofSeconds(seconds));
    }

    private static RuntimeException translate(TransactionFailedException failure) {
        DataAccessException translated = new DeltaTraceExceptionTranslator().translateExceptionIfPossible(failure);
        return translated == null
                ? new TransactionTimedOutException(String.valueOf(failure.getMessage()), failure)
                : translated;
    }

    @Override
    protected Object doSuspend(Object transaction) {
        BoundTransaction suspended = ((TransactionObject) transaction).unbind();
        TransactionSynchronizationManager.unbindResource(database);
        suspended.transaction().suspend();
        return suspended;
    }

    @Override
    protected void doResume(@Nullable Object transaction, Object suspendedResources) {
        BoundTransaction suspended = (BoundTransaction) suspendedResources;
        suspended.transaction().resume();
        TransactionSynchronizationManager.bindResource(database, suspended);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        try {
            bound(status).transaction().commit();
        } catch (TransactionTimedOutException e) {
            throw new UnexpectedRollbackException("The transaction was rolled back: it came to its end too late", e);
        } catch (RuntimeException e) {
            throw new TransactionSystemException("The transaction could not be committed", e);
        }
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        if (status.isLocalRollbackOnly()) {
            bound(status).transaction().rollback();
        } else {
            bound(status)
                    .transaction()
                    .rollback("The transaction '" + status.getTransactionName() + "' was rolled back");
        }
    }

    @Override
    protected void doSetRollbackOnly(DefaultTransactionStatus status) {
        bound(status).setRollbackOnly(true);
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        TransactionSynchronizationManager.unbindResource(database);
        ((TransactionObject) transaction).unbind().transaction().close();
    }

    private static BoundTransaction bound(DefaultTransactionStatus status) {
        return ((TransactionObject) status.getTransaction()).bound();
    }
}
