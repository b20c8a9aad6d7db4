package io.deltatrace.query;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Values;
import org.jspecify.annotations.Nullable;

/**
 * Counts the documents of a collection.
 *
 * @param target the collection
 * @param cause why it happens
 */
public record CountQuery(String target, @Nullable Cause cause) implements ReadQuery {

    /** Requires the collection. */
    public CountQuery {
        Values.requireText(target);
    }

    @Override
    public QueryType type() {
        return QueryType.COUNT;
    }

    @Override
    public CountQuery because(Cause reason) {
        return new CountQuery(target, reason);
    }

    @Override
    public <R> R accept(QueryVisitor<R> visitor) {
        return visitor.count(this);
    }
}
