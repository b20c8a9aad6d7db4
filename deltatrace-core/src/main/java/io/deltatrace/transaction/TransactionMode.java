package io.deltatrace.transaction;

/** What a transaction may do, and what it is protected from. In each of them what it reads fits together. */
public enum TransactionMode {
    /**
     * It gets the right to write at its first request, read or write, and keeps it: nothing that it has read changes before it
     * ends. It may wait, but does not fail because of others. Transactions of this kind take turns.
     */
    EXCLUSIVE,
    /**
     * It reads the state in which it was begun and gets the right to write at its first write. That fails with a {@link
     * TransactionConflictException} if a collection that it has read was changed meanwhile: it is for those who try again.
     */
    OPTIMISTIC,
    /** It reads the state in which it was begun and cannot write. It never waits and keeps nobody waiting. */
    READ_ONLY
}
