package io.deltatrace.query;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
import io.deltatrace.document.Values;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives every document of a collection the top-level fields of a template: others are dropped, missing ones added.
 *
 * @param target the collection
 * @param template the fields, with the values that missing ones get
 * @param mustAffectAtLeastOne whether it fails if the collection is empty
 * @param cause why it happens
 */
public record ConformQuery(
        String target,
        Document template,
        boolean mustAffectAtLeastOne,
        @Nullable Cause cause) implements WriteQuery {

    /** Requires collection and template. */
    public ConformQuery {
        Values.requireText(target);
        Objects.requireNonNull(template, "template");
    }

    @Override
    public QueryType type() {
        return QueryType.CONFORM_TO_TEMPLATE;
    }

    @Override
    public ConformQuery mayAffectNone() {
        return new ConformQuery(target, template, false, cause);
    }

    @Override
    public ConformQuery because(Cause reason) {
        return new ConformQuery(target, template, mustAffectAtLeastOne, reason);
    }

    @Override
    public <R> R accept(QueryVisitor<R> visitor) {
        return visitor.conform(this);
    }
}
