package io.deltatrace.access;

import java.util.Set;

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

    /** Whether queries of the type are allowed. */
    public boolean allows(QueryType type) {
        return allows.contains(type);
    }
}
