package io.deltatrace.internal.engine;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.query.Request;
import io.deltatrace.result.Result;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one place where the current state changes.
 *
 * <p>Writers take turns under a lock; a turn is to apply the entry, to append it to the log and to publish the new state.
 * Waiting until the log is durable and telling the listeners come after the lock, so that writers share a sync and a
 * listener may use the database. Readers take the published state and never wait. The lock is a {@link ReentrantLock}
 * because {@code synchronized} would pin virtual threads on JDKs before 24.
 */
public final class Writer {

    private static final Cause BY_THE_SYSTEM = Cause.of(Actor.system("system"), null, null);

    private final ReentrantLock lock = new ReentrantLock();
    private final CommitLog log;
    private final InstantSource clock;
    private final Notifier notifier;
    private volatile DatabaseState current;

    /** A writer that goes on from a state. */
    public Writer(DatabaseState initial, CommitLog log, InstantSource clock, Notifier notifier) {
        this.current = initial;
        this.log = log;
        this.clock = clock;
        this.notifier = notifier;
    }

    /** The published state. */
    public DatabaseState current() {
        return current;
    }

    /** Applies a request that may change something, and answers when the change is durable. */
    public Result write(Request request) {
        Request complete = request.cause() == null ? request.because(BY_THE_SYSTEM) : request;
        DatabaseState before;
        Applied applied;
        HistoryEntry committed;
        lock.lock();
        try {
            before = current;
            Entry entry = new Entry(before.revision() + 1, commitInstant(before), complete);
            applied = Engine.apply(before, entry);
            if (!applied.result().isSuccess()) {
                return applied.result();
            }
            committed = new HistoryEntry(entry.revision(), entry.committedAt(), complete, applied.effects());
            log.append(committed);
            current = applied.state();
        } finally {
            lock.unlock();
        }
        log.awaitDurable(committed.revision());
        if (!notifier.isEmpty()) {
            notifier.notify(applied.state().changedSince(before), committed);
        }
        return applied.result();
    }

    /** Now, in microseconds as all clients have them, and never earlier than the last commit: clocks are set back. */
    private Instant commitInstant(DatabaseState before) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(before.committedAt()) ? before.committedAt() : now;
    }
}
