package io.deltatrace.query;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Values;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds a new collection from others, which stay as they are. A transaction cannot hold one.
 *
 * @param target the collection that the result speaks of; the base, usually
 * @param merge what is built
 * @param mustAffectAtLeastOne whether it fails if there are no rows
 * @param cause why it happens
 */
public record MergeQuery(
        String target,
        Merge merge,
        boolean mustAffectAtLeastOne,
        @Nullable Cause cause) implements WriteQuery {

    /** Requires target and parameters. */
    public MergeQuery {
        Values.requireText(target);
        Objects.requireNonNull(merge, "merge");
    }

    @Override
    public QueryType type() {
        return QueryType.MERGE;
    }

    @Override
    public List<String> collectionNames() {
        return Stream.of(Stream.of(merge.output(), target, merge.base()), merge.sources().stream())
                .flatMap(names -> names)
                .distinct()
                .toList();
    }

    @Override
    public MergeQuery mayAffectNone() {
        return new MergeQuery(target, merge, false, cause);
    }

    @Override
    public MergeQuery because(Cause reason) {
        return new MergeQuery(target, merge, mustAffectAtLeastOne, reason);
    }

    @Override
    public <R> R accept(QueryVisitor<R> visitor) {
        return visitor.merge(this);
    }
}
