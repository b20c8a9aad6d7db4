package io.deltatrace.internal.engine;

import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.history.Diff;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.Request;
import io.deltatrace.result.Result;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one place where the current state changes.
 *
 * <p>Writers take turns under a lock; a turn is to apply the entry, to append it to the log and to publish the new state.
 * Waiting until the log is durable and telling the listeners come after the lock, so that writers share a sync and a
 * listener may use the database. Readers take the published state and never wait. The lock is a {@link ReentrantLock}
 * because {@code synchronized} would pin virtual threads on JDKs before 24.
 */
public final class Writer {

    private final ReentrantLock lock = new ReentrantLock();
    private final CommitLog log;
    private final InstantSource clock;
    private final CauseProvider causes;
    private final Recording recording;
    private final Notifier notifier;
    private volatile DatabaseState current;

    /** A writer that goes on from a state. */
    public Writer(
            DatabaseState initial,
            CommitLog log,
            InstantSource clock,
            CauseProvider causes,
            Recording recording,
            Notifier notifier) {
        this.current = initial;
        this.log = log;
        this.clock = clock;
        this.causes = causes;
        this.recording = recording;
        this.notifier = notifier;
    }

    /** The published state. */
    public DatabaseState current() {
        return current;
    }

    /** Carries out a request, and answers when what it changed is durable. */
    public Result execute(Request request) {
        if (!request.isWrite() && !recording.includes(Outcome.READ)) {
            return Engine.read(current, request);
        }
        Request complete = request.completedBy(causes);
        return turn(state -> complete, null).result();
    }

    /** Records, if that is wanted, that a request was not allowed, and answers it. */
    public Result deny(Request request, Result denial) {
        if (!recording.includes(Outcome.DENIED)) {
            return denial;
        }
        Request complete = request.completedBy(causes);
        return turn(state -> complete, denial).result();
    }

    /**
     * Carries out a revert, which is made of the state that it will change. It is made before the turn, and once more in it
     * only if somebody else wrote meanwhile.
     *
     * @param dryRun whether only to tell what it would change
     */
    public Diff revert(BiFunction<DatabaseState, Cause, Request> maker, Cause cause, boolean dryRun) {
        Cause complete = causes.complete(cause);
        DatabaseState seen = current;
        Request prepared = maker.apply(seen, complete);
        if (dryRun) {
            return Chronicle.diff(seen, Engine.run(seen, prepared).state());
        }
        Turn turn = turn(state -> state.revision() == seen.revision() ? prepared : maker.apply(state, complete), null);
        return Chronicle.diff(turn.before(), turn.after());
    }

    /** Nothing of the application's runs in a turn: what it does could take long, or be a write of its own. */
    private Turn turn(Function<DatabaseState, Request> maker, @Nullable Result denial) {
        DatabaseState before;
        Applied applied;
        HistoryEntry committed;
        lock.lock();
        try {
            before = current;
            Entry entry = new Entry(before.revision() + 1, commitInstant(before), maker.apply(before));
            applied = denial == null
                    ? Engine.apply(before, entry)
                    : new Applied(before.at(entry.revision(), entry.committedAt()), denial, List.of());
            Outcome outcome = denial == null ? outcome(entry.request(), applied.result()) : Outcome.DENIED;
            if (!recording.includes(outcome)) {
                return new Turn(before, before, applied.result());
            }
            committed = new HistoryEntry(
                    entry.revision(),
                    entry.committedAt(),
                    outcome,
                    entry.request(),
                    applied.effects(),
                    applied.result().errorMessage());
            log.append(committed, applied.state());
            current = applied.state();
        } finally {
            lock.unlock();
        }
        log.awaitDurable(committed.revision());
        if (hasListeners(committed)) {
            notifier.notify(applied.state().changedSince(before), committed);
        }
        return new Turn(before, applied.state(), applied.result());
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

    /** Now, in microseconds as all clients have them, and never earlier than the last commit: clocks are set back. */
    private Instant commitInstant(DatabaseState before) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(before.committedAt()) ? before.committedAt() : now;
    }
}
