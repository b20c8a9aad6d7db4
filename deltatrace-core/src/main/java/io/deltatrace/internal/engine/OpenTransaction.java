package io.deltatrace.internal.engine;

import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.Outcome;
import io.deltatrace.observation.RequestObservation;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.QueryResult;
import io.deltatrace.result.Result;
import io.deltatrace.result.TransactionResult;
import io.deltatrace.transaction.DeltaTraceTransaction;
import io.deltatrace.transaction.LockNotAcquiredException;
import io.deltatrace.transaction.TransactionConflictException;
import io.deltatrace.transaction.TransactionExpiredException;
import io.deltatrace.transaction.TransactionFailedException;
import io.deltatrace.transaction.TransactionMode;
import io.deltatrace.transaction.TransactionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A private state that grows from the last one, and the writes that led to it.
 *
 * <p>As long as it has not written it reads one state and takes note of the collections that it sees. A write is made on the last
 * state, under the lock; it is let only if none of those collections has changed. From the first write to the end nobody else
 * writes, so the private state needs only a revision to be what the writes, executed at once, lead to.
 *
 * <p>The last state may not be durable yet. The transaction goes on nevertheless, and waits for that when it ends: otherwise every
 * transaction would keep the lock for the time of a sync (Graefe and others, Controlled lock violation, 2013).
 *
 * <p>The state is a value, so a savepoint is a pointer and going back costs nothing.
 */
final class OpenTransaction implements DeltaTraceTransaction {

    private final Writer writer;
    private final TransactionOptions options;
    private final Duration lockTimeout;
    private final Thread owner = Thread.currentThread();
    private final long begun = System.nanoTime();
    private final Set<String> seen = new HashSet<>();
    private final List<Runnable> records = new ArrayList<>();
    private boolean seenAll;
    private DatabaseState base;
    private Progress progress;
    private @Nullable Cause cause;
    private boolean locked;
    private boolean ended;

    OpenTransaction(Writer writer, TransactionOptions options, Duration lockTimeout) {
        this.writer = writer;
        this.options = options;
        this.lockTimeout = lockTimeout;
        this.base = writer.current();
        this.progress = Progress.from(base);
    }

    Result execute(Request request) {
        requireOpen();
        if (!(request instanceof Query || request instanceof TransactionQuery)) {
            throw onlyQueries();
        }
        try {
            requireTime();
            return request.isWrite() ? write(request) : read(request);
        } catch (TransactionFailedException e) {
            throw options.translator().apply(e);
        }
    }

    static IllegalStateException onlyQueries() {
        return new IllegalStateException(
                "Only queries can be part of a transaction: commit it, roll it back or suspend it first");
    }

    private Result read(Request request) {
        Result result = Engine.read(stateToRead(), request);
        see(request);
        if (writer.records(Outcome.READ)) {
            recordLater(
                    result.isSuccess() ? Outcome.READ : Outcome.FAILED, request.completedBy(writer.causes()), result);
        }
        return result;
    }

    private DatabaseState stateToRead() {
        if (options.mode() == TransactionMode.EXCLUSIVE) {
            lock();
        }
        return progress.state();
    }

    private void see(Request request) {
        if (!progress.hasWritten()) {
            seen.addAll(request.collectionNames());
        }
    }

    /** The state that its thread sees, which may look at all of it. */
    DatabaseState visible() {
        requireOpen();
        try {
            requireTime();
            DatabaseState state = stateToRead();
            seenAll |= !progress.hasWritten();
            return state;
        } catch (TransactionFailedException e) {
            throw options.translator().apply(e);
        }
    }

    private Result write(Request request) {
        if (options.mode() == TransactionMode.READ_ONLY) {
            throw new IllegalStateException("The transaction is read-only: begin one that may write");
        }
        if (request instanceof Query query && Engine.isNeverPartOfATransaction(query)) {
            return QueryResult.failure(query.target(), query.type(), 0, "It cannot be part of a transaction");
        }
        lock();
        writer.lock().requireTurn(this);
        moveToLast();
        Request complete = completed(request);
        Applied applied = Engine.run(progress.state(), complete);
        if (applied.result().isSuccess()) {
            List<Query> queries = complete instanceof TransactionQuery transaction
                    ? transaction.queries()
                    : List.of((Query) complete);
            proceedTo(new Progress(applied.state(), progress, queries, applied.effects()));
        } else {
            see(request);
        }
        return applied.result();
    }

    private Request completed(Request request) {
        return request instanceof TransactionQuery transaction
                ? new TransactionQuery(
                        transaction.queries().stream().map(this::completed).toList())
                : completed((Query) request);
    }

