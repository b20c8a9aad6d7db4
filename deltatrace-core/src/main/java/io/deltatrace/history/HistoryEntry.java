package io.deltatrace.history;

import io.deltatrace.access.QueryType;
import io.deltatrace.document.Timestamps;
import io.deltatrace.query.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request, and what came of it.
 *
 * @param revision its number, from 1 and without gaps
 * @param committedAt when it was decided; never earlier than the entry before it
 * @param clockSetBackTo what the clock said, if that was earlier than the entry before it; null otherwise
 * @param outcome what became of it; only an applied one changed anything
 * @param request what was asked for, with its cause
 * @param effects what each of its writes did, in order; empty if it was not applied
 * @param errorMessage why it was not applied; null if it was, or only read
 * @param link its place in the chain of hashes; null only for an entry that is in no history
 */
public record HistoryEntry(
        long revision,
        Instant committedAt,
        @Nullable Instant clockSetBackTo,
        Outcome outcome,
        Request request,
        List<Effect> effects,
        @Nullable String errorMessage,
        @Nullable Link link) {

    /**
     * What a write did to a collection.
     *
     * @param collection its name
     * @param type what the write was
     * @param updateCount how many documents it added, changed or removed
     * @param collectionSize how many documents there were afterwards
     */
    public record Effect(String collection, QueryType type, long updateCount, long collectionSize) {}

    /**
     * What ties an entry to all entries before it, so that none of them can be changed without a trace.
     *
     * @param previousHash the hash of the entry before it
     * @param hash the SHA-256 of the entry as a line of the journal without its hash, in hexadecimal; the line names the
     *     previous hash
     */
    public record Link(String previousHash, String hash) {}

    /** Copies the effects. */
    public HistoryEntry {
        Timestamps.requireWritable(committedAt);
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(request, "request");
        effects = List.copyOf(effects);
    }

    /** This entry in a chain. */
    public HistoryEntry linked(Link newLink) {
        return new HistoryEntry(
                revision, committedAt, clockSetBackTo, outcome, request, effects, errorMessage, newLink);
    }

    /** How many documents were added, changed or removed. */
    public long updateCount() {
        return effects.stream().mapToLong(Effect::updateCount).sum();
    }

    /** Without what was asked for, its cause and its failure: it may be logged, and these may have values of documents in them. */
    @Override
    public String toString() {
        return "HistoryEntry[revision=" + revision + ", committedAt=" + committedAt + ", outcome=" + outcome
                + ", types=" + request.queryTypes() + ", collections=" + collections() + "]";
    }

    /** The collections that were asked about or changed, each once. */
    public List<String> collections() {
        List<String> asked = request.collectionNames();
        List<String> all = asked;
        for (Effect effect : effects) {
            if (!all.contains(effect.collection())) {
                // Nearly always those that were changed are those that were asked about.
                all = all == asked ? new ArrayList<>(asked) : all;
                all.add(effect.collection());
            }
        }
        return List.copyOf(all);
    }
}
