package io.deltatrace.spring.cause;

import java.util.function.Supplier;

/**
 * Says why a block of code changes the database. Inner blocks count more than outer ones. A block is of one thread; where
 * Micrometer's context propagation carries the thread's context elsewhere, the reason goes with it.
 *
 * <p>Of several reasons for a request the first of these is taken: the one that its own cause gives; that of the innermost
 * block; the one that whoever made the HTTP request gave in a header ({@code X-Change-Reason}, unless
 * {@code deltatrace.cause.reason-header} says otherwise); that of the innermost {@link Because}.
 */
public final class Reasons {

    private Reasons() {}

    /**
     * Begins a block, which ends when the answer is closed; closing belongs into the same thread, and a try statement does it best.
     *
     * @throws IllegalArgumentException if the reason is blank
     */
    public static Block because(String why) {
        if (why.isBlank()) {
            throw new IllegalArgumentException("A reason must say something");
        }
        CauseContext.Scope scope = CauseContext.current().saying(why).open();
        return scope::close;
    }

    /** Runs an action in a block of its own. */
    public static void because(String why, Runnable action) {
        Block block = because(why);
        try {
            action.run();
        } finally {
            block.close();
        }
    }

    /** As {@link #because(String, Runnable)}, and answers what the action answers. */
    public static <T> T because(String why, Supplier<T> action) {
        Block block = because(why);
        try {
            return action.get();
        } finally {
            block.close();
        }
    }

    /** A block of code that has a reason. */
    @FunctionalInterface
    public interface Block extends AutoCloseable {

        /** Ends the block; what was said before it counts again. */
        @Override
        void close();
    }
}
