package io.deltatrace.autoconfigure.web;

/** Says that everybody could use the database over HTTP, and nobody said that this is wanted. */
final class OpenToEverybodyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OpenToEverybodyException() {
        super("deltatrace.web.enabled=true would let everybody read and change the whole database over HTTP,"
                + " because there is no Spring Security in the application");
    }
}
