package io.deltatrace.spring.cause;

import io.deltatrace.cause.Actor;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Knows who has been authenticated. */
@FunctionalInterface
interface Principals {

    /** Whoever makes HTTP requests without being authenticated; called as Spring Security does. */
    Actor ANONYMOUS = Actor.human("anonymousUser");

    /** Those whom the web server has authenticated, for applications without Spring Security. */
    Principals OF_THE_SERVER = context -> {
        Arrival arrival = context.arrival();
        Principal user = arrival == null ? null : arrival.user();
        return user == null ? null : Actor.human(user.getName());
    };

    /** Who is authenticated in this thread, so that no claim counts; null if it is not known. */
    @Nullable
    Actor authenticated(CauseContext context);
}
