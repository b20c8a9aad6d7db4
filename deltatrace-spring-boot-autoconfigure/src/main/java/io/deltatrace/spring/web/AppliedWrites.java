package io.deltatrace.spring.web;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.query.Request;
import io.deltatrace.result.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a write which is sent again is applied once. Thread-safe.
 *
 * <p>The history knows what was applied: the serial of an entry's cause identifies the operation for its actor. Here is only an
 * index of it, from actor and serial to revision, for the newest writes; it is made again from the history after a restart. The
 * first answer is not kept either, the history can tell it again. A write that failed changed nothing, and is tried again.
 */
final class AppliedWrites {

    /** Longer serials are none of ours: they would take memory. */
    private static final int LONGEST_SERIAL = 255;

    private static final int TURNS = 256;
    private static final int PAGE = 100;
    private static final Cause NO_CAUSE = new Cause(null, null, null, null, null, null, null, null, 1.0);

    private final DeltaTraceDatabase database;
    private final CauseProvider causes;
    private final int capacity;
    private final ReentrantLock[] turns =
            Stream.generate(ReentrantLock::new).limit(TURNS).toArray(ReentrantLock[]::new);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Operation, Long> revisions = new HashMap<>();
    private final TreeMap<Long, Operation> byAge = new TreeMap<>();
    private boolean complete;

    AppliedWrites(DeltaTraceDatabase database, CauseProvider causes, WebOptions options) {
        this.database = database;
        this.causes = causes;
        this.capacity = options.rememberedWrites();
        database.onCommit(this::remember);
    }

    private record Operation(String actor, String serial) {}

    /**
     * The answer to a write: the first one if it was applied already, otherwise that of the execution. Whoever sends it again
     * meanwhile waits.
     *
     * @param key what identifies the operation if its cause says nothing; null if it is given only there
     * @throws Problem if the key was used for another operation, or the first answer is no longer known
     */
    Result once(Request asked, @Nullable String key, Function<Request, Result> execution) {
        Request identified = key == null ? asked : identified(asked, key);
        Operation operation = operation(identified.completedBy(causes).cause());
        if (operation == null) {
            return execution.apply(identified);
        }
        ReentrantLock turn = turns[Math.floorMod(operation.hashCode(), TURNS)];
        turn.lock();
        try {
            Long revision = revision(operation);
            if (revision != null) {
                HistoryEntry first = entry(revision);
                if (sameButForTheCause(first.request(), asked)) {
                    return firstAnswer(revision);
                }
                if (key != null) {
                    throw Problem.unprocessable("The Idempotency-Key was used for another operation");
                }
            }
            return execution.apply(identified);
        } finally {
            turn.unlock();
        }
    }

    private static Request identified(Request asked, String key) {
        if (key.isBlank() || key.length() > LONGEST_SERIAL) {
            throw Problem.badRequest("The Idempotency-Key must have 1 to " + LONGEST_SERIAL + " characters");
        }
        return asked.completedBy(given -> {
            Cause cause = given == null ? NO_CAUSE : given;
            if (cause.serial() != null && !cause.serial().equals(key)) {
                throw Problem.badRequest("The Idempotency-Key and the cause's serial are not the same");
            }
            return cause.withSerial(key);
        });
    }

    private static @Nullable Operation operation(@Nullable Cause cause) {
        Actor who = cause == null ? null : cause.who();
        String serial = cause == null ? null : cause.serial();
        return who == null
                        || serial == null
                        || serial.length() > LONGEST_SERIAL
                        || who.id().length() > LONGEST_SERIAL
                ? null
                : new Operation(who.id(), serial);
    }

    private static boolean sameButForTheCause(Request one, Request other) {
        return one.completedBy(given -> NO_CAUSE).equals(other.completedBy(given -> NO_CAUSE));
    }

    private HistoryEntry entry(long revision) {
        return database
                .history()
                .entries(HistoryFilter.all().after(revision - 1).before(revision + 1))
                .stream()
                .findFirst()
                .orElseThrow(() -> answerUnknown(revision));
    }

    private Result firstAnswer(long revision) {
        try {
            return database.history().answerTo(revision);
        } catch (RevisionNotRetainedException e) {
            throw answerUnknown(revision);
        }
    }

    private static Problem answerUnknown(long revision) {
        return Problem.conflict(
                "This was applied already, at revision " + revision + "; what it answered is no longer kept");
    }

    private @Nullable Long revision(Operation operation) {
        lock.lock();
        try {
            if (!complete) {
                readHistory();
                complete = true;
            }
            return revisions.get(operation);
        } finally {
            lock.unlock();
        }
    }

    private void readHistory() {
        HistoryFilter newest = HistoryFilter.all().outcome(Outcome.APPLIED).limit(PAGE);
        List<HistoryEntry> page = database.history().entries(newest);
        for (int read = 0; !page.isEmpty() && read < capacity; read += page.size()) {
            page.forEach(this::remember);
            page = database.history()
                    .entries(newest.before(page.get(page.size() - 1).revision()));
        }
    }

    private void remember(HistoryEntry entry) {
        Operation operation = operation(entry.request().cause());
        if (operation == null) {
            return;
        }
        lock.lock();
        try {
            Long known = revisions.get(operation);
            if (known != null && known > entry.revision()) {
                return;
            }
            if (known != null) {
                byAge.remove(known);
            }
            revisions.put(operation, entry.revision());
            byAge.put(entry.revision(), operation);
            if (byAge.size() > capacity) {
                revisions.remove(byAge.pollFirstEntry().getValue());
            }
        } finally {
            lock.unlock();
        }
    }
}
