package io.deltatrace.spring.cause;

import io.deltatrace.document.Timestamps;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes note of HTTP requests, for the causes of what they change. It comes after the filter that looks through proxies, so that
 * the address is that of the client, and before Spring Security, which may change something too.
 */
final class CauseFilter extends OncePerRequestFilter implements Ordered {

    static final String ATTRIBUTE = CauseContext.class.getName();

    /** After those that wrap the request, before those of Spring Security, whose order is -100. */
    private static final int ORDER = -110;

    private final CauseHeaders headers;
    private final InstantSource clock;

    CauseFilter(CauseHeaders headers, InstantSource clock) {
        this.headers = headers;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // What was known of the request goes on where an asynchronous one is taken up again, in another thread.
        CauseContext context = request.getAttribute(ATTRIBUTE) instanceof CauseContext known
                ? known
                : CauseContext.EMPTY.handling(
                        ServletArrival.of(request, Timestamps.toMicros(clock.instant()), headers));
        request.setAttribute(ATTRIBUTE, context);
        CauseContext.Scope scope = context.open();
        try {
            chain.doFilter(request, response);
        } finally {
            scope.close();
        }
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
