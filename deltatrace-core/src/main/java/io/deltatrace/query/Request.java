package io.deltatrace.query;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something a database can be asked to do, with the reason for it. */
public sealed interface Request permits Query, TransactionQuery, RestoreRequest, RevertRequest {

    /** Who asks, when, what, why and from where; null if nothing was said. */
    @Nullable
    Cause cause();

    /** This request with a cause. */
    Request because(Cause cause);

    /** This request with the causes of all its queries completed. */
    default Request completedBy(CauseProvider provider) {
        return because(provider.complete(cause()));
    }

    /** The collections that the request asks about, each once. */
    List<String> collectionNames();

    /** What its queries are to do, each once; nothing if it has none. */
    default Set<QueryType> queryTypes() {
        return Set.of();
    }

    /**
     * Why permissions do not allow the request; null if they do. Nothing is read or changed to find out.
     *
     * @param permissions what is allowed, by collection; one that is not listed allows nothing
     */
    @Nullable
    String denialUnder(Map<String, Permission> permissions);

    /** Whether the request may change the database. */
    boolean isWrite();
}
