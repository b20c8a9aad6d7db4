package io.deltatrace.history;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.ActorType;
import io.deltatrace.cause.Cause;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a history are wanted, and in what order. Immutable; what is said of it adds up.
 *
 * @param collection only those that asked about the collection; null for any
 * @param actor only those whose cause names the actor with this id; null for any
 * @param after only those with a greater revision
 * @param before only those with a smaller revision
 * @param oldestFirst whether the oldest come first; otherwise the newest do
 * @param limit how many at most, from 1
 * @param others whatever else is asked of an entry
 */
public record HistoryFilter(
        @Nullable String collection,
        @Nullable String actor,
        long after,
        long before,
        boolean oldestFirst,
        int limit,
        Predicate<HistoryEntry> others) {

    /** How many entries there are in a page unless something else is asked for. */
    public static final int DEFAULT_LIMIT = 50;

    private static final HistoryFilter ALL =
            new HistoryFilter(null, null, 0, Long.MAX_VALUE, false, DEFAULT_LIMIT, entry -> true);

    /** Rejects an empty page. */
    public HistoryFilter {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit must be at least 1: " + limit);
        }
    }

    /** The newest entries. */
    public static HistoryFilter all() {
        return ALL;
    }

    /** The newest entries that asked about a collection. */
    public static HistoryFilter collection(String name) {
        return new HistoryFilter(name, null, ALL.after, ALL.before, ALL.oldestFirst, ALL.limit, ALL.others);
    }

    /** This filter for one actor, by id. */
    public HistoryFilter actor(String id) {
        return new HistoryFilter(collection, id, after, before, oldestFirst, limit, others);
    }

    /** This filter for actors of a type. */
    public HistoryFilter actorType(ActorType type) {
        return and(entry -> {
            Actor who = who(entry);
            return who != null && who.type() == type;
        });
    }

    /** This filter for requests that have a query of a type. */
    public HistoryFilter queryType(QueryType type) {
        return and(entry -> entry.request().queryTypes().contains(type));
    }

    /** This filter for requests with an outcome. */
    public HistoryFilter outcome(Outcome outcome) {
        return and(entry -> entry.outcome() == outcome);
    }

    /** This filter for entries at or after an instant. */
    public HistoryFilter from(Instant start) {
        return and(entry -> !entry.committedAt().isBefore(start));
    }

    /** This filter for entries before an instant. */
    public HistoryFilter until(Instant end) {
        return and(entry -> entry.committedAt().isBefore(end));
    }

    /** This filter for entries that have a text in what was done or why, in any case. */
    public HistoryFilter text(String part) {
        String wanted = part.toLowerCase(Locale.ROOT);
        return and(entry -> {
            Cause cause = entry.request().cause();
            return cause != null
                    && Stream.of(cause.what() == null ? "" : cause.what(), cause.why() == null ? "" : cause.why())
                            .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
        });
    }

    /** This filter for entries with a greater revision: the next page, oldest first, after the one that ended with it. */
    public HistoryFilter after(long revision) {
        return new HistoryFilter(collection, actor, revision, before, oldestFirst, limit, others);
    }

    /** This filter for entries with a smaller revision: the next page, newest first, after the one that ended with it. */
    public HistoryFilter before(long revision) {
        return new HistoryFilter(collection, actor, after, revision, oldestFirst, limit, others);
    }

    /** This filter with the oldest entries first. */
    public HistoryFilter fromTheOldest() {
        return new HistoryFilter(collection, actor, after, before, true, limit, others);
    }

    /** This filter with another page size. */
    public HistoryFilter limit(int count) {
        return new HistoryFilter(collection, actor, after, before, oldestFirst, count, others);
    }

    private HistoryFilter and(Predicate<HistoryEntry> condition) {
        return new HistoryFilter(collection, actor, after, before, oldestFirst, limit, others.and(condition));
    }

    /** Whether an entry is wanted. */
    public boolean accepts(HistoryEntry entry) {
        return entry.revision() > after
                && entry.revision() < before
                && (actor == null || isBy(entry, actor))
                && (collection == null || entry.collections().contains(collection))
                && others.test(entry);
    }

    private static boolean isBy(HistoryEntry entry, String id) {
        Actor who = who(entry);
        return who != null && who.id().equals(id);
    }

    private static @Nullable Actor who(HistoryEntry entry) {
        Cause cause = entry.request().cause();
        return cause == null ? null : cause.who();
    }
}
