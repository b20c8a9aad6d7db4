package io.deltatrace.history;

/** How thoroughly a history is verified. */
public enum VerifyOption {
    /** Apply every entry again, and compare what it does with what it did, and the states with those stored. Takes longer. */
    REPLAY
}
