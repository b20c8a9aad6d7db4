package io.deltatrace.history;

/** What became of a request. */
public enum Outcome {
    /** It was applied. */
    APPLIED("applied"),
    /** It could not be carried out, and changed nothing. */
    FAILED("failed"),
    /** It was not allowed, and changed nothing. */
    DENIED("denied"),
    /** It only read. */
    READ("read");

    private final String wireName;

    Outcome(String wireName) {
        this.wireName = wireName;
    }

    /** The name in the journal. */
    public String wireName() {
        return wireName;
    }
}
