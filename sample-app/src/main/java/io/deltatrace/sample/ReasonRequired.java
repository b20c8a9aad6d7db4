package io.deltatrace.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** Nothing is changed without a reason. The starter takes it from the header into the history; here it is only insisted on. */
@Component
class ReasonRequired implements HandlerInterceptor {

    private static final String HEADER = "X-Change-Reason";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String reason = request.getHeader(HEADER);
        if (request.getMethod().equals("POST") && (reason == null || reason.isBlank())) {
            throw Problems.badRequest("Say why, in the header " + HEADER);
        }
        return true;
    }
}
