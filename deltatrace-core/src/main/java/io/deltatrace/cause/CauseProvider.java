package io.deltatrace.cause;

import org.jspecify.annotations.Nullable;

/**
 * Completes the causes of requests before they become entries of the history: it knows who is logged in, where a request came
 * from and when it arrived. Called on the thread that makes the request; must be thread-safe.
 */
@FunctionalInterface
public interface CauseProvider {

    /** Says {@code system} where nobody else is named, and leaves everything else as it was given. */
    CauseProvider SYSTEM = naming(Actor.system("system"));

    private static CauseProvider naming(Actor actor) {
        Cause alone = Cause.of(actor, null, null);
        return given -> given == null ? alone : given.who() == null ? given.withWho(actor) : given;
    }

    /** The completed cause, of what the request itself says; null if it says nothing. */
    Cause complete(@Nullable Cause given);
}
