package io.deltatrace.internal.engine;

import io.deltatrace.index.Index;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which collections have which indexes, whether or not they are there yet. It is part of how a database is set up and not of
 * its data: it is in no state's hash, in no file and in no entry. Immutable, except that uses are counted.
 */
public final class DeclaredIndexes {

    /** No indexes. */
    public static final DeclaredIndexes NONE = new DeclaredIndexes(Map.of());

    /** Without documents. */
    private final Map<String, CollectionIndexes> empty;

    private DeclaredIndexes(Map<String, CollectionIndexes> empty) {
        this.empty = Map.copyOf(empty);
    }

    /** Indexes by the name of their collection. */
    public static DeclaredIndexes of(Map<String, List<Index>> declared) {
        Map<String, CollectionIndexes> empty = new HashMap<>();
        declared.forEach((collection, indexes) -> empty.put(collection, CollectionIndexes.of(indexes)));
        return new DeclaredIndexes(empty);
    }

    /** Those of a collection without documents. */
    CollectionIndexes of(String collection) {
        return empty.getOrDefault(collection, CollectionIndexes.NONE);
    }
}
