package io.deltatrace.cause;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of an operation through time: the first node is where it began, the last is where it arrived.
 *
 * @param nodes in the order in which they were passed
 */
public record TemporalTrace(List<TimestampNode> nodes) {

    /** Copies the nodes. */
    public TemporalTrace {
        nodes = List.copyOf(nodes);
    }

    /** The trace of an operation that began and arrived at one moment. */
    public static TemporalTrace at(Instant timestamp, @Nullable String location) {
        return new TemporalTrace(List.of(new TimestampNode(timestamp, location, null)));
    }

    /** When the operation began; null if nothing is known. */
    public @Nullable Instant first() {
        return nodes.isEmpty() ? null : nodes.get(0).timestamp();
    }

    /** When the operation arrived; null if nothing is known. */
    public @Nullable Instant last() {
        return nodes.isEmpty() ? null : nodes.get(nodes.size() - 1).timestamp();
    }

    /** This trace with one more node at its end. */
    public TemporalTrace plus(TimestampNode node) {
        List<TimestampNode> more = new ArrayList<>(nodes);
        more.add(node);
        return new TemporalTrace(more);
    }
}
