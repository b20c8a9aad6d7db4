package io.deltatrace.query;

import io.deltatrace.cause.Cause;

/** A query that changes its collection. */
public sealed interface WriteQuery extends Query
        permits AddQuery,
                UpdateQuery,
                DeleteQuery,
                ConformQuery,
                RenameFieldQuery,
                ClearQuery,
                RemoveCollectionQuery,
                MergeQuery {

    /** Whether the query fails if it changes nothing; it does unless {@link #mayAffectNone()} was called. */
    boolean mustAffectAtLeastOne();

    /** This query, succeeding even if it changes nothing. */
    WriteQuery mayAffectNone();

    @Override
    WriteQuery because(Cause cause);

    @Override
    default boolean isWrite() {
        return true;
    }
}
