package io.deltatrace.autoconfigure.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is told of an observed request. It has nothing of what the request holds or finds, so that no key, log or trace that is
 * made of it can show values of documents.
 */
public final class DeltaTraceQueryContext extends Observation.Context {

    private final String type;
    private String collection;
    private String outcome = "unknown";
    private @Nullable Long revision;

    DeltaTraceQueryContext(String type, String collection) {
        this.type = type;
        this.collection = collection;
    }

    void ended(String collectionNow, String how, @Nullable Long seen) {
        collection = collectionNow;
        outcome = how;
        revision = seen;
    }

    /** The collection; {@code several} or {@code none}; or {@code other} for one that is unknown or one too many. */
    public String collection() {
        return collection;
    }

    /** The type of the query as in wire JSON, {@code transaction}, {@code restore} or {@code revert}. */
    public String type() {
        return type;
    }

    /** {@code applied}, {@code failed}, {@code denied}, {@code read} or {@code error}; {@code unknown} until it has ended. */
    public String outcome() {
        return outcome;
    }

    /** The revision of the request's entry, or of the state that it saw; null until it has ended, and after an error. */
    public @Nullable Long revision() {
        return revision;
    }
}
