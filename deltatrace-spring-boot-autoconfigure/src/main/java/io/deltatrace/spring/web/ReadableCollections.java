package io.deltatrace.spring.web;

import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The collections of which a client is told changes.
 *
 * @param grants what the client may do
 * @param named those that the client asked for; all that it may read if there are none
 */
record ReadableCollections(Grants grants, Set<String> named) implements Predicate<String> {

    @Override
    public boolean test(String collection) {
        return (named.isEmpty() || named.contains(collection)) && grants.mayRead(collection);
    }

    /** Why the client may not be told of them; null if it may. */
    @Nullable
    String denial() {
        if (named.isEmpty()) {
            return grants.mayReadAny() ? null : "Not permitted: search on any collection";
        }
        return named.stream()
                .filter(collection -> !grants.mayRead(collection))
                .findFirst()
                .map(collection -> "Not permitted: search on '" + collection + "'")
                .orElse(null);
    }
}
