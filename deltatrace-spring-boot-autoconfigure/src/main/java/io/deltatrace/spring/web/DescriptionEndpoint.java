package io.deltatrace.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Serves the OpenAPI description of all endpoints. It is the same for everybody, and tells nothing of the data. */
final class DescriptionEndpoint implements Endpoint {

    /** Where the description is on the class path. */
    static final String RESOURCE = "/META-INF/deltatrace/openapi.json";

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        try (InputStream description = Objects.requireNonNull(getClass().getResourceAsStream(RESOURCE))) {
            description.transferTo(response.getOutputStream());
        }
    }
}
