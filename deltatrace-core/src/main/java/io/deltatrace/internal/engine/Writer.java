package io.deltatrace.internal.engine;

import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.document.Timestamps;
import io.deltatrace.history.Diff;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.Outcome;
import io.deltatrace.observation.RequestObservation;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.query.Request;
import io.deltatrace.result.Result;
import io.deltatrace.result.TransactionResult;
import io.deltatrace.transaction.DeltaTraceTransaction;
import io.deltatrace.transaction.TransactionOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one place where the current state changes.
 *
 * <p>Writers take turns under a lock; a turn is to apply the entry to the last state and to append it to the log. Waiting
 * until the log is durable, publishing the new state and telling the listeners come after the lock, so that writers share a
 * sync and a listener may use the database. What is published is durable, therefore, and so are the entries before it;
 * readers take it and never wait.
 *
 * <p>A transaction of several calls keeps the {@link WriteLock} until it ends. A second lock is held for no longer than it takes
 * to append, so that a database can be closed while a transaction is open.
 */
public final class Writer {

    private final WriteLock lock = new WriteLock();
    private final ReentrantLock appending = new ReentrantLock();

    /** One per database, and emptied when the transaction ends: a thread may have transactions of several databases. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable OpenTransaction> open = new ThreadLocal<>();

    private final CommitLog log;
    private final InstantSource clock;
    private final CauseProvider causes;
    private final Recording recording;
    private final Notifier notifier;
    private final RequestObserver observer;
    private final Duration lockTimeout;
    private final AtomicReference<DatabaseState> published;
    private DatabaseState last;
    private volatile boolean closed;

    /**
     * A writer that goes on from a state.
     *
     * @param lockTimeout how long a write waits for a transaction that is open
     */
    public Writer(
            DatabaseState initial,
            CommitLog log,
            InstantSource clock,
            CauseProvider causes,
            Recording recording,
            Notifier notifier,
            RequestObserver observer,
            Duration lockTimeout) {
        this.published = new AtomicReference<>(initial);
        this.last = initial;
        this.log = log;
        this.clock = clock;
        this.causes = causes;
        this.recording = recording;
        this.notifier = notifier;
        this.observer = GuardedObserver.of(observer);
        this.lockTimeout = lockTimeout;
    }

    /** The published state. */
    public DatabaseState current() {
        return published.get();
    }

    /** The state that this thread sees: that of its open transaction, or else the published one. */
    public DatabaseState visible() {
        OpenTransaction transaction = open.get();
        return transaction == null ? current() : transaction.visible();
    }

    /**
     * Opens a transaction in this thread.
     *
     * @throws IllegalStateException if it has one open already
     */
    public DeltaTraceTransaction begin(TransactionOptions options) {
        Duration limit = options.lockTimeout();
        OpenTransaction transaction = new OpenTransaction(this, options, limit == null ? lockTimeout : limit);
        bind(transaction);
        return transaction;
    }

    /** Carries out a request, and answers when what it changed is durable. */
    public Result execute(Request request) {
        RequestObservation observation = observer.started(request);
        try {
            OpenTransaction transaction = open.get();
            Result result;
            long revision;
            if (transaction != null) {
                result = transaction.execute(request);
                revision = transaction.revision();
            } else if (request.isWrite() || records(Outcome.READ)) {
                Request complete = request.completedBy(causes);
                Turn turn = turn(state -> Decision.of(state, complete));
                result = turn.result();
                revision = turn.after().revision();
            } else {
                DatabaseState seen = current();
                result = Engine.read(seen, request);
                revision = seen.revision();
            }
            observation.completed(Decision.outcome(request, result), revision);
            return result;
        } catch (Throwable e) {
            observation.aborted(e);
            throw e;
        }
    }

    /** Records, if that is wanted, that a request was not allowed, and answers it. */
    public Result deny(Request request, Result denial) {
        RequestObservation observation = observer.started(request);
        try {
            long revision = current().revision();
            if (records(Outcome.DENIED)) {
                Request complete = request.completedBy(causes);
                OpenTransaction transaction = open.get();
                if (transaction != null) {
                    transaction.recordLater(Outcome.DENIED, complete, denial);
                } else {
                    revision = record(Outcome.DENIED, complete, denial);
                }
            }
            observation.completed(Outcome.DENIED, revision);
            return denial;
        } catch (Throwable e) {
            observation.aborted(e);
            throw e;
        }
    }

    /** Makes an entry of a request that changed nothing, and answers its revision. */
    long record(Outcome outcome, Request request, Result result) {
        return turn(state -> Decision.unchanged(state, outcome, request, result))
                .after()
                .revision();
    }

    /** Begins to observe what an open transaction does when it ends. */
    RequestObservation observed(Request request) {
        return observer.started(request);
    }

