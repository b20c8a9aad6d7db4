package io.deltatrace.spring.cause;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Takes note of which method handles an HTTP request, and of its route, once Spring MVC has found out. */
final class CauseHandlerInterceptor implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        CauseContext current = CauseContext.current();
        if (current.arrival() instanceof ServletArrival arrival) {
            Object template = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            String method = handler instanceof HandlerMethod handlerMethod
                    ? CauseContext.nameOf(
                            handlerMethod.getBeanType(),
                            handlerMethod.getMethod().getName())
                    : null;
            CauseContext handling = current.handling(arrival.handledBy(
                    template == null ? null : template.toString(), method, request.getUserPrincipal()));
            request.setAttribute(CauseFilter.ATTRIBUTE, handling);
            // The filter puts back what was there before the request.
            CauseContext.set(handling);
        }
        return true;
    }
}
