package io.deltatrace.query;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Queries that all happen or none. They run in order, each sees what those before it did, and nobody else sees anything until
 * all are done. A {@link MergeQuery} or {@link RemoveCollectionQuery} among them makes the whole fail.
 *
 * <p>In wire JSON a transaction has no cause of its own; its cause is that of the first query that has one.
 *
 * @param queries in the order in which they run
 */
public record TransactionQuery(List<Query> queries) implements Request {

    /** Copies the queries. */
    public TransactionQuery {
        queries = List.copyOf(queries);
    }

    /** A transaction of the given queries. */
    public static TransactionQuery of(Query... queries) {
        return new TransactionQuery(Arrays.asList(queries));
    }

    @Override
    public @Nullable Cause cause() {
        return queries.stream()
                .map(Query::cause)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** This transaction with the cause in every query that has none. */
    @Override
    public TransactionQuery because(Cause cause) {
        return new TransactionQuery(queries.stream()
                .map(query -> query.cause() == null ? query.because(cause) : query)
                .toList());
    }

    @Override
    public TransactionQuery completedBy(CauseProvider provider) {
        return new TransactionQuery(
                queries.stream().map(query -> query.completedBy(provider)).toList());
    }

    @Override
    public List<String> collectionNames() {
        return queries.stream()
                .flatMap(query -> query.collectionNames().stream())
                .distinct()
                .toList();
    }

    @Override
    public Set<QueryType> queryTypes() {
        return queries.stream().map(Query::type).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public @Nullable String denialUnder(Map<String, Permission> permissions) {
        return queries.stream()
                .map(query -> query.denialUnder(permissions))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean isWrite() {
        return queries.stream().anyMatch(Query::isWrite);
    }
}
