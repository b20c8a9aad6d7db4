package io.deltatrace.autoconfigure;

import io.deltatrace.DeltaTraceDatabaseBuilder;

/** A bean that changes how the database is set up, after the properties have. Several are applied in their order. */
@FunctionalInterface
public interface DeltaTraceDatabaseBuilderCustomizer {

    /** Changes the builder. */
    void customize(DeltaTraceDatabaseBuilder builder);
}
