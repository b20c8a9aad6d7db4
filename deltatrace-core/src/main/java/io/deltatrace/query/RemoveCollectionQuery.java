package io.deltatrace.query;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Values;
import org.jspecify.annotations.Nullable;

/**
 * Removes a collection with its documents and its serial number. A transaction cannot hold one.
 *
 * @param target the collection
 * @param mustAffectAtLeastOne whether it fails if the collection is not there
 * @param cause why it happens
 */
public record RemoveCollectionQuery(
        String target,
        boolean mustAffectAtLeastOne,
        @Nullable Cause cause) implements WriteQuery {

    /** Requires the collection. */
    public RemoveCollectionQuery {
        Values.requireText(target);
    }

    @Override
    public QueryType type() {
        return QueryType.REMOVE_COLLECTION;
    }

    @Override
    public RemoveCollectionQuery mayAffectNone() {
        return new RemoveCollectionQuery(target, false, cause);
    }

    @Override
    public RemoveCollectionQuery because(Cause reason) {
        return new RemoveCollectionQuery(target, mustAffectAtLeastOne, reason);
    }

    @Override
    public <R> R accept(QueryVisitor<R> visitor) {
        return visitor.removeCollection(this);
    }
}
