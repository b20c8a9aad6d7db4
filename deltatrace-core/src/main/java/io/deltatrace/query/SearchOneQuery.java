package io.deltatrace.query;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Values;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first document, in the order in which they were added, that meets a condition.
 *
 * @param target the collection
 * @param condition which document
 * @param cause why it happens
 */
public record SearchOneQuery(
        String target, Condition condition, @Nullable Cause cause) implements ReadQuery {

    /** Requires collection and condition. */
    public SearchOneQuery {
        Values.requireText(target);
        Objects.requireNonNull(condition, "condition");
    }

    @Override
    public QueryType type() {
        return QueryType.SEARCH_ONE;
    }

    @Override
    public SearchOneQuery because(Cause reason) {
        return new SearchOneQuery(target, condition, reason);
    }

    @Override
    public <R> R accept(QueryVisitor<R> visitor) {
        return visitor.searchOne(this);
    }
}
