package io.deltatrace.spring.web;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.Subscription;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Streams what is committed, as server-sent events. Each client has a thread of its own, so that a slow one holds up nobody;
 * there are no more of them than connections are allowed.
 */
final class ChangesEndpoint implements Endpoint, AutoCloseable {

    private final DeltaTraceDatabase database;
    private final PermissionResolver permissions;
    private final WebOptions.Changes options;
    private final Semaphore places;
    private final Set<ChangeStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicLong threads = new AtomicLong();
    private final ExecutorService writers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "deltatrace-changes-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });
    private final Subscription subscription;
    private volatile boolean closed;

    ChangesEndpoint(DeltaTraceDatabase database, PermissionResolver permissions, WebOptions.Changes options) {
        this.database = database;
        this.permissions = permissions;
        this.options = options;
        this.places = new Semaphore(options.maxConnections());
        this.subscription = database.onCommit(entry -> streams.forEach(ChangeStream::wake));
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ReadableCollections readable = readable(request);
        Long last = lastEventId(request.getHeader("Last-Event-ID"));
        if (closed) {
            throw Problem.unavailable("The application is about to stop");
        }
        if (!places.tryAcquire()) {
            throw Problem.tooManyRequests("More than " + options.maxConnections()
                    + " clients follow the changes (deltatrace.web.changes.max-connections)");
        }
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext connection;
        try {
            connection = request.startAsync();
            // By this thread, as filters that add headers are not made for another one beside it.
            response.flushBuffer();
        } catch (IOException | RuntimeException e) {
            places.release();
            throw e;
        }
        connection.setTimeout(0);
        ChangeStream stream =
                new ChangeStream(database, connection, response.getOutputStream(), readable, last, options);
        connection.addListener(new EndWhenBroken(stream));
        streams.add(stream);
        Runnable following = () -> {
            try {
                stream.run();
            } finally {
                streams.remove(stream);
                places.release();
            }
        };
        try {
            writers.execute(following);
        } catch (RejectedExecutionException e) {
            // Closed since it was asked; the client gets the whole of a stream that has ended already.
            stream.end();
            following.run();
        }
        if (closed) {
            stream.end();
        }
    }

    private ReadableCollections readable(HttpServletRequest request) {
        String[] named = request.getParameterValues("collection");
        ReadableCollections readable =
                new ReadableCollections(permissions.resolve(request), named == null ? Set.of() : Set.of(named));
        String denial = readable.denial();
        if (denial != null) {
            throw Problem.denied(request, denial);
        }
        return readable;
    }

    private static @Nullable Long lastEventId(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(header);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("The Last-Event-ID must be a revision");
        }
    }

    /** Ends all streams. Clients then connect again, to another instance or after the restart. */
    @Override
    public void close() {
        closed = true;
        subscription.cancel();
        streams.forEach(ChangeStream::end);
        writers.shutdown();
    }

    /** Ends a connection that broke, before the server looks for a page that says so. */
    private record EndWhenBroken(ChangeStream stream) implements AsyncListener {

        @Override
        public void onError(AsyncEvent event) {
            stream.failed();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
