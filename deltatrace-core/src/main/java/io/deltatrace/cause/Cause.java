package io.deltatrace.cause;

import io.deltatrace.document.Document;
import io.deltatrace.document.Values;
import org.jspecify.annotations.Nullable;

/**
 * Why something happened: who did it, when, what, why and from where. Everything may be absent.
 *
 * @param serial identifies the operation for its sender; a sender that tries again uses the same one
 * @param chainParentSerial the serial of the operation that this one follows from
 * @param who did it
 * @param when it happened, from where it began to where it arrived
 * @param what was done, in words
 * @param why it was done
 * @param from where it was done: a page, a route, a job
 * @param context anything else worth keeping
 * @param confidenceScore how sure the actor was, usually from 0 to 1
 */
public record Cause(
        @Nullable String serial,
        @Nullable String chainParentSerial,
        @Nullable Actor who,
        @Nullable TemporalTrace when,
        @Nullable String what,
        @Nullable String why,
        @Nullable String from,
        @Nullable Document context,
        double confidenceScore) {

    /** Rejects a confidence that is not a finite number, and texts with half a surrogate pair. */
    public Cause {
        Values.requireTextOrNull(serial);
        Values.requireTextOrNull(chainParentSerial);
        Values.requireTextOrNull(what);
        Values.requireTextOrNull(why);
        Values.requireTextOrNull(from);
        if (!Double.isFinite(confidenceScore)) {
            throw new IllegalArgumentException("The confidence score must be a finite number");
        }
    }

    /** A cause with who, what and why. */
    public static Cause of(Actor who, @Nullable String what, @Nullable String why) {
        return new Cause(null, null, who, null, what, why, null, null, 1.0);
    }

    /** This cause with a serial. */
    public Cause withSerial(String value) {
        return new Cause(value, chainParentSerial, who, when, what, why, from, context, confidenceScore);
    }

    /** This cause, following from the operation with the given serial. */
    public Cause followingFrom(String parentSerial) {
        return new Cause(serial, parentSerial, who, when, what, why, from, context, confidenceScore);
    }

    /** This cause by another actor. */
    public Cause withWho(Actor value) {
        return new Cause(serial, chainParentSerial, value, when, what, why, from, context, confidenceScore);
    }

    /** This cause with the way it took through time. */
    public Cause withWhen(TemporalTrace value) {
        return new Cause(serial, chainParentSerial, who, value, what, why, from, context, confidenceScore);
    }

    /** This cause with the place it came from. */
    public Cause withFrom(String value) {
        return new Cause(serial, chainParentSerial, who, when, what, why, value, context, confidenceScore);
    }

    /** This cause with whatever else is worth keeping. */
    public Cause withContext(Document value) {
        return new Cause(serial, chainParentSerial, who, when, what, why, from, value, confidenceScore);
    }

    /** This cause with the actor's confidence, usually from 0 to 1. */
    public Cause withConfidence(double value) {
        return new Cause(serial, chainParentSerial, who, when, what, why, from, context, value);
    }
}
