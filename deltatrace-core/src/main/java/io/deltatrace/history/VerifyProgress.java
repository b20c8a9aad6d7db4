package io.deltatrace.history;

/**
 * Is told how far a verification has come. Called on the thread that verifies, after each entry; an exception that it throws
 * ends the verification and goes to whoever asked for it.
 */
@FunctionalInterface
public interface VerifyProgress {

    /** Takes no notice. */
    VerifyProgress NONE = (verified, total) -> {};

    /**
     * Takes notice. A verification that has to begin anew, because history was given up meanwhile, counts anew.
     *
     * @param verified how many entries follow the chain so far
     * @param total how many there are, as far as is known
     */
    void verified(long verified, long total);
}
