package io.deltatrace.query;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Values;
import java.util.List;
import java.util.Map;
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
        return Stream.concat(Stream.of(merge.output(), target), read())
                .distinct()
                .toList();
    }

    private Stream<String> read() {
        Stream<String> documents = Stream.concat(Stream.of(merge.base()), merge.sources().stream());
        return Stream.concat(documents, Stream.ofNullable(merge.serialBase()));
    }

    /** The target, of which the result tells the size, must be readable too, unless it is the output. */
    @Override
    public @Nullable String denialUnder(Map<String, Permission> permissions) {
        Stream<String> told = target.equals(merge.output()) ? Stream.empty() : Stream.of(target);
        return Stream.concat(read(), told)
                .filter(collection -> Permission.denial(permissions, collection, QueryType.SEARCH_ONE) != null)
                .map(collection -> Permission.denial(permissions, collection, QueryType.SEARCH))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> Permission.denial(permissions, merge.output(), QueryType.MERGE));
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
