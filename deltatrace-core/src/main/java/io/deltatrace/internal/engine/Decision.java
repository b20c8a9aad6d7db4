package io.deltatrace.internal.engine;

import io.deltatrace.history.Outcome;
import io.deltatrace.query.Request;
import io.deltatrace.result.Result;
import java.util.List;

/**
 * What became of a request, before it has a revision.
 *
 * @param request with its completed cause
 * @param applied what came of it, with the state as it is without the revision
 */
record Decision(Outcome outcome, Request request, Applied applied) {

    /** Carries out a request. */
    static Decision of(DatabaseState state, Request request) {
        Applied applied = Engine.run(state, request);
        return new Decision(outcome(request, applied.result()), request, applied);
    }

    /** What became of a request that has a result. */
    static Outcome outcome(Request request, Result result) {
        if (!result.isSuccess()) {
            return Outcome.FAILED;
        }
        return request.isWrite() ? Outcome.APPLIED : Outcome.READ;
    }

    /** A request that changed nothing, whatever became of it. */
    static Decision unchanged(DatabaseState state, Outcome outcome, Request request, Result result) {
        return new Decision(outcome, request, new Applied(state, result, List.of()));
    }
}
