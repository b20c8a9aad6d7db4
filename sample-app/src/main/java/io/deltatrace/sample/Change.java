package io.deltatrace.sample;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the history says of a change, without any values.
 *
 * @param revision its number
 * @param at when it was committed
 * @param who did it
 * @param actor what that is: human, ai or system
 * @param confidence how sure it was, up to 1
 * @param what was done
 * @param why it was done
 * @param from where it was done
 */
record Change(
        long revision,
        Instant at,
        String who,
        String actor,
        double confidence,
        @Nullable String what,
        @Nullable String why,
        @Nullable String from) {

    static Change of(HistoryEntry entry) {
        // The starter says at least who it was, of every change.
        Cause cause = Objects.requireNonNull(entry.request().cause());
        Actor who = Objects.requireNonNull(cause.who());
        return new Change(
                entry.revision(),
                entry.committedAt(),
                who.id(),
                who.type().wireName(),
                cause.confidenceScore(),
                cause.what(),
                cause.why(),
                cause.from());
    }
}
