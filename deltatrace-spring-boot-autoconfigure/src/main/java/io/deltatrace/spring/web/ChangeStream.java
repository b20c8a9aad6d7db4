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

    private final DeltaTraceDatabase database;
    private final AsyncContext connection;
    private final Predicate<String> readable;
    private final WebOptions.Changes options;
    private final BlockingQueue<Boolean> signal = new ArrayBlockingQueue<>(1);
    private final AtomicBoolean completed = new AtomicBoolean();
    private final long deadline;
    private @Nullable Long last;
    private volatile boolean ended;

    /**
     * A stream for a client.
     *
     * @param last the revision that the client has seen; null to begin with what is to come
     */
    ChangeStream(
            DeltaTraceDatabase database,
            AsyncContext connection,
            Predicate<String> readable,
            @Nullable Long last,
            WebOptions.Changes options) {
        this.database = database;
        this.connection = connection;
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
        try {
            stream(connection.getResponse().getOutputStream());
        } catch (IOException | IllegalStateException e) {
            LOG.debug("A client that followed the changes left", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            complete();
        }
    }

    /**
     * Ends the connection once, whether this stream or the server finds out first that it is over. The server may use what belonged
     * to it for the next client at once, so that whoever touched it later would end the stream of somebody else.
     */
    void complete() {
        if (completed.compareAndSet(false, true)) {
            try {
                connection.complete();
            } catch (IllegalStateException e) {
                LOG.debug("The server had ended the connection already", e);
            }
        }
    }

    private void stream(OutputStream out) throws IOException, InterruptedException {
        long current = database.snapshot().revision();
        long seen = last == null ? current : last;
        send(out, last == null ? event("start", current) : ": resumed\n\n");
        while (!ended && System.nanoTime() < deadline) {
            current = database.snapshot().revision();
            if (seen > current || current - seen > options.maxBehind()) {
                send(out, event("resync", current));
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
                    send(out, event("resync", current));
                    return;
                }
                for (HistoryEntry entry : page) {
                    tell(out, entry);
                    seen = entry.revision();
                }
                out.flush();
            } else if (signal.poll(options.heartbeat().toMillis(), TimeUnit.MILLISECONDS) == null) {
                // With the id of the newest revision: it is where to go on, even if there was nothing to tell of it.
                send(out, ": heartbeat\nid: " + seen + "\n\n");
            }
        }
    }

    private static String event(String name, long revision) {
        return "event: " + name + "\nid: " + revision + "\ndata: {\"revision\":" + revision + "}\n\n";
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void tell(OutputStream out, HistoryEntry entry) throws IOException {
        if (entry.outcome() != Outcome.APPLIED) {
            return;
        }
        List<Effect> effects = entry.effects().stream()
                .filter(effect -> readable.test(effect.collection()))
                .toList();
        if (!effects.isEmpty()) {
            String event = "event: change\nid: " + entry.revision() + "\ndata: " + json(entry, effects) + "\n\n";
            out.write(event.getBytes(StandardCharsets.UTF_8));
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
}
