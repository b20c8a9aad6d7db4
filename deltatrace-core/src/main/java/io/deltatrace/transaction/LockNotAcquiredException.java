package io.deltatrace.transaction;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says that a request or transaction did not get the right to write, because others had it for too long. */
public final class LockNotAcquiredException extends TransactionFailedException {

    private static final long serialVersionUID = 1L;

    private LockNotAcquiredException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** After a time of waiting. */
    public static LockNotAcquiredException after(Duration waited) {
        return new LockNotAcquiredException(
                "The right to write was not to be had in " + waited + ": another transaction is open and has it", null);
    }

    /** Because the waiting was interrupted. */
    public static LockNotAcquiredException interrupted(InterruptedException interruption) {
        return new LockNotAcquiredException("Waiting for the right to write was interrupted", interruption);
    }

    /** At once, because a suspended transaction of the same thread has written. */
    public static LockNotAcquiredException suspendedHasWritten() {
        return new LockNotAcquiredException(
                "A suspended transaction of this thread has written, and nobody else can before it ends;"
                        + " let it write later, or write as a part of it",
                null);
    }
}
