package io.deltatrace.test.autoconfigure;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Makes the application of a {@link DataDeltaTraceTest}. */
final class DataDeltaTraceTestContextBootstrapper extends TestSliceTestContextBootstrapper<DataDeltaTraceTest> {}
