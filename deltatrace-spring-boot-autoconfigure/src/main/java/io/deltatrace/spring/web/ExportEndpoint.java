package io.deltatrace.spring.web;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.Snapshot;
import io.deltatrace.history.RevisionNotRetainedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Gives out the whole database, as it is or was. */
final class ExportEndpoint implements Endpoint {

    private final DeltaTraceDatabase database;
    private final PermissionResolver permissions;

    ExportEndpoint(DeltaTraceDatabase database, PermissionResolver permissions) {
        this.database = database;
        this.permissions = permissions;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) {
        if (!permissions.resolve(request).exporting()) {
            throw Problem.denied(request, "Not permitted: export");
        }
        Snapshot state = state(request.getParameter("revision"));
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + state.revision() + ".dtdb\"");
        state.exportTo(new AnswerBody(request, response));
    }

    private Snapshot state(@Nullable String revision) {
        if (revision == null) {
            return database.snapshot();
        }
        try {
            return database.asOf(Long.parseLong(revision));
        } catch (NumberFormatException e) {
            throw Problem.badRequest("The revision must be a number");
        } catch (RevisionNotRetainedException e) {
            throw Problem.notFound(String.valueOf(e.getMessage()));
        }
    }
}
