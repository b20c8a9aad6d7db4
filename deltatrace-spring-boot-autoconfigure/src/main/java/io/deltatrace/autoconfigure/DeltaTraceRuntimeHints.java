package io.deltatrace.autoconfigure;

import io.deltatrace.autoconfigure.event.DeltaTraceCommitEvent;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * What a native image must keep although no code names it. That is little: the core reads and writes JSON without reflection,
 * and Spring Boot knows of properties, endpoints and its own files.
 */
final class DeltaTraceRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        // The condition of a listener is an expression, which reads the event by reflection.
        hints.reflection()
                .registerTypes(
                        TypeReference.listOf(
                                DeltaTraceCommitEvent.class,
                                HistoryEntry.class,
                                HistoryEntry.Effect.class,
                                Cause.class,
                                Actor.class,
                                List.class),
                        type -> type.withMembers(MemberCategory.INVOKE_PUBLIC_METHODS));
        // Whether it is there is asked by name.
        hints.reflection().registerTypeIfPresent(classLoader, "org.springframework.security.oauth2.core.ClaimAccessor");
        // The description of the database over HTTP is served as it is.
        hints.resources().registerPattern("META-INF/deltatrace/openapi.json");
    }
}
