package io.deltatrace.cause;

import io.deltatrace.document.Document;
import io.deltatrace.document.Timestamps;
import io.deltatrace.document.Values;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place that an operation passed, and when.
 *
 * @param timestamp when it was there
 * @param location where, such as {@code browser}, {@code gateway} or {@code server}
 * @param context anything else worth keeping
 */
public record TimestampNode(
        Instant timestamp,
        @Nullable String location,
        @Nullable Document context) {

    /** Requires a timestamp with a year of four digits. */
    public TimestampNode {
        Values.requireTextOrNull(location);
        Timestamps.requireWritable(Objects.requireNonNull(timestamp, "timestamp"));
    }
}
