package io.deltatrace.test.autoconfigure;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/** Leaves out what a {@link DataDeltaTraceTest} does not ask for. */
final class DataDeltaTraceTypeExcludeFilter
        extends StandardAnnotationCustomizableTypeExcludeFilter<DataDeltaTraceTest> {

    DataDeltaTraceTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
    }
}
