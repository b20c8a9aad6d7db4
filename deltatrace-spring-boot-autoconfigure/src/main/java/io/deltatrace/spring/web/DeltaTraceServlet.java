package io.deltatrace.spring.web;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.storage.JournalFailedException;
import io.deltatrace.storage.ReadOnlyException;
import io.deltatrace.transaction.LockNotAcquiredException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database over HTTP: {@code /query}, {@code /changes}, {@code /export}, {@code /import} and {@code /openapi.json} below the
 * path that it is mapped to. {@code openapi.json} says what each of them takes and answers.
 */
public final class DeltaTraceServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DeltaTraceServlet.class);
    private static final String LEFT = "A client left before it had its answer";

    private final transient Map<String, Endpoint> endpoints;
    private final transient ChangesEndpoint changes;
    private final transient Duration requestTimeout;

    /**
     * A servlet for a database.
     *
     * @param causes what completes the causes of the database
     */
    public DeltaTraceServlet(
            DeltaTraceDatabase database, CauseProvider causes, PermissionResolver permissions, WebOptions options) {
        requestTimeout = options.requestTimeout();
        changes = new ChangesEndpoint(database, permissions, options.changes());
        endpoints = Map.of(
                "/query",
                new QueryEndpoint(database, new AppliedWrites(database, causes, options), permissions, options),
                "/changes",
                changes,
                "/export",
                new ExportEndpoint(database, permissions),
                "/import",
                new ImportEndpoint(database, permissions, options),
                "/openapi.json",
                new DescriptionEndpoint());
    }

    /** Ends the streams of changes, so that nobody waits for them; their clients are to connect again. */
    public void endStreams() {
        changes.close();
    }

    @Override
    public void destroy() {
        endStreams();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            answer(request, response);
        } catch (UncheckedIOException e) {
            if (!response.isCommitted()) {
                throw e;
            }
            LOG.debug(LEFT, e);
        } catch (IOException e) {
            LOG.debug(LEFT, e);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            endpoint(request).handle(request, response);
        } catch (Problem e) {
            e.answer(response);
            if (!e.isTimeout()) {
                RequestBody.discard(request, requestTimeout);
            }
        } catch (JournalFailedException e) {
            Problem.unavailable("The journal cannot be written, so nothing can be changed; reads go on")
                    .answer(response);
        } catch (LockNotAcquiredException e) {
            Problem.unavailable("Another transaction has not ended yet; nothing was changed")
                    .answer(response);
        } catch (ReadOnlyException e) {
            Problem.unavailable("The database is open only for reading").answer(response);
        }
    }

    private Endpoint endpoint(HttpServletRequest request) {
        String path = request.getPathInfo();
        Endpoint endpoint = path == null ? null : endpoints.get(path);
        if (endpoint == null) {
            throw Problem.notFound("There is nothing at this path");
        }
        if (!endpoint.method().equals(request.getMethod())) {
            throw Problem.methodNotAllowed(endpoint.method());
        }
        return endpoint;
    }
}
