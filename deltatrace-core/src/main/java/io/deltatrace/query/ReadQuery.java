package io.deltatrace.query;

import io.deltatrace.cause.Cause;

/** A query that changes nothing. */
public sealed interface ReadQuery extends Query permits SearchQuery, SearchOneQuery, CountQuery {

    @Override
    ReadQuery because(Cause cause);

    @Override
    default boolean isWrite() {
        return false;
    }
}
