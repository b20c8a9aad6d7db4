package io.deltatrace.history;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.ActorType;
import io.deltatrace.cause.Cause;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a history are wanted, and in what order. Immutable; what is said of it adds up.
 *
 * @param terms what the entries must say; a history has an index of it
 * @param from only those at or after the instant; null for any
 * @param until only those before the instant; null for any
 * @param text only those that have the text in what was done or why, in any case; null for any
 * @param after only those with a greater revision
 * @param before only those with a smaller revision
 * @param oldestFirst whether the oldest come first; otherwise the newest do
 * @param limit how many at most, from 1
 */
public record HistoryFilter(
        Map<Term, String> terms,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable String text,
        long after,
        long before,
        boolean oldestFirst,
        int limit) {

    /** Something that an entry says in a few words. */
    public enum Term {
        /** The name of a collection that it asked about or changed. */
        COLLECTION,
        /** The id of who asked. */
        ACTOR,
        /** What kind of actor asked. */
        ACTOR_TYPE,
        /** The type of a query in it. */
        QUERY_TYPE,
        /** What became of it. */
        OUTCOME;

        /** What an entry says. */
        public List<String> valuesOf(HistoryEntry entry) {
            return switch (this) {
                case COLLECTION -> entry.collections();
                case ACTOR -> ofActor(entry, Actor::id);
                case ACTOR_TYPE -> ofActor(entry, who -> who.type().wireName());
                case QUERY_TYPE ->
                    entry.request().queryTypes().stream()
                            .map(QueryType::wireName)
                            .toList();
                case OUTCOME -> List.of(entry.outcome().wireName());
            };
        }

        private static List<String> ofActor(HistoryEntry entry, Function<Actor, String> value) {
            Cause cause = entry.request().cause();
            Actor who = cause == null ? null : cause.who();
            return who == null ? List.of() : List.of(value.apply(who));
        }
    }

    /** How many entries there are in a page unless something else is asked for. */
    public static final int DEFAULT_LIMIT = 50;

    private static final HistoryFilter ALL =
            new HistoryFilter(Map.of(), null, null, null, 0, Long.MAX_VALUE, false, DEFAULT_LIMIT);

    /** Copies the terms; rejects an empty page. */
    public HistoryFilter {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit must be at least 1: " + limit);
        }
        terms = terms.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(terms));
    }

    /** The newest entries. */
    public static HistoryFilter all() {
        return ALL;
    }

    /** The newest entries that asked about a collection. */
    public static HistoryFilter collection(String name) {
        return ALL.with(Term.COLLECTION, name);
    }

    /** This filter for one actor, by id. */
    public HistoryFilter actor(String id) {
        return with(Term.ACTOR, id);
    }

    /** This filter for actors of a type. */
    public HistoryFilter actorType(ActorType type) {
        return with(Term.ACTOR_TYPE, type.wireName());
    }

    /** This filter for requests that have a query of a type. */
    public HistoryFilter queryType(QueryType type) {
        return with(Term.QUERY_TYPE, type.wireName());
    }

    /** This filter for requests with an outcome. */
    public HistoryFilter outcome(Outcome outcome) {
        return with(Term.OUTCOME, outcome.wireName());
    }

    /** This filter for entries at or after an instant. */
    public HistoryFilter from(Instant start) {
        return new HistoryFilter(terms, start, until, text, after, before, oldestFirst, limit);
    }

    /** This filter for entries before an instant. */
    public HistoryFilter until(Instant end) {
        return new HistoryFilter(terms, from, end, text, after, before, oldestFirst, limit);
    }

    /** This filter for entries that have a text in what was done or why, in any case. */
    public HistoryFilter text(String part) {
        return new HistoryFilter(terms, from, until, part, after, before, oldestFirst, limit);
    }

    /** This filter for entries with a greater revision: the next page, oldest first, after the one that ended with it. */
    public HistoryFilter after(long revision) {
        return new HistoryFilter(terms, from, until, text, revision, before, oldestFirst, limit);
    }

    /** This filter for entries with a smaller revision: the next page, newest first, after the one that ended with it. */
    public HistoryFilter before(long revision) {
        return new HistoryFilter(terms, from, until, text, after, revision, oldestFirst, limit);
    }

    /** This filter with the oldest entries first. */
    public HistoryFilter fromTheOldest() {
        return new HistoryFilter(terms, from, until, text, after, before, true, limit);
    }

    /** This filter with another page size. */
    public HistoryFilter limit(int count) {
        return new HistoryFilter(terms, from, until, text, after, before, oldestFirst, count);
    }

    private HistoryFilter with(Term term, String value) {
        Map<Term, String> more = new EnumMap<>(Term.class);
        more.putAll(terms);
        more.put(term, value);
        return new HistoryFilter(more, from, until, text, after, before, oldestFirst, limit);
    }

    /** Whether an entry is wanted. */
    public boolean accepts(HistoryEntry entry) {
        return entry.revision() > after
                && entry.revision() < before
                && (from == null || !entry.committedAt().isBefore(from))
                && (until == null || entry.committedAt().isBefore(until))
                && terms.entrySet().stream()
                        .allMatch(term -> term.getKey().valuesOf(entry).contains(term.getValue()))
                && (text == null || hasText(entry, text));
    }

    private static boolean hasText(HistoryEntry entry, String part) {
        String wanted = part.toLowerCase(Locale.ROOT);
        Cause cause = entry.request().cause();
        return cause != null
                && Stream.of(cause.what() == null ? "" : cause.what(), cause.why() == null ? "" : cause.why())
                        .anyMatch(said -> said.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
