package io.deltatrace.spring.web;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.JsonStreams;
import io.deltatrace.document.Timestamps;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryEntry.Effect;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.TransactionQuery;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;

/**
 * What one client is told of changes. It is read from the history, in order and without gaps, each time something was committed;
 * so the history is the queue, and a client has none of its own. One that is too far behind, or whose place in the history is
 * gone, is told to read anew.
 *
 * <p>An event says which collections changed, how and how much, who did it and why, and has no values of documents.
 */
final class ChangeStream implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeStream.class);
    private static final int PAGE = 100;

    /** Longer than a server lets a write wait for a client, which is 20 seconds in Tomcat. */
    private static final int PATIENCE_SECONDS = 30;

    private final DeltaTraceDatabase database;
    private final AsyncContext connection;
    private final OutputStream out;
    private final Predicate<String> readable;
    private final WebOptions.Changes options;
    private final BlockingQueue<Boolean> signal = new ArrayBlockingQueue<>(1);
    private final CountDownLatch written = new CountDownLatch(1);
    private final CountDownLatch failed = new CountDownLatch(1);
    private final AtomicBoolean completed = new AtomicBoolean();
    private final long deadline;
    private @Nullable Long last;
    private volatile boolean ended;

    /**
     * A stream for a client.
     *
     * @param out where it writes; what comes before the events, such as headers, has been sent
     * @param last the revision that the client has seen; null to begin with what is to come
     */
    ChangeStream(
            DeltaTraceDatabase database,
            AsyncContext connection,
            OutputStream out,
            Predicate<String> readable,
            @Nullable Long last,
            WebOptions.Changes options) {
        this.database = database;
        this.connection = connection;
        this.out = out;
        this.readable = readable;
        this.last = last;
        this.options = options;
        this.deadline = System.nanoTime() + options.maxDuration().toNanos();
    }

    /** Says that there may be something to tell. */
    void wake() {
        signal.offer(Boolean.TRUE);
    }

    /** Ends the stream when what is being sent has been sent. */
    void end() {
        ended = true;
        wake();
    }

    @Override
    public void run() {
        boolean broken = false;
        try {
            stream();
        } catch (ConnectionBrokenException e) {
            LOG.debug("A client that followed the changes left", e);
            broken = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("A stream of changes ended because of a {}", e.getClass().getName());
            LOG.debug("A stream of changes ended", e);
        }
        written.countDown();
        if (!broken || !await(failed)) {
            complete();
        }
    }

    /**
     * Ends the connection, of which the server says that it broke, when nothing of this stream touches it any more. The server may
     * use what belongs to it for the next client as soon as this returns; and Tomcat, for one, notes a failed write in the response
     * by the thread that was writing, after it has told another thread to end it. That note would break the next client's stream.
     */
    void failed() {
        failed.countDown();
        end();
        await(written);
        complete();
    }

    private void complete() {
        if (completed.compareAndSet(false, true)) {
            connection.complete();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void stream() throws InterruptedException, ConnectionBrokenException {
        long current = database.snapshot().revision();
        long seen = last == null ? current : last;
        send(last == null ? event("start", current) : ": resumed\n\n");
        while (!ended && System.nanoTime() < deadline) {
            current = database.snapshot().revision();
            if (seen > current || current - seen > options.maxBehind()) {
                send(event("resync", current));
                return;
            }
            if (seen < current) {
                List<HistoryEntry> page = database.history()
                        .entries(HistoryFilter.all()
                                .after(seen)
                                .before(current + 1)
                                .fromTheOldest()
                                .limit(PAGE));
                if (page.isEmpty() || page.get(0).revision() != seen + 1) {
                    send(event("resync", current));
                    return;
                }
                for (HistoryEntry entry : page) {
                    tell(entry);
                    seen = entry.revision();
                }
            } else if (signal.poll(options.heartbeat().toMillis(), TimeUnit.MILLISECONDS) == null) {
                // With the id of the newest revision: it is where to go on, even if there was nothing to tell of it.
                send(": heartbeat\nid: " + seen + "\n\n");
            }
        }
    }

    private static String event(String name, long revision) {
        return "event: " + name + "\nid: " + revision + "\ndata: {\"revision\":" + revision + "}\n\n";
    }

    private void send(String text) throws ConnectionBrokenException {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException | RuntimeException e) {
            throw new ConnectionBrokenException(e);
        }
    }

    private void tell(HistoryEntry entry) throws ConnectionBrokenException {
        if (entry.outcome() != Outcome.APPLIED) {
            return;
        }
        List<Effect> effects = entry.effects().stream()
                .filter(effect -> readable.test(effect.collection()))
                .toList();
        if (!effects.isEmpty()) {
            send("event: change\nid: " + entry.revision() + "\ndata: " + json(entry, effects) + "\n\n");
        }
    }

    private String json(HistoryEntry entry, List<Effect> effects) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonStreams.generator(text)) {
            out.writeStartObject();
            out.writeNumberProperty("revision", entry.revision());
            out.writeStringProperty("committedAt", Timestamps.format(entry.committedAt()));
            out.writeArrayPropertyStart("changes");
            for (Effect effect : effects) {
                out.writeStartObject();
                out.writeStringProperty("collection", effect.collection());
                out.writeStringProperty("type", effect.type().wireName());
                out.writeNumberProperty("updateCount", effect.updateCount());
                out.writeNumberProperty("collectionSize", effect.collectionSize());
                out.writeEndObject();
            }
            out.writeEndArray();
            Cause cause = cause(entry.request());
            out.writeName("who");
            if (cause == null || cause.who() == null) {
                out.writeNull();
            } else {
                out.writeStartObject();
                out.writeStringProperty("type", cause.who().type().wireName());
                out.writeStringProperty("id", cause.who().id());
                out.writeEndObject();
            }
            out.writeStringProperty("what", cause == null ? null : cause.what());
            out.writeStringProperty("why", cause == null ? null : cause.why());
            out.writeEndObject();
        }
        return text.toString();
    }

    /** Of a transaction, what is said of its other collections is nothing for somebody who may not read them. */
    private @Nullable Cause cause(Request request) {
        if (!(request instanceof TransactionQuery transaction)) {
            return request.cause();
        }
        return transaction.queries().stream()
                .filter(query -> query.collectionNames().stream().anyMatch(readable))
                .map(Query::cause)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Nothing more reaches the client. */
    private static final class ConnectionBrokenException extends Exception {

        private static final long serialVersionUID = 1;

        ConnectionBrokenException(Exception cause) {
            super(cause);
        }
    }
}
