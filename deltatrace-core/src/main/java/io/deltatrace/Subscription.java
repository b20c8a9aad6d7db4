package io.deltatrace;

/** A listener's being called, which can be ended. */
@FunctionalInterface
public interface Subscription {

    /** Ends it; a call that is under way is not interrupted. Cancelling again does nothing. */
    void cancel();
}
