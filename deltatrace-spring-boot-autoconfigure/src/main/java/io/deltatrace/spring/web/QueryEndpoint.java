package io.deltatrace.spring.web;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.access.Permission;
import io.deltatrace.document.JsonFormatException;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.json.Json;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.Result;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Carries out queries and transactions in wire JSON. */
final class QueryEndpoint implements Endpoint {

    private final Json json = new Json(JsonLimits.DEFAULT);
    private final DeltaTraceDatabase database;
    private final AppliedWrites writes;
    private final PermissionResolver permissions;
    private final WebOptions options;
    private final Semaphore places;
    private final EntityTags tags = new EntityTags();

    QueryEndpoint(
            DeltaTraceDatabase database, AppliedWrites writes, PermissionResolver permissions, WebOptions options) {
        this.database = database;
        this.writes = writes;
        this.permissions = permissions;
        this.options = options;
        this.places = new Semaphore(options.maxConcurrentRequests());
    }

    @Override
    public String method() {
        return "POST";
    }

    /** A place is taken while there are a body and what is read of it; an answer holds nothing that the database does not hold anyway. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        requireJson(request);
        if (!places.tryAcquire()) {
            throw Problem.tooManyRequests("More than " + options.maxConcurrentRequests()
                    + " queries at a time (deltatrace.web.max-concurrent-requests)");
        }
        Consumer<OutputStream> answer;
        try {
            answer = answer(request, response);
        } finally {
            places.release();
        }
        response.setHeader("Cache-Control", "private, no-cache");
        if (response.getStatus() == HttpServletResponse.SC_NOT_MODIFIED) {
            return;
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        answer.accept(new AnswerBody(request, response));
    }

    /** Browsers send JSON to other origins only if these allow it; therefore no other type is taken for JSON. */
    private static void requireJson(HttpServletRequest request) {
        MediaType type;
        try {
            type = MediaType.parseMediaType(String.valueOf(request.getContentType()));
        } catch (InvalidMediaTypeException e) {
            throw Problem.unsupportedMediaType("The Content-Type must be application/json");
        }
        boolean json = type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
                || (type.getType().equals("application") && "json".equals(type.getSubtypeSuffix()));
        if (!json) {
            throw Problem.unsupportedMediaType("The Content-Type must be application/json");
        }
        if (request.getHeader("Content-Encoding") != null) {
            throw Problem.unsupportedMediaType("The body must not have a Content-Encoding");
        }
    }

    private Consumer<OutputStream> answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Grants grants = permissions.resolve(request);
        byte[] body = new RequestBody(request, options.maxRequestSize(), options.requestTimeout()).readAllBytes();
        Request asked;
        try {
            asked = json.readRequest(new ByteArrayInputStream(body));
        } catch (JsonFormatException e) {
            if (e.isRejection()) {
                return out -> json.writeFailureFor(new ByteArrayInputStream(body), String.valueOf(e.getMessage()), out);
            }
            throw Problem.unreadable(e);
        }
        if (!(asked instanceof Query || asked instanceof TransactionQuery)) {
            throw Problem.badRequest("A client cannot restore collections");
        }
        Map<String, Permission> allowed = grants.onEach(asked.collectionNames());
        String denial = asked.denialUnder(allowed);
        if (denial != null) {
            if (request.getUserPrincipal() != null) {
                // The database takes note of it. Whoever is not logged in could fill the history with it.
                database.execute(asked, allowed);
            }
            if (!options.deniedAsResult()) {
                throw Problem.denied(request, denial);
            }
            return out -> json.writeFailureFor(new ByteArrayInputStream(body), denial, out);
        }
        if (asked.isWrite()) {
            Result result =
                    writes.once(asked, request.getHeader("Idempotency-Key"), once -> database.execute(once, allowed));
            return out -> json.write(result, out);
        }
        // Of the state before the read: if another one is read, the tag is of the past and will match nothing.
        String tag = tags.tag(database.snapshot().revision(), body);
        response.setHeader("ETag", tag);
        if (EntityTags.matches(request.getHeaders("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return out -> {};
        }
        Result result = database.execute(asked, allowed);
        return out -> json.write(result, out);
    }
}
