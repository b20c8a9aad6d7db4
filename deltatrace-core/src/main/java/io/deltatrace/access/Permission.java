package io.deltatrace.access;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query types that are allowed on one collection.
 *
 * @param allows the types, unordered
 */
public record Permission(Set<QueryType> allows) {

    /** Copies the types. */
    public Permission {
        allows = Set.copyOf(allows);
    }

    /** The permission for the given types only. */
    public static Permission of(QueryType... types) {
        return new Permission(Set.of(types));
    }

    /**
     * Why permissions, by collection, do not allow queries of a type on a collection; null if they do. A collection that is not
     * listed allows nothing.
     */
    public static @Nullable String denial(Map<String, Permission> permissions, String collection, QueryType type) {
        Permission permission = permissions.get(collection);
        return permission != null && permission.allows(type)
                ? null
                : "Not permitted: " + type.wireName() + " on '" + collection + "'";
    }

    /** Whether queries of the type are allowed. */
    public boolean allows(QueryType type) {
        return allows.contains(type);
    }
}
