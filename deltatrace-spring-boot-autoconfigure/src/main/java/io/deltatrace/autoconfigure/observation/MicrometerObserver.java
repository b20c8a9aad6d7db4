package io.deltatrace.autoconfigure.observation;

import io.deltatrace.history.Outcome;
import io.deltatrace.observation.RequestObservation;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.RestoreRequest;
import io.deltatrace.query.TransactionQuery;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an observation of each request, whose scope is open while the request is carried out. Thread-safe. */
final class MicrometerObserver implements RequestObserver {

    private static final DeltaTraceQueryConvention DEFAULT = new DeltaTraceQueryConvention() {};

    private final ObservationRegistry registry;
    private final @Nullable DeltaTraceQueryConvention convention;
    private final CollectionTags tags;

    MicrometerObserver(
            ObservationRegistry registry, @Nullable DeltaTraceQueryConvention convention, CollectionTags tags) {
        this.registry = registry;
        this.convention = convention;
        this.tags = tags;
    }

    @Override
    public RequestObservation started(Request request) {
        if (registry.isNoop()) {
            return RequestObservation.NONE;
        }
        DeltaTraceQueryContext context = new DeltaTraceQueryContext(type(request), collection(request));
        Observation observation = Observation.createNotStarted(convention, DEFAULT, () -> context, registry);
        if (observation.isNoop()) {
            return RequestObservation.NONE;
        }
        Observation.Scope enclosing = registry.getCurrentObservationScope();
        try {
            observation.start();
            return new Running(request, context, observation, observation.openScope(), enclosing);
        } catch (Throwable e) {
            end(observation, registry.getCurrentObservationScope(), enclosing);
            throw e;
        }
    }

    private static String type(Request request) {
        if (request instanceof Query query) {
            return query.type().wireName();
        }
        if (request instanceof TransactionQuery) {
            return "transaction";
        }
        return request instanceof RestoreRequest ? "restore" : "revert";
    }

    private String collection(Request request) {
        if (request instanceof Query query) {
            return tags.of(query.target());
        }
        List<String> names = request.collectionNames();
        return switch (names.size()) {
            case 0 -> "none";
            case 1 -> tags.of(names.get(0));
            default -> "several";
        };
    }

    /** Handlers may throw, and the thread must not be left in a scope that is over. */
    private void end(
            Observation observation, Observation.@Nullable Scope scope, Observation.@Nullable Scope enclosing) {
        try {
            if (scope != null && scope != enclosing) {
                scope.close();
            }
        } finally {
            registry.setCurrentObservationScope(enclosing);
            observation.stop();
        }
    }

    private final class Running implements RequestObservation {

        private final Request request;
        private final DeltaTraceQueryContext context;
        private final Observation observation;
        private final Observation.Scope scope;
        private final Observation.@Nullable Scope enclosing;

        Running(
                Request request,
                DeltaTraceQueryContext context,
                Observation observation,
                Observation.Scope scope,
                Observation.@Nullable Scope enclosing) {
            this.request = request;
            this.context = context;
            this.observation = observation;
            this.scope = scope;
            this.enclosing = enclosing;
        }

        @Override
        public void completed(Outcome outcome, long revision) {
            context.ended(collection(request), outcome.wireName(), revision);
            end(observation, scope, enclosing);
        }

        @Override
        public void aborted(Throwable problem) {
            context.ended(collection(request), "error", null);
            try {
                observation.error(problem);
            } finally {
                end(observation, scope, enclosing);
            }
        }
    }
}
