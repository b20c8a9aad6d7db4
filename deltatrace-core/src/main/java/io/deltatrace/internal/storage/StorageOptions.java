package io.deltatrace.internal.storage;

import io.deltatrace.internal.engine.DeclaredIndexes;
import io.deltatrace.storage.Durability;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a database is kept on files, and how its states are in memory.
 *
 * @param durability what a write has survived when it returns
 * @param syncInterval how often the journal is forced to the disk, with {@link Durability#INTERVAL}
 * @param segmentBytes how large a file of the journal gets before there is another one
 * @param snapshotEntries after how many entries there is another snapshot at the latest
 * @param snapshotBytes after how many bytes of journal there is another snapshot at the latest
 * @param checkOnOpen whether to compare all files of the journal with their checksums when it is opened
 * @param historyLimit how many of the newest entries are kept in memory too
 * @param whenForced is told how long each force of the journal to the disk took
 * @param indexes the indexes that its states have
 */
public record StorageOptions(
        Durability durability,
        Duration syncInterval,
        long segmentBytes,
        long snapshotEntries,
        long snapshotBytes,
        boolean checkOnOpen,
        int historyLimit,
        Consumer<Duration> whenForced,
        DeclaredIndexes indexes) {

    /** What is chosen unless something else is said. */
    public static final StorageOptions DEFAULT =
            new StorageOptions(Durability.ALWAYS, Duration.ofSeconds(1), 64L << 20, 10_000, 64L << 20, true, 10_000);

    /** Rejects what makes no sense. */
    public StorageOptions {
        if (syncInterval.isNegative() || syncInterval.isZero()) {
            throw new IllegalArgumentException("The sync interval must be positive: " + syncInterval);
        }
        if (segmentBytes < 1 || snapshotEntries < 1 || snapshotBytes < 1 || historyLimit < 1) {
            throw new IllegalArgumentException("Sizes and counts must be at least 1");
        }
    }

    /** As those, nobody is told of forces, and there are no indexes. */
    public StorageOptions(
            Durability durability,
            Duration syncInterval,
            long segmentBytes,
            long snapshotEntries,
            long snapshotBytes,
            boolean checkOnOpen,
            int historyLimit) {
        this(
                durability,
                syncInterval,
                segmentBytes,
                snapshotEntries,
                snapshotBytes,
                checkOnOpen,
                historyLimit,
                took -> {},
                DeclaredIndexes.NONE);
    }
}
