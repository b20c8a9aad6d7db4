package io.deltatrace.result;

/** Says that a request failed and changed nothing; thrown only for callers that ask for an exception. */
public final class QueryFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    QueryFailedException(String message) {
        super(message);
    }
}
