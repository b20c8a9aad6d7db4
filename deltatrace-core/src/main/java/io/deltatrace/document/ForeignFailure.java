package io.deltatrace.document;

import org.jspecify.annotations.Nullable;

/**
 * What the application's code or a mapper threw, to be logged or to be the cause of another exception: the types of the exceptions
 * and the places they came from, but not what they say, because that may have values of documents in it.
 */
public final class ForeignFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** Causes can be made to go round in circles. */
    private static final int MOST_CAUSES = 16;

    private ForeignFailure(Throwable original, @Nullable ForeignFailure cause) {
        super(original.getClass().getName(), cause, false, true);
        setStackTrace(original.getStackTrace());
    }

    /** The same failure, and what caused it, without messages. */
    public static ForeignFailure of(Throwable original) {
        return of(original, MOST_CAUSES);
    }

    private static ForeignFailure of(Throwable original, int causes) {
        Throwable cause = original.getCause();
        return new ForeignFailure(original, cause == null || causes == 0 ? null : of(cause, causes - 1));
    }
}
