package io.deltatrace.autoconfigure;

import io.deltatrace.DeltaTraceDatabaseBuilder;
import io.deltatrace.history.Outcome;
import io.deltatrace.storage.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the database.
 *
 * @param enabled whether to set up a database
 * @param history what is kept of the past
 * @param storage how the database is kept on files
 * @param cause who is said to have asked
 * @param observations metrics and traces
 * @param events events of the application
 */
@ConfigurationProperties("deltatrace")
public record DeltaTraceProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue History history,
        @DefaultValue Storage storage,
        @DefaultValue Cause cause,
        @DefaultValue Observations observations,
        @DefaultValue Events events) {

    /**
     * What is kept of the past.
     *
     * @param limit how many of the newest history entries are kept in memory, from 1
     * @param record which requests are recorded beside the applied ones
     */
    public record History(
            @DefaultValue("" + DeltaTraceDatabaseBuilder.DEFAULT_HISTORY_LIMIT)
            int limit,

            @DefaultValue({"failed", "denied"}) Set<Outcome> record) {

        /** Rejects a limit below 1. */
        public History {
            if (limit < 1) {
                throw new IllegalArgumentException("deltatrace.history.limit must be at least 1: " + limit);
            }
        }
    }

    /**
     * Who is said to have asked.
     *
     * @param aiAuthority the authority of principals that are artificial agents
     */
    public record Cause(@DefaultValue("ROLE_AI") String aiAuthority) {}

    /**
     * Metrics and traces.
     *
     * @param enabled whether requests are observed and the database has meters
     * @param maxCollections how many collections are told apart by name; those beyond are counted together as "other"
     */
    public record Observations(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("100") int maxCollections) {

        /** Rejects a negative number. */
        public Observations {
            if (maxCollections < 0) {
                throw new IllegalArgumentException(
                        "deltatrace.observations.max-collections must not be negative: " + maxCollections);
            }
        }
    }

    /**
     * Events of the application.
     *
     * @param enabled whether an event is published after each commit
     */
    public record Events(@DefaultValue("true") boolean enabled) {}

    /**
     * How the database is kept on files.
     *
     * @param directory the directory; the database is in memory if there is none
     * @param durability what a write has survived when it returns
     * @param syncInterval how often the journal is forced to the disk, with durability "interval"
     * @param segmentSize how large a file of the journal gets before there is another one
     * @param snapshotEntries after how many entries there is another snapshot at the latest
     * @param snapshotSize after how much journal there is another snapshot at the latest
     * @param checkOnOpen whether to compare the whole journal with its checksums at the start
     * @param readOnly whether to open the directory only to look at it
     */
    public record Storage(
            @Nullable Path directory,
            @DefaultValue("always") Durability durability,
            @DefaultValue("1s") Duration syncInterval,
            @DefaultValue("64MB") DataSize segmentSize,
            @DefaultValue("10000") long snapshotEntries,
            @DefaultValue("64MB") DataSize snapshotSize,
            @DefaultValue("true") boolean checkOnOpen,
            @DefaultValue("false") boolean readOnly) {

        /** Rejects a database in memory that is read-only: it would be empty for good. */
        public Storage {
            if (readOnly && directory == null) {
                throw new IllegalArgumentException("deltatrace.storage.read-only needs deltatrace.storage.directory");
            }
        }
    }
}
