package io.deltatrace.autoconfigure.observation;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How observed requests are named, and which keys they have. A bean that implements this changes what it overrides. The keys of
 * low cardinality are asked for twice: when the request starts and when it has ended.
 */
public interface DeltaTraceQueryConvention extends ObservationConvention<DeltaTraceQueryContext> {

    @Override
    default String getName() {
        return "deltatrace.query";
    }

    @Override
    default String getContextualName(DeltaTraceQueryContext context) {
        return context.type() + " " + context.collection();
    }

    @Override
    default KeyValues getLowCardinalityKeyValues(DeltaTraceQueryContext context) {
        return KeyValues.of("collection", context.collection(), "type", context.type(), "outcome", context.outcome());
    }

    @Override
    default KeyValues getHighCardinalityKeyValues(DeltaTraceQueryContext context) {
        Long revision = context.revision();
        return revision == null ? KeyValues.empty() : KeyValues.of("revision", revision.toString());
    }

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof DeltaTraceQueryContext;
    }
}
