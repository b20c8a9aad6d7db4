package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.deltatrace.query.Query;
import io.deltatrace.result.QueryResult;
import io.deltatrace.transaction.DeltaTraceTransaction;
import io.deltatrace.transaction.DeltaTraceTransaction.Savepoint;
import io.deltatrace.transaction.LockNotAcquiredException;
import io.deltatrace.transaction.TransactionConflictException;
import io.deltatrace.transaction.TransactionMode;
import io.deltatrace.transaction.TransactionOptions;
import java.util.HashSet;
import java.util.Set;

/** A transaction that is open between the steps of a simulation, and what it should see. Others go on meanwhile. */
final class SimulatedTransaction {

    private final DeltaTraceDatabase database;
    private final SimulatedHistory history;
    private final TransactionMode mode;
    private final DeltaTraceTransaction transaction;
    private final Set<String> seen = new HashSet<>();
    private long base;
    private Tables view;
    private boolean hasWritten;
    private boolean locked;

    /** Whether the step that is being taken goes on from a later state. */
    private boolean moved;

    private Savepoint savepoint;
    private Tables savedView;

    SimulatedTransaction(DeltaTraceDatabase database, SimulatedHistory history, TransactionMode mode) {
        this.database = database;
        this.history = history;
        this.mode = mode;
        transaction = database.begin(TransactionOptions.DEFAULT.mode(mode));
        base = history.revision();
        view = history.tables();
        transaction.suspend();
    }

    boolean hasWritten() {
        return hasWritten;
    }

    Tables view() {
        return view;
    }

    /** Reads a collection; answers false if the transaction is lost. */
    boolean read(String collection) {
        transaction.resume();
        moved = false;
        try {
            boolean conflict = mode == TransactionMode.EXCLUSIVE && lockAndMove();
            Throwable thrown = catchThrowable(() -> {
                QueryResult result = database.execute(Query.getAll(collection));
                assertThat(SimulatedHistory.numbers(result.documents())).isEqualTo(view.of(collection));
            });
            if (!hasWritten) {
                seen.add(collection);
            }
            return goesOn(thrown, conflict);
        } finally {
            transaction.suspend();
        }
    }

    /**
     * Writes; answers false if the transaction is lost.
     *
     * @param kept whether another transaction keeps it from writing
     */
    boolean write(RandomWrite write, boolean kept) {
        transaction.resume();
        moved = false;
        try {
            boolean conflict = !locked && lockAndMove();
            if (!conflict && kept) {
                assertThat(catchThrowable(() -> database.execute(write.request())))
                        .isInstanceOf(LockNotAcquiredException.class);
                return true;
            }
            boolean lost = conflict || move();
            Tables after = lost ? null : write.effect().apply(view);
            Throwable thrown = catchThrowable(() ->
                    assertThat(database.execute(write.request()).isSuccess()).isEqualTo(after != null));
            if (after != null) {
                view = after;
                hasWritten = true;
            } else if (!hasWritten) {
                seen.addAll(write.request().collectionNames());
            }
            return goesOn(thrown, lost);
        } finally {
            transaction.suspend();
        }
    }

    private boolean goesOn(Throwable thrown, boolean conflict) {
        if (moved && thrown instanceof TransactionConflictException) {
            // Something of a collection changed that is in no document, such as its next serial number.
            return false;
        }
        if (conflict) {
            assertThat(thrown).isInstanceOf(TransactionConflictException.class);
        } else if (thrown instanceof AssertionError wrong) {
            throw wrong;
        } else {
            assertThat(thrown).isNull();
        }
        return !conflict;
    }

    private boolean lockAndMove() {
        if (locked) {
            return false;
        }
        locked = true;
        return move();
    }

    /** Goes on from the last state, as long as nothing was written; answers whether what was seen is another one there. */
    private boolean move() {
        moved = !hasWritten && base != history.revision();
        if (!moved) {
            return false;
        }
        boolean changed = history.changedBetween(base, history.revision()).stream()
                .anyMatch(document -> seen.contains(document.getKey()));
        if (!changed) {
            base = history.revision();
            view = history.tables();
        }
        return changed;
    }

    void save() {
        if (hasWritten) {
            savepoint = transaction.savepoint();
            savedView = view;
        }
    }

    void goBack() {
        if (savepoint != null) {
            savepoint.rollback();
            view = savedView;
        }
    }

    void commit() {
        transaction.resume();
        transaction.commit();
    }

    /** Also after the database was closed. */
    void rollBack() {
        transaction.resume();
        transaction.rollback();
    }
}
