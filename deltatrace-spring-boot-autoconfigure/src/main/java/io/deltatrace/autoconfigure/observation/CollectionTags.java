package io.deltatrace.autoconfigure.observation;

import io.deltatrace.DeltaTraceDatabase;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The names of collections that metrics and traces may have: the first so many that were seen in the database. All others are
 * {@value #OTHER}, so that nobody can make more time series by asking for collections that are not there, nor without end by
 * making some. Thread-safe.
 */
final class CollectionTags {

    static final String OTHER = "other";

    private final ObjectProvider<DeltaTraceDatabase> databases;
    private final int limit;
    private final AtomicReference<Set<String>> known = new AtomicReference<>(Set.of());

    CollectionTags(ObjectProvider<DeltaTraceDatabase> databases, int limit) {
        this.databases = databases;
        this.limit = limit;
    }

    /** The collection's own name, or {@value #OTHER}. */
    String of(String collection) {
        Set<String> present = known.get();
        if (present.contains(collection)) {
            return collection;
        }
        if (present.size() >= limit || !exists(collection)) {
            return OTHER;
        }
        return known.updateAndGet(names -> with(names, collection)).contains(collection) ? collection : OTHER;
    }

    private Set<String> with(Set<String> names, String collection) {
        if (names.size() >= limit) {
            return names;
        }
        Set<String> more = new HashSet<>(names);
        more.add(collection);
        return Set.copyOf(more);
    }

    private boolean exists(String collection) {
        DeltaTraceDatabase database = databases.getIfUnique();
        try {
            return database != null && database.collections().contains(collection);
        } catch (IllegalStateException e) {
            // It was closed just now.
            return false;
        }
    }
}
