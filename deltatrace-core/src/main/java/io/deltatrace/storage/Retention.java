package io.deltatrace.storage;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of the history is kept. The current data is never touched.
 *
 * @param entries how many of the newest entries; 0 for any number
 * @param age how old entries may be; null for any age
 * @param archive where the files that are no longer needed are copied to before they are deleted; null for
 *     nowhere
 */
public record Retention(
        long entries, @Nullable Duration age, @Nullable Path archive) {

    /** Rejects negative numbers. */
    public Retention {
        if (entries < 0 || (age != null && age.isNegative())) {
            throw new IllegalArgumentException("What is retained must not be negative");
        }
    }

    /** Keeps the newest entries, from 1. */
    public static Retention entries(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("At least one entry must be retained: " + count);
        }
        return new Retention(count, null, null);
    }

    /** Keeps what is not older. */
    public static Retention age(Duration age) {
        return new Retention(0, age, null);
    }

    /**
     * This retention, with the files that are no longer needed copied to a directory before they are deleted. It replaces files
     * there that have the same names, so each database needs its own.
     */
    public Retention archivingTo(Path directory) {
        return new Retention(entries, age, directory);
    }
}
