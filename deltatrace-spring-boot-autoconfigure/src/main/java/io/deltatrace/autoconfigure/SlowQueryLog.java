package io.deltatrace.autoconfigure;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.history.Outcome;
import io.deltatrace.observation.RequestObservation;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.TransactionQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down requests that took long, with how their documents are found: as a warning in the log, and the newest of them for
 * Actuator. There are names of collections and fields in it, and no values. Thread-safe.
 *
 * <p>What a request waited for is in its time: the disk, and transactions of others.
 */
public final class SlowQueryLog {

    private static final Logger LOG = LoggerFactory.getLogger(SlowQueryLog.class);
    private static final int MOST = 100;

    /** Of a transaction of many queries the first ones say enough. */
    private static final int MOST_PLANS = 10;

    private final Duration threshold;
    private final Supplier<DeltaTraceDatabase> database;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<SlowQuery> newest = new ArrayDeque<>();

    /** Of requests that take as long as the threshold, or longer. The database is asked for later, when there is one. */
    SlowQueryLog(Duration threshold, Supplier<DeltaTraceDatabase> database) {
        this.threshold = threshold;
        this.database = database;
    }

    /**
     * A request that took long.
     *
     * @param at when it ended
     * @param took how long that was
     * @param outcome what became of it
     * @param plans how each of its queries finds its documents, in the state after it; of a transaction the first ten
     */
    public record SlowQuery(Instant at, Duration took, Outcome outcome, List<String> plans) {

        /** Copies the plans. */
        public SlowQuery {
            plans = List.copyOf(plans);
        }
    }

    /** The newest slow requests, at most a hundred, newest first. */
    public List<SlowQuery> newest() {
        lock.lock();
        try {
            return List.copyOf(newest);
        } finally {
            lock.unlock();
        }
    }

    /** An observer that tells another one, and takes the time. */
    RequestObserver around(RequestObserver other) {
        return request -> {
            long start = System.nanoTime();
            RequestObservation told = other.started(request);
            return new RequestObservation() {

                @Override
                public void completed(Outcome outcome, long revision) {
                    long nanos = System.nanoTime() - start;
                    try {
                        told.completed(outcome, revision);
                    } finally {
                        if (nanos >= threshold.toNanos()) {
                            add(request, Duration.ofNanos(nanos), outcome);
                        }
                    }
                }

                @Override
                public void aborted(Throwable problem) {
                    told.aborted(problem);
                }
            };
        };
    }

    private void add(Request request, Duration took, Outcome outcome) {
        SlowQuery slow = new SlowQuery(Instant.now(), took, outcome, plans(request));
        lock.lock();
        try {
            newest.addFirst(slow);
            if (newest.size() > MOST) {
                newest.removeLast();
            }
        } finally {
            lock.unlock();
        }
        if (LOG.isWarnEnabled()) {
            LOG.warn(
                    "{} took {} ms: {}",
                    request.queryTypes(),
                    took.toMillis(),
                    slow.plans().isEmpty() ? "no query" : String.join("; ", slow.plans()));
        }
    }

    private List<String> plans(Request request) {
        List<? extends Query> queries = request instanceof TransactionQuery transaction
                ? transaction.queries()
                : request instanceof Query query ? List.of(query) : List.of();
        return queries.stream()
                .limit(MOST_PLANS)
                .map(query -> query.type().wireName() + " " + database.get().explain(query))
                .toList();
    }
}
