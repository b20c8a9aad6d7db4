package io.deltatrace.observation;

import io.deltatrace.history.Outcome;

/**
 * Is told how one request ended: by one call of one of its methods. By then a write is durable and published, and its listeners
 * have run. What it throws is logged.
 */
public interface RequestObservation {

    /** One that takes note of nothing. */
    RequestObservation NONE = new RequestObservation() {
        @Override
        public void completed(Outcome outcome, long revision) {}

        @Override
        public void aborted(Throwable problem) {}
    };

    /**
     * The request has a result.
     *
     * @param outcome what became of it
     * @param revision that of its entry in the history; if there is none, that of the state that it saw
     */
    void completed(Outcome outcome, long revision);

    /** The request has no result: the caller gets this exception, as when the journal cannot be written. */
    void aborted(Throwable problem);
}
