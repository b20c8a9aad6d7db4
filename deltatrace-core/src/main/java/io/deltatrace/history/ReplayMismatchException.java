package io.deltatrace.history;

/**
 * Says that an entry of the history, applied again, did something else than it did at first. The history or the software has
 * changed since; the state that it leads to cannot be trusted.
 */
public final class ReplayMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long revision;

    /** The entry, and what is different in words. */
    public ReplayMismatchException(long revision, String difference) {
        super("Revision " + revision + " cannot be applied again as it was at first: " + difference);
        this.revision = revision;
    }

    /** The revision of the entry. */
    public long revision() {
        return revision;
    }
}
