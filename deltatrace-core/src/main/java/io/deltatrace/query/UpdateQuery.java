package io.deltatrace.query;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.document.Values;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sets fields in the documents that meet a condition. A nested object is replaced, not merged.
 *
 * @param target the collection
 * @param condition which documents
 * @param changes the top-level fields to set
 * @param onlyFirst whether only the first one is changed
 * @param sort the order of the changed documents in the result
 * @param returning whether the result has the changed documents
 * @param mustAffectAtLeastOne whether it fails if it changes nothing
 * @param cause why it happens
 */
public record UpdateQuery(
        String target,
        Condition condition,
        Document changes,
        boolean onlyFirst,
        @Nullable Sort sort,
        boolean returning,
        boolean mustAffectAtLeastOne,
        @Nullable Cause cause)
        implements WriteQuery {

    /** Requires collection, condition and changes. */
    public UpdateQuery {
        Values.requireText(target);
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(changes, "changes");
    }

    @Override
    public QueryType type() {
        return onlyFirst ? QueryType.UPDATE_ONE : QueryType.UPDATE;
    }

    /** This query, with the changed documents in its result in the given order. */
    public UpdateQuery sort(Sort order) {
        return new UpdateQuery(target, condition, changes, onlyFirst, order, returning, mustAffectAtLeastOne, cause);
    }

    /** This query, with the changed documents in its result. */
    public UpdateQuery returnData() {
        return new UpdateQuery(target, condition, changes, onlyFirst, sort, true, mustAffectAtLeastOne, cause);
    }

    @Override
    public UpdateQuery mayAffectNone() {
        return new UpdateQuery(target, condition, changes, onlyFirst, sort, returning, false, cause);
    }

    @Override
    public UpdateQuery because(Cause reason) {
        return new UpdateQuery(target, condition, changes, onlyFirst, sort, returning, mustAffectAtLeastOne, reason);
    }

    @Override
    public <R> R accept(QueryVisitor<R> visitor) {
        return visitor.update(this);
    }
}
