package io.deltatrace.query;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Values;
import org.jspecify.annotations.Nullable;

/**
 * Renames a top-level field in every document of a collection.
 *
 * @param target the collection
 * @param before the name that every document must have
 * @param after the name that none may have
 * @param returning whether the result has the changed documents
 * @param mustAffectAtLeastOne whether it fails if the collection is empty
 * @param cause why it happens
 */
public record RenameFieldQuery(
        String target,
        String before,
        String after,
        boolean returning,
        boolean mustAffectAtLeastOne,
        @Nullable Cause cause)
        implements WriteQuery {

    /** Requires collection and both names. */
    public RenameFieldQuery {
        Values.requireText(target);
        Values.requireText(before);
        Values.requireText(after);
    }

    @Override
    public QueryType type() {
        return QueryType.RENAME_FIELD;
    }

    /** This query, with the changed documents in its result. */
    public RenameFieldQuery returnData() {
        return new RenameFieldQuery(target, before, after, true, mustAffectAtLeastOne, cause);
    }

    @Override
    public RenameFieldQuery mayAffectNone() {
        return new RenameFieldQuery(target, before, after, returning, false, cause);
    }

    @Override
    public RenameFieldQuery because(Cause reason) {
        return new RenameFieldQuery(target, before, after, returning, mustAffectAtLeastOne, reason);
    }

    @Override
    public <R> R accept(QueryVisitor<R> visitor) {
        return visitor.renameField(this);
    }
}
