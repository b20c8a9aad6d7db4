package io.deltatrace.internal.engine;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.query.Merge;
import io.deltatrace.query.MergeQuery;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.TransactionQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may do, by collection. A collection that is not listed allows nothing.
 *
 * @param byCollection the permissions
 */
public record Permissions(Map<String, Permission> byCollection) {

    /** Copies the permissions. */
    public Permissions {
        byCollection = Map.copyOf(byCollection);
    }

    /** Why a request is not allowed; null if it is. Nothing that reads or changes a state was done yet. */
    public @Nullable String denialOf(Request request) {
        if (request instanceof Query query) {
            return denialOfQuery(query);
        }
        if (!(request instanceof TransactionQuery transaction)) {
            return "Not permitted: restoring collections";
        }
        for (Query query : transaction.queries()) {
            String denial = denialOfQuery(query);
            if (denial != null) {
                return denial;
            }
        }
        return null;
    }

    private @Nullable String denialOfQuery(Query query) {
        if (!(query instanceof MergeQuery mergeQuery)) {
            return allows(query.target(), query.type()) ? null : denied(query.type(), query.target());
        }
        Merge merge = mergeQuery.merge();
        List<String> read = new ArrayList<>(merge.sources());
        read.add(merge.base());
        if (merge.serialBase() != null) {
            read.add(merge.serialBase());
        }
        for (String collection : read) {
            if (!allows(collection, QueryType.SEARCH) && !allows(collection, QueryType.SEARCH_ONE)) {
                return denied(QueryType.SEARCH, collection);
            }
        }
        return allows(merge.output(), QueryType.MERGE) ? null : denied(QueryType.MERGE, merge.output());
    }

    private boolean allows(String collection, QueryType type) {
        Permission permission = byCollection.get(collection);
        return permission != null && permission.allows(type);
    }

    private static String denied(QueryType type, String collection) {
        return "Not permitted: " + type.wireName() + " on '" + collection + "'";
    }
}
