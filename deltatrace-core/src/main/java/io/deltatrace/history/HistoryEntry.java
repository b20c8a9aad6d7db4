package io.deltatrace.history;

import io.deltatrace.access.QueryType;
import io.deltatrace.query.Request;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A request that was applied, and what came of it.
 *
 * @param revision its number, from 1 and without gaps
 * @param committedAt when it was applied; never earlier than the entry before it
 * @param request what was asked for, with its cause
 * @param effects what each of its writes did, in order
 */
public record HistoryEntry(long revision, Instant committedAt, Request request, List<Effect> effects) {

    /**
     * What a write did to a collection.
     *
     * @param collection its name
     * @param type what the write was
     * @param updateCount how many documents it added, changed or removed
     * @param collectionSize how many documents there were afterwards
     */
    public record Effect(String collection, QueryType type, long updateCount, long collectionSize) {}

    /** Copies the effects. */
    public HistoryEntry {
        Objects.requireNonNull(committedAt, "committedAt");
        Objects.requireNonNull(request, "request");
        effects = List.copyOf(effects);
    }

    /** How many documents were added, changed or removed. */
    public long updateCount() {
        return effects.stream().mapToLong(Effect::updateCount).sum();
    }
}
