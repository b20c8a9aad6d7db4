package io.deltatrace.spring.cause;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request to a servlet. It remembers what it is asked for and not the servlet's request, which the container uses again
 * while other threads may still have this one.
 */
record ServletArrival(
        Instant at,
        @Nullable String id,
        @Nullable String reason,
        String method,
        String route,
        String address,
        @Nullable String handler,
        @Nullable Principal user)
        implements Arrival {

    /** A request whose handler is not known yet. Whom the container has authenticated is known, but nobody else. */
    static ServletArrival of(HttpServletRequest request, Instant at, CauseHeaders headers) {
        String id = Arrival.text(request.getHeader(headers.requestId()));
        return new ServletArrival(
                at,
                id == null ? request.getRequestId() : id,
                Arrival.text(request.getHeader(headers.reason())),
                request.getMethod(),
                request.getRequestURI(),
                request.getRemoteAddr(),
                null,
                request.getUserPrincipal());
    }

    /** This request, whose handler has been found. */
    ServletArrival handledBy(
            @Nullable String template, @Nullable String handlerMethod, @Nullable Principal authenticated) {
        return new ServletArrival(
                at,
                id,
                reason,
                method,
                template == null ? route : template,
                address,
                handlerMethod,
                authenticated == null ? user : authenticated);
    }

    @Override
    public String from() {
        return Arrival.from(method, route, address);
    }
}
