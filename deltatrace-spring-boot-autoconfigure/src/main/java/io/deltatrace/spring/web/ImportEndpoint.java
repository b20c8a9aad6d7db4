package io.deltatrace.spring.web;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.JsonFormatException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** Replaces the whole database by an export, in one commit. One at a time: an import may be as large as the database. */
final class ImportEndpoint implements Endpoint {

    private static final Cause CAUSE = new Cause(null, null, null, null, "import over HTTP", null, null, null, 1.0);

    private final DeltaTraceDatabase database;
    private final PermissionResolver permissions;
    private final WebOptions options;
    private final Semaphore place = new Semaphore(1);

    ImportEndpoint(DeltaTraceDatabase database, PermissionResolver permissions, WebOptions options) {
        this.database = database;
        this.permissions = permissions;
        this.options = options;
    }

    @Override
    public String method() {
        return "PUT";
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!permissions.resolve(request).importing()) {
            throw Problem.denied(request, "Not permitted: import");
        }
        if (!place.tryAcquire()) {
            throw Problem.tooManyRequests("Another import is under way");
        }
        try {
            database.importFrom(new RequestBody(request, options.maxImportSize(), options.importTimeout()), CAUSE);
        } catch (JsonFormatException e) {
            throw Problem.unreadable(e);
        } finally {
            place.release();
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
