package io.deltatrace.history;

import io.deltatrace.access.QueryType;
import io.deltatrace.query.Request;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request, and what came of it.
 *
 * @param revision its number, from 1 and without gaps
 * @param committedAt when it was decided; never earlier than the entry before it
 * @param outcome what became of it; only an applied one changed anything
 * @param request what was asked for, with its cause
 * @param effects what each of its writes did, in order; empty if it was not applied
 * @param errorMessage why it was not applied; null if it was, or only read
 */
public record HistoryEntry(
        long revision,
        Instant committedAt,
        Outcome outcome,
        Request request,
        List<Effect> effects,
        @Nullable String errorMessage) {

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
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(request, "request");
        effects = List.copyOf(effects);
    }

    /** How many documents were added, changed or removed. */
    public long updateCount() {
        return effects.stream().mapToLong(Effect::updateCount).sum();
    }

    /** The collections that were asked about or changed, each once. */
    public List<String> collections() {
        return Stream.concat(
                        request.collectionNames().stream(), effects.stream().map(Effect::collection))
                .distinct()
                .toList();
    }
}
