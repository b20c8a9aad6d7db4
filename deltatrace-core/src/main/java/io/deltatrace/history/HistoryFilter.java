package io.deltatrace.history;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a history are wanted; they come newest first.
 *
 * @param collection only those that wrote to the collection; null for any
 * @param actor only those whose cause names the actor with this id; null for any
 * @param before only those with a smaller revision
 * @param limit how many at most, from 1
 */
public record HistoryFilter(
        @Nullable String collection, @Nullable String actor, long before, int limit) {

    /** How many entries there are in a page unless something else is asked for. */
    public static final int DEFAULT_LIMIT = 50;

    /** Rejects an empty page. */
    public HistoryFilter {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit must be at least 1: " + limit);
        }
    }

    /** The newest entries. */
    public static HistoryFilter all() {
        return new HistoryFilter(null, null, Long.MAX_VALUE, DEFAULT_LIMIT);
    }

    /** The newest entries that wrote to a collection. */
    public static HistoryFilter collection(String name) {
        return new HistoryFilter(name, null, Long.MAX_VALUE, DEFAULT_LIMIT);
    }

    /** This filter for one actor. */
    public HistoryFilter actor(String id) {
        return new HistoryFilter(collection, id, before, limit);
    }

    /** This filter for entries with a smaller revision: the next page after the one that ended with it. */
    public HistoryFilter before(long revision) {
        return new HistoryFilter(collection, actor, revision, limit);
    }

    /** This filter with another page size. */
    public HistoryFilter limit(int count) {
        return new HistoryFilter(collection, actor, before, count);
    }

    /** Whether an entry is wanted. */
    public boolean accepts(HistoryEntry entry) {
        Cause cause = entry.request().cause();
        Actor who = cause == null ? null : cause.who();
        return entry.revision() < before
                && (actor == null || (who != null && actor.equals(who.id())))
                && (collection == null
                        || entry.effects().stream().anyMatch(effect -> collection.equals(effect.collection())));
    }
}
