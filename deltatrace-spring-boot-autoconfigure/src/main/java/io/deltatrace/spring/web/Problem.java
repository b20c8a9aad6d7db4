package io.deltatrace.spring.web;

import io.deltatrace.document.JsonFormatException;
import io.deltatrace.document.JsonStreams;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A request that is answered by an error, described as RFC 9457 has it. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private final transient @Nullable JsonFormatException unreadable;

    private Problem(int status, String title, String detail, @Nullable JsonFormatException unreadable) {
        super(detail, unreadable);
        this.status = status;
        this.title = title;
        this.unreadable = unreadable;
    }

    private static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, null);
    }

    static Problem badRequest(String detail) {
        return of(HttpServletResponse.SC_BAD_REQUEST, "Bad request", detail);
    }

    static Problem unreadable(JsonFormatException reason) {
        return new Problem(HttpServletResponse.SC_BAD_REQUEST, "Unreadable JSON", reason.problem(), reason);
    }

    /** Somebody who is not logged in might be permitted after that. */
    static Problem denied(HttpServletRequest request, String denial) {
        return request.getUserPrincipal() == null
                ? of(HttpServletResponse.SC_UNAUTHORIZED, "Not authenticated", denial)
                : of(HttpServletResponse.SC_FORBIDDEN, "Not permitted", denial);
    }

    static Problem notFound(String detail) {
        return of(HttpServletResponse.SC_NOT_FOUND, "Not found", detail);
    }

    static Problem methodNotAllowed(String allowed) {
        return of(
                        HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                        "Method not allowed",
                        "This path takes only " + allowed + " requests")
                .with("Allow", allowed);
    }

    static Problem bodyTooSlow() {
        return of(
                HttpServletResponse.SC_REQUEST_TIMEOUT,
                "Request timeout",
                "The body of the request took too long to arrive (deltatrace.web.request-timeout)");
    }

    static Problem conflict(String detail) {
        return of(HttpServletResponse.SC_CONFLICT, "Conflict", detail);
    }

    static Problem bodyTooLarge(long limit) {
        return of(
                HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                "Content too large",
                "The body of the request is larger than " + limit + " bytes");
    }

    static Problem unsupportedMediaType(String detail) {
        return of(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "Unsupported media type", detail);
    }

    static Problem unprocessable(String detail) {
        return of(422, "Unprocessable content", detail);
    }

    static Problem tooManyRequests(String detail) {
        return of(429, "Too many requests", detail).with("Retry-After", "1");
    }

    static Problem unavailable(String detail) {
        return of(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Service unavailable", detail)
                .with("Retry-After", "60");
    }

    private Problem with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Whether the client has had its time. */
    boolean isTimeout() {
        return status == HttpServletResponse.SC_REQUEST_TIMEOUT;
    }

    /** Sends the problem, unless the server has answered by itself: when a body does not arrive, some do. */
    void answer(HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setHeader("Cache-Control", "no-store");
        headers.forEach(response::setHeader);
        try (JsonGenerator out = JsonStreams.generator(response.getOutputStream())) {
            out.writeStartObject();
            out.writeStringProperty("type", "about:blank");
            out.writeStringProperty("title", title);
            out.writeNumberProperty("status", status);
            out.writeStringProperty("detail", getMessage());
            if (unreadable != null) {
                out.writeNumberProperty("line", unreadable.line());
                out.writeNumberProperty("column", unreadable.column());
                out.writeStringProperty("pointer", unreadable.pointer());
            }
            out.writeEndObject();
        }
    }
}