    private Query completed(Query query) {
        if (query.cause() != null) {
            return query.completedBy(writer.causes());
        }
        if (cause == null) {
            cause = writer.causes().complete(options.cause());
        }
        return query.because(cause);
    }

    private void lock() {
        if (locked) {
            return;
        }
        Duration timeout = options.timeout();
        try {
            writer.lock()
                    .acquireInterruptibly(
                            timeout == null ? lockTimeout : Collections.min(List.of(lockTimeout, timeLeft(timeout))));
        } catch (LockNotAcquiredException e) {
            requireTime();
            throw e;
        }
        locked = true;
        moveToLast();
    }

    /** Goes on from the last state if nothing was written yet, and what was seen is the same there. */
    private void moveToLast() {
        DatabaseState last = writer.last();
        if (progress.hasWritten() || last.revision() == base.revision()) {
            return;
        }
        List<String> changed = last.changedSince(base).stream()
                .filter(name -> seenAll || seen.contains(name))
                .toList();
        if (!changed.isEmpty()) {
            throw new TransactionConflictException(changed);
        }
        base = last;
        progress = Progress.from(base);
    }

    private void proceedTo(Progress next) {
        if (next.hasWritten()) {
            writer.lock().claimTurn(this);
        } else if (locked) {
            writer.lock().yieldTurn(this);
        }
        progress = next;
    }

    /** What must be recorded though it changed nothing becomes entries of its own, which cannot come between the writes. */
    void recordLater(Outcome outcome, Request request, Result result) {
        records.add(() -> writer.record(outcome, request, result));
    }

    @Override
    public Savepoint savepoint() {
        requireOpen();
        Progress reached = progress;
        long revision = base.revision();
        return () -> {
            requireOpen();
            if (reached.hasWritten() && base.revision() != revision) {
                throw new IllegalStateException(
                        "Others have written since the transaction went back behind this savepoint");
            }
            proceedTo(reached.hasWritten() ? reached : Progress.from(base));
        };
    }

    @Override
    public void commit() {
        requireOpen();
        try {
            requireTime();
        } catch (TransactionExpiredException e) {
            rollback();
            throw options.translator().apply(e);
        }
        end(state -> new Decision(Outcome.APPLIED, progress.query(), progress.applied()));
    }

    @Override
    public void rollback() {
        requireOpen();
        end(null);
    }

    @Override
    public void rollback(String why) {
        requireOpen();
        Result failure = TransactionResult.failure(why);
        end(writer.isClosed() ? null : state -> Decision.unchanged(state, Outcome.FAILED, progress.query(), failure));
    }

    /**
     * Ends the transaction.
     *
     * @param decide what becomes of its writes, if there are some; null if that leaves no trace
     */
    private void end(@Nullable Function<DatabaseState, Decision> decide) {
        if (decide != null && progress.hasWritten()) {
            RequestObservation observation = writer.observed(progress.query());
            try {
                Writer.Turn turn = letOthersWrite(() -> writer.take(this, decide));
                writer.settle(turn);
                HistoryEntry entry = turn.entry();
                observation.completed(
                        entry == null ? Outcome.FAILED : entry.outcome(),
                        turn.after().revision());
            } catch (Throwable e) {
                observation.aborted(e);
                throw e;
            }
        } else {
            letOthersWrite(() -> null);
            if (locked && !writer.isClosed()) {
                writer.publish(base);
            }
        }
        if (!writer.isClosed()) {
            records.forEach(Runnable::run);
        }
    }

    /** Does the last thing that needs the lock, and lets go of it and of the thread, whatever comes of it. */
    private <T extends @Nullable Object> T letOthersWrite(Supplier<T> last) {
        try {
            return last.get();
        } finally {
            ended = true;
            writer.unbind(this);
            if (locked) {
                writer.lock().yieldTurn(this);
                writer.lock().release();
            }
        }
    }

    /** The revision of the state that it goes on from. */
    long revision() {
        return base.revision();
    }

    @Override
    public void suspend() {
        requireOwner();
        writer.unbind(this);
    }

    @Override
    public void resume() {
        requireOwner();
        if (!ended) {
            writer.bind(this);
        }
    }

    @Override
    public void close() {
        if (!ended) {
            rollback();
        }
    }

    private void requireOpen() {
        requireOwner();
        if (ended) {
            throw new IllegalStateException("The transaction has ended");
        }
    }

    private void requireOwner() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("The transaction belongs to the thread that began it");
        }
    }

    private void requireTime() {
        Duration timeout = options.timeout();
        if (timeout != null && timeLeft(timeout).compareTo(Duration.ZERO) <= 0) {
            throw new TransactionExpiredException(timeout);
        }
    }

    private Duration timeLeft(Duration timeout) {
        return timeout.minusNanos(System.nanoTime() - begun);
    }
}
