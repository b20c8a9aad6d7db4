package io.deltatrace.sample;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.Snapshot;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives methods of controllers the state of the database that {@code ?asOf=} asks for: a revision, an instant, or now. */
@Component
class SnapshotArgumentResolver implements HandlerMethodArgumentResolver {

    private final DeltaTraceDatabase database;

    SnapshotArgumentResolver(DeltaTraceDatabase database) {
        this.database = database;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Snapshot.class;
    }

    @Override
    public Snapshot resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binderFactory) {
        String asOf = request.getParameter("asOf");
        if (asOf == null) {
            return database.snapshot();
        }
        try {
            return asOf.matches("[0-9]+") ? database.asOf(Long.parseLong(asOf)) : database.asOf(Instant.parse(asOf));
        } catch (NumberFormatException | DateTimeParseException e) {
            throw Problems.badRequest(
                    "'asOf' is a revision, such as 42, or an instant, such as 2026-11-23T17:00:00Z, not '" + asOf
                            + "'");
        }
    }
}
