package io.deltatrace.query;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Values;
import org.jspecify.annotations.Nullable;

/**
 * Removes all documents of a collection.
 *
 * @param target the collection
 * @param resetting whether serial numbers start again at 0
 * @param mustAffectAtLeastOne whether it fails if the collection is empty
 * @param cause why it happens
 */
public record ClearQuery(
        String target,
        boolean resetting,
        boolean mustAffectAtLeastOne,
        @Nullable Cause cause) implements WriteQuery {

    /** Requires the collection. */
    public ClearQuery {
        Values.requireText(target);
    }

    @Override
    public QueryType type() {
        return QueryType.CLEAR;
    }

    /** This query, starting the serial numbers again at 0. */
    public ClearQuery resetSerial() {
        return new ClearQuery(target, true, mustAffectAtLeastOne, cause);
    }

    @Override
    public ClearQuery mayAffectNone() {
        return new ClearQuery(target, resetting, false, cause);
    }

    @Override
    public ClearQuery because(Cause reason) {
        return new ClearQuery(target, resetting, mustAffectAtLeastOne, reason);
    }

    @Override
    public <R> R accept(QueryVisitor<R> visitor) {
        return visitor.clear(this);
    }
}
