package io.deltatrace.query;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.document.Values;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents that meet a condition, or all of them.
 *
 * @param target the collection
 * @param condition which documents; null for all
 * @param sort their order; null for the order in which they were added
 * @param paging which part of them
 * @param cause why it happens
 */
public record SearchQuery(
        String target,
        @Nullable Condition condition,
        @Nullable Sort sort,
        Paging paging,
        @Nullable Cause cause) implements ReadQuery {

    /** Requires collection and paging. */
    public SearchQuery {
        Values.requireText(target);
        Objects.requireNonNull(paging, "paging");
    }

    @Override
    public QueryType type() {
        return condition == null ? QueryType.GET_ALL : QueryType.SEARCH;
    }

    /** This query in the given order. */
    public SearchQuery sort(Sort order) {
        return new SearchQuery(target, condition, order, paging, cause);
    }

    /** This query without the first documents, as many as the given number. */
    public SearchQuery offset(int count) {
        return page(new Paging(count, paging.startAfter(), paging.endBefore(), paging.limit()));
    }

    /** This query, starting after the first found document that is equal to the given one. */
    public SearchQuery startAfter(Object document) {
        return page(new Paging(paging.offset(), Document.of(document), paging.endBefore(), paging.limit()));
    }

    /** This query, ending before the first found document that is equal to the given one. */
    public SearchQuery endBefore(Object document) {
        return page(new Paging(paging.offset(), paging.startAfter(), Document.of(document), paging.limit()));
    }

    /** This query with at most that many documents. */
    public SearchQuery limit(int count) {
        return page(new Paging(paging.offset(), paging.startAfter(), paging.endBefore(), count));
    }

    private SearchQuery page(Paging part) {
        return new SearchQuery(target, condition, sort, part, cause);
    }

    @Override
    public SearchQuery because(Cause reason) {
        return new SearchQuery(target, condition, sort, paging, reason);
    }

    @Override
    public <R> R accept(QueryVisitor<R> visitor) {
        return visitor.search(this);
    }
}
