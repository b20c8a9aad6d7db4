package io.deltatrace.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers the requests for one path. Thread-safe. */
interface Endpoint {

    /** The HTTP method of its requests. */
    String method();

    /**
     * Answers a request.
     *
     * @throws Problem if it cannot; nothing of the answer has been sent then
     */
    void handle(HttpServletRequest request, HttpServletResponse response) throws IOException;
}
