package io.deltatrace.observation;

import io.deltatrace.query.Request;

/**
 * Is told of every request that a database carries out, read or write, allowed or not, on the thread that asks. Several
 * threads may do so at once. What it throws is logged, and the request goes on. Reads of snapshots are not told of, nor is
 * JSON that is no request.
 */
@FunctionalInterface
public interface RequestObserver {

    /** An observer that looks at nothing. */
    RequestObserver NONE = request -> RequestObservation.NONE;

    /**
     * Called before anything else is done.
     *
     * @param request as it was given, before its cause is completed; a revert or an undo as it was prepared
     * @return what is told how it ended, on the same thread
     */
    RequestObservation started(Request request);
}
