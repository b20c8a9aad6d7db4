package io.deltatrace.autoconfigure;

import io.deltatrace.DeltaTraceDatabaseBuilder;
import io.deltatrace.document.FieldPath;
import io.deltatrace.history.Outcome;
import io.deltatrace.index.Index;
import io.deltatrace.storage.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
 * @param cause who is said to have asked, and why
 * @param collections what is to be known of collections, by name
 * @param observations metrics and traces
 * @param events events of the application
 * @param repositories interfaces whose beans Spring Data makes
 * @param transaction what is settled about transactions
 * @param keepObjects whether documents keep the records that were made of them, which takes about the memory of those once more
 * @param slowQueryThreshold how long a request may take before it is logged with its plan; none is logged if there is none
 */
@ConfigurationProperties("deltatrace")
public record DeltaTraceProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue History history,
        @DefaultValue Storage storage,
        @DefaultValue Cause cause,
        @DefaultValue Map<String, Collection> collections,
        @DefaultValue Observations observations,
        @DefaultValue Events events,
        @DefaultValue Repositories repositories,
        @DefaultValue Transaction transaction,
        @DefaultValue("true") boolean keepObjects,
        @Nullable Duration slowQueryThreshold) {

    /** The path of the field that tells the documents of a collection apart. */
    public String keyOf(String collection) {
        Collection known = collections.get(collection);
        return known == null ? Collection.DEFAULT_KEY : known.key();
    }

    /**
     * What is to be known of a collection.
     *
     * @param key the field, as a dotted path, that tells its documents apart
     * @param indexes its indexes
     */
    public record Collection(
            @DefaultValue(DEFAULT_KEY) String key,
            @DefaultValue List<IndexedField> indexes) {

        static final String DEFAULT_KEY = "id";

        /** Rejects a key without a name. */
        public Collection {
            if (key.isBlank()) {
                throw new IllegalArgumentException("deltatrace.collections.<name>.key must be the name of a field");
            }
        }
    }

    /**
     * An index of a collection.
     *
     * @param field the field that it is on, as a dotted path
     * @param kind what it can find
     * @param unique whether no two documents may have the same value there
     */
    public record IndexedField(
            String field,
            @DefaultValue("hash") Index.Kind kind,
            @DefaultValue("false") boolean unique) {

        /** Rejects an index of nothing. */
        public IndexedField {
            if (field == null || field.isBlank()) {
                throw new IllegalArgumentException(
                        "deltatrace.collections.<name>.indexes[].field must be the name of a field");
            }
        }

        Index index() {
            return new Index(FieldPath.of(field), kind, unique);
        }
    }

    /**
     * What is kept of the past.
     *
     * @param limit how many of the newest history entries are kept in memory, from 1
     * @param record which requests are recorded beside the applied ones
     * @param retention what is given up of it, also on files
     */
    public record History(
            @DefaultValue("" + DeltaTraceDatabaseBuilder.DEFAULT_HISTORY_LIMIT)
            int limit,

            @DefaultValue({"failed", "denied"}) Set<Outcome> record,
            @DefaultValue Retention retention) {

        /** Rejects a limit below 1. */
        public History {
            if (limit < 1) {
                throw new IllegalArgumentException("deltatrace.history.limit must be at least 1: " + limit);
            }
        }
    }

    /**
     * Interfaces whose beans Spring Data makes.
     *
     * @param enabled whether to look for them
     */
    public record Repositories(@DefaultValue("true") boolean enabled) {}

    /**
     * Who is said to have asked, and why.
     *
     * @param aiAuthority the authority of principals that are artificial agents
     * @param reasonHeader the HTTP header in which a client says why it changes something
     * @param requestIdHeader the HTTP header that identifies a request, if something before the application sets it
     */
    public record Cause(
            @DefaultValue("ROLE_AI") String aiAuthority,
            @DefaultValue("X-Change-Reason") String reasonHeader,
            @DefaultValue("X-Request-Id") String requestIdHeader) {}

    /**
     * What is settled about transactions.
     *
     * @param lockTimeout how long a write or a transaction waits for another transaction to end
     */
    public record Transaction(@DefaultValue("10s") Duration lockTimeout) {

        /** Rejects a time in which nobody can wait. */
        public Transaction {
            if (lockTimeout.isNegative() || lockTimeout.isZero()) {
                throw new IllegalArgumentException(
                        "deltatrace.transaction.lock-timeout must be positive: " + lockTimeout);
            }
        }
    }

    /**
     * What of the history is given up. Nothing is, unless an age or a number of entries says so; if both do, whichever gives up
     * more counts.
     *
     * @param age how old history may get
     * @param entries how many of the newest entries are kept
     * @param archive the directory that files which are no longer needed are copied to before they are deleted; they are only
     *     deleted if there is none
     * @param interval how often old history is looked for
     */
    public record Retention(
            @Nullable Duration age,
            @Nullable Long entries,
            @Nullable Path archive,
            @DefaultValue("1h") Duration interval) {

        /** Rejects what would give up everything, or never happen. */
        public Retention {
            if (age != null && (age.isNegative() || age.isZero())) {
                throw new IllegalArgumentException("deltatrace.history.retention.age must be positive: " + age);
            }
            if (entries != null && entries < 1) {
                throw new IllegalArgumentException(
                        "deltatrace.history.retention.entries must be at least 1: " + entries);
            }
            if (interval.isNegative() || interval.isZero()) {
                throw new IllegalArgumentException(
                        "deltatrace.history.retention.interval must be positive: " + interval);
            }
            if (archive != null && age == null && entries == null) {
                throw new IllegalArgumentException(
                        "deltatrace.history.retention.archive needs deltatrace.history.retention.age"
                                + " or deltatrace.history.retention.entries: nothing would be archived");
            }
        }

        /** Whether anything is given up. */
        boolean isWanted() {
            return age != null || entries != null;
        }
    }

    /** Rejects retention where nothing can be given up or archived, and a threshold below zero. */
    public DeltaTraceProperties {
        if (slowQueryThreshold != null && slowQueryThreshold.isNegative()) {
            throw new IllegalArgumentException(
                    "deltatrace.slow-query-threshold cannot be negative: " + slowQueryThreshold);
        }
        if (history.retention().isWanted() && storage.readOnly()) {
            throw new IllegalArgumentException(
                    "deltatrace.history.retention cannot be had with deltatrace.storage.read-only");
        }
        if (history.retention().archive() != null && storage.directory() == null) {
            throw new IllegalArgumentException(
                    "deltatrace.history.retention.archive needs deltatrace.storage.directory: there are no files in memory");
        }
    }

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
