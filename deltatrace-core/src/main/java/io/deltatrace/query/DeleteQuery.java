package io.deltatrace.query;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Values;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Removes the documents that meet a condition.
 *
 * @param target the collection
 * @param condition which documents
 * @param onlyFirst whether only the first one is removed
 * @param sort the order of the removed documents in the result
 * @param returning whether the result has the removed documents; one alone is always there
 * @param mustAffectAtLeastOne whether it fails if it changes nothing
 * @param cause why it happens
 */
public record DeleteQuery(
        String target,
        Condition condition,
        boolean onlyFirst,
        @Nullable Sort sort,
        boolean returning,
        boolean mustAffectAtLeastOne,
        @Nullable Cause cause)
        implements WriteQuery {

    /** Requires collection and condition. */
    public DeleteQuery {
        Values.requireText(target);
        Objects.requireNonNull(condition, "condition");
    }

    @Override
    public QueryType type() {
        return onlyFirst ? QueryType.DELETE_ONE : QueryType.DELETE;
    }

    /** This query, with the removed documents in its result in the given order. */
    public DeleteQuery sort(Sort order) {
        return new DeleteQuery(target, condition, onlyFirst, order, returning, mustAffectAtLeastOne, cause);
    }

    /** This query, with the removed documents in its result. */
    public DeleteQuery returnData() {
        return new DeleteQuery(target, condition, onlyFirst, sort, true, mustAffectAtLeastOne, cause);
    }

    @Override
    public DeleteQuery mayAffectNone() {
        return new DeleteQuery(target, condition, onlyFirst, sort, returning, false, cause);
    }

    @Override
    public DeleteQuery because(Cause reason) {
        return new DeleteQuery(target, condition, onlyFirst, sort, returning, mustAffectAtLeastOne, reason);
    }

    @Override
    public <R> R accept(QueryVisitor<R> visitor) {
        return visitor.delete(this);
    }
}
