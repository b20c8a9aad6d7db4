package io.deltatrace.spring.cause;

import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request that says what a test wants. */
record TestArrival(
        Instant at,
        @Nullable String id,
        @Nullable String reason,
        String from,
        @Nullable String handler,
        @Nullable Principal user)
        implements Arrival {}
