package io.deltatrace.spring.cause;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * What is known, in a thread, of the causes of the requests it makes. Immutable; a part that is null is not known.
 *
 * @param said why, according to the innermost block of {@link Reasons}
 * @param declared why, according to the innermost {@link Because}
 * @param method the outermost method with a {@link Because}, or of a repository
 * @param arrival the HTTP request that is being handled
 */
record CauseContext(
        @Nullable String said,
        @Nullable String declared,
        @Nullable String method,

        @Nullable Arrival arrival) {

    /** Under which it is carried to other threads. */
    static final String KEY = "deltatrace.cause";

    static final CauseContext EMPTY = new CauseContext(null, null, null, null);

    private static final ThreadLocal<@Nullable CauseContext> CURRENT = new ThreadLocal<>();

    /** What is known in this thread. */
    static CauseContext current() {
        CauseContext current = CURRENT.get();
        return current == null ? EMPTY : current;
    }

    /** Makes a context that of this thread; an empty one leaves nothing behind. */
    static void set(CauseContext context) {
        if (context.equals(EMPTY)) {
            CURRENT.remove();
        } else {
            CURRENT.set(context);
        }
    }

    /** Makes this context that of this thread, until the scope is closed. */
    Scope open() {
        CauseContext before = current();
        set(this);
        return () -> set(before);
    }

    CauseContext saying(String why) {
        return new CauseContext(why, declared, method, arrival);
    }

    /** This context in a method that says why; the outermost method stays. */
    CauseContext declaring(String why, String called) {
        return new CauseContext(said, why, method == null ? called : method, arrival);
    }

    /** This context in a method that says nothing but its name; the outermost method stays. */
    CauseContext calling(String called) {
        return method == null ? new CauseContext(said, declared, called, arrival) : this;
    }

    CauseContext handling(Arrival request) {
        return new CauseContext(said, declared, method, request);
    }

    /** A method as it is called in the history. */
    static String nameOf(Class<?> type, String method) {
        return ClassUtils.getUserClass(type).getSimpleName() + "." + method;
    }

    /** The time in which a context is that of a thread. */
    @FunctionalInterface
    interface Scope extends AutoCloseable {

        /** Ends it; the context before it is that of the thread again. */
        @Override
        void close();
    }
}
