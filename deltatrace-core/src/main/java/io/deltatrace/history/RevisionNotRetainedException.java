package io.deltatrace.history;

/** Says that a past state was asked for that is no longer kept, or one that is still to come. */
public final class RevisionNotRetainedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long oldest;
    private final long newest;

    /** What was asked for, in words, and the revisions whose states are kept. */
    public RevisionNotRetainedException(String asked, long oldest, long newest) {
        super("There is no state " + asked + ": states are kept from revision " + oldest + " to " + newest);
        this.oldest = oldest;
        this.newest = newest;
    }

    /** The oldest revision whose state is kept. */
    public long oldest() {
        return oldest;
    }

    /** The newest revision. */
    public long newest() {
        return newest;
    }
}
