package io.deltatrace.storage;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the files of a database are doing.
 *
 * @param directory where they are
 * @param durability what a write has survived when it returns
 * @param readOnly whether it was opened read-only
 * @param revision the newest revision in the journal
 * @param durableRevision the newest revision that is known to be forced to the disk
 * @param lastSync when the journal was last forced to the disk; null if it was opened read-only
 * @param firstRevision the oldest revision in the journal
 * @param oldestState the oldest revision whose state can be had
 * @param segments how many files the journal has
 * @param journalBytes how large they are together
 * @param snapshots how many snapshots there are
 * @param snapshotBytes how large they are together
 * @param newestSnapshot the revision of the newest snapshot; 0 if there is none
 * @param failure why writes are refused; null if they are not
 */
public record StorageStatus(
        Path directory,
        Durability durability,
        boolean readOnly,
        long revision,
        long durableRevision,
        @Nullable Instant lastSync,
        long firstRevision,
        long oldestState,
        int segments,
        long journalBytes,
        int snapshots,
        long snapshotBytes,
        long newestSnapshot,
        @Nullable String failure) {}
