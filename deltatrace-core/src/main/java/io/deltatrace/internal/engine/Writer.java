package io.deltatrace.internal.engine;

import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.history.Diff;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.Outcome;
import io.deltatrace.observation.RequestObservation;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.query.Request;
import io.deltatrace.result.Result;
import io.deltatrace.result.TransactionResult;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
 * readers take it and never wait. The lock is a {@link ReentrantLock} because {@code synchronized} would pin virtual threads
 * on JDKs before 24.
 */
public final class Writer {

    private final ReentrantLock lock = new ReentrantLock();
    private final CommitLog log;
    private final InstantSource clock;
    private final CauseProvider causes;
    private final Recording recording;
    private final Notifier notifier;
    private final RequestObserver observer;
    private final AtomicReference<DatabaseState> published;
    private DatabaseState last;

    /** A writer that goes on from a state. */
    public Writer(
            DatabaseState initial,
            CommitLog log,
            InstantSource clock,
            CauseProvider causes,
            Recording recording,
            Notifier notifier,
            RequestObserver observer) {
        this.published = new AtomicReference<>(initial);
        this.last = initial;
        this.log = log;
        this.clock = clock;
        this.causes = causes;
        this.recording = recording;
        this.notifier = notifier;
        this.observer = GuardedObserver.of(observer);
    }

    /** The published state. */
    public DatabaseState current() {
        return published.get();
    }

    /** Carries out a request, and answers when what it changed is durable. */
    public Result execute(Request request) {
        return observed(request, null);
    }

    /** Records, if that is wanted, that a request was not allowed, and answers it. */
    public Result deny(Request request, Result denial) {
        return observed(request, denial);
    }

    private Result observed(Request request, @Nullable Result denial) {
        RequestObservation observation = observer.started(request);
        try {
            DatabaseState seen = current();
            Result result = denial;
            if (takesATurn(request, denial)) {
                Request complete = request.completedBy(causes);
                Turn turn = turn(state -> complete, denial);
                seen = turn.after();
                result = turn.result();
            } else if (result == null) {
                result = Engine.read(seen, request);
            }
            observation.completed(denial == null ? outcome(request, result) : Outcome.DENIED, seen.revision());
            return result;
        } catch (Throwable e) {
            observation.aborted(e);
            throw e;
        }
    }

    private boolean takesATurn(Request request, @Nullable Result denial) {
        return denial == null
                ? request.isWrite() || recording.includes(Outcome.READ)
                : recording.includes(Outcome.DENIED);
    }

    /**
     * Carries out a revert, which is made of the state that it will change. It is made before the turn, and once more in it
     * only if somebody else wrote meanwhile.
     *
     * @param dryRun whether only to tell what it would change
     */
    public Diff revert(BiFunction<DatabaseState, Cause, Request> maker, Cause cause, boolean dryRun) {
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
            turn = turn(state -> state.revision() == seen.revision() ? prepared : maker.apply(state, complete), null);
            observation.completed(outcome(prepared, turn.result()), turn.after().revision());
        } catch (Throwable e) {
            observation.aborted(e);
            throw e;
        }
        ((TransactionResult) turn.result()).orThrow();
        return Chronicle.diff(turn.before(), turn.after());
    }

    /** Nothing of the application's runs in a turn: what it does could take long, or be a write of its own. */
    private Turn turn(Function<DatabaseState, Request> maker, @Nullable Result denial) {
        DatabaseState before;
        Applied applied;
        HistoryEntry committed = null;
        lock.lock();
        try {
            before = last;
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            boolean setBack = now.isBefore(before.committedAt());
            Entry entry = new Entry(before.revision() + 1, setBack ? before.committedAt() : now, maker.apply(before));
            applied = denial == null
                    ? Engine.apply(before, entry)
                    : new Applied(before.at(entry.revision(), entry.committedAt()), denial, List.of());
            Outcome outcome = denial == null ? outcome(entry.request(), applied.result()) : Outcome.DENIED;
            if (recording.includes(outcome)) {
                committed = log.append(
                        new HistoryEntry(
                                entry.revision(),
                                entry.committedAt(),
                                setBack ? now : null,
                                outcome,
                                entry.request(),
                                applied.effects(),
                                applied.result().errorMessage(),
                                null),
                        applied.state());
                last = applied.state();
                if (hasListeners(committed)) {
                    committed = log.linked(committed);
                }
            }
        } finally {
            lock.unlock();
        }
        if (committed == null) {
            // That it failed tells of the state before, which nobody may know before it is durable.
            log.awaitDurable(before.revision());
            return new Turn(before, before, applied.result());
        }
        log.awaitDurable(committed.revision());
        publish(applied.state());
        if (hasListeners(committed)) {
            notifier.notify(applied.state().changedSince(before), committed);
        }
        return new Turn(before, applied.state(), applied.result());
    }

    /** Whoever is first to know that a state is durable publishes it; an older one is not published after a newer one. */
    private void publish(DatabaseState state) {
        published.accumulateAndGet(state, (one, other) -> other.revision() > one.revision() ? other : one);
    }

    /** Waits for the turn that is under way, and lets nobody have another. */
    public void close() {
        lock.lock();
        try {
            log.close();
        } finally {
            lock.unlock();
        }
    }

    /** What came of a turn, and the states before and after it. */
    private record Turn(DatabaseState before, DatabaseState after, Result result) {}

    private boolean hasListeners(HistoryEntry entry) {
        return entry.outcome() == Outcome.APPLIED && !notifier.isEmpty();
    }

    private static Outcome outcome(Request request, Result result) {
        if (!result.isSuccess()) {
            return Outcome.FAILED;
        }
        return request.isWrite() ? Outcome.APPLIED : Outcome.READ;
    }
}
