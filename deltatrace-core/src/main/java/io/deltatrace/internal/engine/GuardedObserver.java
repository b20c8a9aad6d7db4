package io.deltatrace.internal.engine;

import io.deltatrace.document.ForeignFailure;
import io.deltatrace.history.Outcome;
import io.deltatrace.observation.RequestObservation;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.query.Request;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what an observer throws away from the requests that it observes. Only its first failure is logged as an error. */
public final class GuardedObserver implements RequestObserver {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedObserver.class);
    private static final String PROBLEM = "The observer of requests failed; the requests go on";

    private final RequestObserver observer;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    private GuardedObserver(RequestObserver observer) {
        this.observer = observer;
    }

    /** A guard of an observer, unless it is {@link RequestObserver#NONE}, which needs none. */
    public static RequestObserver of(RequestObserver observer) {
        return observer == NONE ? NONE : new GuardedObserver(observer);
    }

    @Override
    public RequestObservation started(Request request) {
        try {
            return new Guarded(observer.started(request));
        } catch (Throwable e) {
            failed(e);
            return RequestObservation.NONE;
        }
    }

    private void failed(Throwable problem) {
        if (hasFailed.compareAndSet(false, true)) {
            LOG.error("{}; from now on this is only logged as debug", PROBLEM, ForeignFailure.of(problem));
        } else if (LOG.isDebugEnabled()) {
            LOG.debug(PROBLEM, ForeignFailure.of(problem));
        }
    }

    private final class Guarded implements RequestObservation {

        private final RequestObservation observation;

        Guarded(RequestObservation observation) {
            this.observation = observation;
        }

        @Override
        public void completed(Outcome outcome, long revision) {
            try {
                observation.completed(outcome, revision);
            } catch (Throwable e) {
                failed(e);
            }
        }

        @Override
        public void aborted(Throwable problem) {
            try {
                observation.aborted(problem);
            } catch (Throwable e) {
                failed(e);
            }
        }
    }
}