    /**
     * Carries out a revert, which is made of the state that it will change. It is made before the turn, and once more in it
     * only if somebody else wrote meanwhile.
     *
     * @param dryRun whether only to tell what it would change
     */
    public Diff revert(BiFunction<DatabaseState, Cause, Request> maker, Cause cause, boolean dryRun) {
        if (open.get() != null) {
            throw OpenTransaction.onlyQueries();
        }
        Cause complete = causes.complete(cause);
        DatabaseState seen = current();
        Request prepared = maker.apply(seen, complete);
        if (dryRun) {
            Applied applied = Engine.run(seen, prepared);
            ((TransactionResult) applied.result()).orThrow();
            return Chronicle.diff(seen, applied.state());
        }
        Turn turn;
        RequestObservation observation = observer.started(prepared);
        try {
            turn = turn(state ->
                    Decision.of(state, state.revision() == seen.revision() ? prepared : maker.apply(state, complete)));
            observation.completed(
                    Decision.outcome(prepared, turn.result()), turn.after().revision());
        } catch (Throwable e) {
            observation.aborted(e);
            throw e;
        }
        ((TransactionResult) turn.result()).orThrow();
        return Chronicle.diff(turn.before(), turn.after());
    }

    private Turn turn(Function<DatabaseState, Decision> decide) {
        Turn turn;
        lock.acquire(lockTimeout);
        try {
            turn = take(null, decide);
        } finally {
            lock.release();
        }
        return settle(turn);
    }

    /**
     * Decides about a request, and appends the entry. Nothing of the application's runs in here: what it does could take long,
     * or be a write of its own.
     *
     * @param transaction the open transaction whose writes these are; null if they are of none
     */
    Turn take(@Nullable OpenTransaction transaction, Function<DatabaseState, Decision> decide) {
        lock.requireTurn(transaction);
        DatabaseState before = last;
        Decision decision = decide.apply(before);
        if (!records(decision.outcome())) {
            return new Turn(before, before, decision.applied().result(), null);
        }
        appending.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The database is closed");
            }
            return append(before, decision);
        } finally {
            appending.unlock();
        }
    }

    private Turn append(DatabaseState before, Decision decision) {
        Instant now = Timestamps.toMicros(clock.instant());
        boolean setBack = now.isBefore(before.committedAt());
        Applied applied = decision.applied();
        DatabaseState after = applied.state().at(before.revision() + 1, setBack ? before.committedAt() : now);
        HistoryEntry entry = log.append(
                new HistoryEntry(
                        after.revision(),
                        after.committedAt(),
                        setBack ? now : null,
                        decision.outcome(),
                        decision.request(),
                        applied.effects(),
                        applied.result().errorMessage(),
                        null),
                after);
        last = after;
        return new Turn(before, after, applied.result(), hasListeners(entry) ? log.linked(entry) : entry);
    }

    /** Waits until what came of a turn is durable, publishes it and tells the listeners. */
    Turn settle(Turn turn) {
        publish(turn.after());
        HistoryEntry entry = turn.entry();
        if (entry != null && hasListeners(entry)) {
            notifier.notify(turn.after().changedSince(turn.before()), entry);
        }
        return turn;
    }

    /**
     * Waits until a state is durable, and publishes it; an older one is not published after a newer one. Whoever has only seen the
     * state, or been refused because of it, does the same as its writer: nobody may know of it before it is durable, nor read an
     * older one after he knew of it.
     */
    void publish(DatabaseState state) {
        log.awaitDurable(state.revision());
        published.accumulateAndGet(state, (one, other) -> other.revision() > one.revision() ? other : one);
    }

    /** The last state, published or not; only for the thread that has the lock. */
    DatabaseState last() {
        return last;
    }

    WriteLock lock() {
        return lock;
    }

    CauseProvider causes() {
        return causes;
    }

    /** Makes what this thread asks for a part of the transaction. */
    void bind(OpenTransaction transaction) {
        OpenTransaction other = open.get();
        if (other != null && other != transaction) {
            throw new IllegalStateException(
                    "This thread has another transaction open: commit it, roll it back or suspend it first");
        }
        open.set(transaction);
    }

    void unbind(OpenTransaction transaction) {
        if (open.get() == transaction) {
            open.remove();
        }
    }

    boolean records(Outcome outcome) {
        return recording.includes(outcome);
    }

    boolean isClosed() {
        return closed;
    }

    /** Waits for the entry that is being appended, and lets nobody append another. Open transactions cannot be committed. */
    public void close() {
        appending.lock();
        try {
            closed = true;
            log.close();
        } finally {
            appending.unlock();
        }
    }

    /**
     * What came of a turn.
     *
     * @param entry null if it was not to be recorded
     */
    record Turn(
            DatabaseState before,
            DatabaseState after,
            Result result,
            @Nullable HistoryEntry entry) {}

    private boolean hasListeners(HistoryEntry entry) {
        return entry.outcome() == Outcome.APPLIED && !notifier.isEmpty();
    }
}
