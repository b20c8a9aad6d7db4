package io.deltatrace.autoconfigure.event;

import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryEntry.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An application event: something was committed. It is published once per commit, when that is durable and can be read, on the
 * thread that made it; the caller waits for listeners that are not asynchronous. What a listener throws is logged, and the commit
 * stands.
 *
 * @param entry what was committed, by whom and why
 */
public record DeltaTraceCommitEvent(HistoryEntry entry) {

    /** Needs an entry. */
    public DeltaTraceCommitEvent {
        Objects.requireNonNull(entry, "entry");
    }

    /** The revision of the entry. */
    public long revision() {
        return entry.revision();
    }

    /** When it was committed. */
    public Instant committedAt() {
        return entry.committedAt();
    }

    /** The collections that were written to, each once. */
    public List<String> collections() {
        return entry.effects().stream().map(Effect::collection).distinct().toList();
    }

    /** Whether the collection was written to; for the condition of a listener. */
    public boolean wroteTo(String collection) {
        return collections().contains(collection);
    }

    /** Who did it, when, what, why and from where; null only if a {@code CauseProvider} says nothing. */
    public @Nullable Cause cause() {
        return entry.request().cause();
    }

    /** Without any values of documents, because it may be logged. */
    @Override
    public String toString() {
        return "DeltaTraceCommitEvent[revision=" + revision() + ", committedAt=" + committedAt() + ", collections="
                + collections() + "]";
    }
}
