package io.deltatrace.transaction;

/**
 * A transaction that is open: until it ends, everything that its thread asks of the database is a part of it. Nobody else sees
 * what it writes before it is committed; then it is one entry of the history, the {@link io.deltatrace.query.TransactionQuery}
 * of its writes that succeeded, as if that had been executed at once.
 *
 * <p>A write that fails is answered as such, changes nothing, and the transaction goes on. As in every transaction, collections
 * cannot be merged or removed in it. Past states, the history and listeners do not know of it before it is committed.
 *
 * <p>It belongs to the thread that began it, and every method throws {@link IllegalStateException} in another one. So do they,
 * but for {@link #close}, {@link #suspend} and {@link #resume}, after it has ended.
 *
 * <p>What it reads in mode {@link TransactionMode#EXCLUSIVE}, or after its first write, may not be durable yet; it is when {@link
 * #commit}, {@link #rollback()} or {@link #close} returns.
 */
public interface DeltaTraceTransaction extends AutoCloseable {

    /**
     * Ends it and publishes what it wrote, in one entry; if it wrote nothing there is none. Answers when that is durable, and
     * calls the listeners of the changed collections. If it throws, the transaction has ended, too.
     *
     * @throws TransactionExpiredException if it has taken longer than it may; nothing has changed then
     */
    void commit();

    /** Ends it. Nothing has changed, and there is no entry. */
    void rollback();

    /**
     * Ends it because something went wrong. Nothing has changed; if it had written, and failed requests are recorded, there is an
     * entry that says what was to be done, and why it was not.
     *
     * @param why what the entry says; it should not tell what is in documents
     */
    void rollback(String why);

    /** The state that it has come to, to go back to. */
    Savepoint savepoint();

    /** Lets its thread use the database beside it until {@link #resume}. It keeps the right to write if it has that. */
    void suspend();

    /**
     * Makes what its thread asks of the database a part of it again.
     *
     * @throws IllegalStateException if another transaction of this thread is open
     */
    void resume();

    /** Rolls it back if it has not ended. */
    @Override
    void close();

    /** A state of a transaction. */
    @FunctionalInterface
    interface Savepoint {

        /** Makes the transaction go on from here: what it has written since is dropped. This may be done several times. */
        void rollback();
    }
}
