package io.deltatrace.autoconfigure.actuate;

import io.deltatrace.CollectionStatistics;
import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.Snapshot;
import io.deltatrace.autoconfigure.SlowQueryLog;
import io.deltatrace.autoconfigure.SlowQueryLog.SlowQuery;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.ActorDescriptor;
import io.deltatrace.document.FieldCounts;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.History;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.index.Index;
import io.deltatrace.index.IndexStatus;
import io.deltatrace.storage.Durability;
import io.deltatrace.storage.StorageStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/** Actuator endpoint {@code deltatrace}: what the database and its collections are like, without any values of documents. */
@Endpoint(id = "deltatrace")
public class DeltaTraceEndpoint {

    /** How many entries that name a collection are looked at, at most, for the last one that changed it. */
    private static final int MOST_LOOKED_AT = 1_000;

    private final DeltaTraceDatabase database;
    private final @Nullable SlowQueryLog slowQueries;

    DeltaTraceEndpoint(DeltaTraceDatabase database, @Nullable SlowQueryLog slowQueries) {
        this.database = database;
        this.slowQueries = slowQueries;
    }

    /** The database and all its collections. It passes by every document, but does not look into them. */
    @ReadOperation
    public DatabaseDescriptor database() {
        Snapshot snapshot = database.snapshot();
        Map<String, CollectionDescriptor> collections = new LinkedHashMap<>();
        for (String name : snapshot.collections()) {
            snapshot.statistics(name).ifPresent(statistics -> collections.put(name, describe(name, statistics, null)));
        }
        return new DatabaseDescriptor(
                snapshot.revision(),
                chainHead(database.history()),
                database.storage().map(DeltaTraceEndpoint::describe).orElse(StorageDescriptor.MEMORY),
                collections,
                slowQueries == null ? null : slowQueries.newest());
    }

    /**
     * One collection with the fields of its documents; null if it is not there. It looks at every value.
     *
     * @param collection its name
     */
    @ReadOperation
    public @Nullable CollectionDescriptor collection(@Selector String collection) {
        Snapshot snapshot = database.snapshot();
        return snapshot.statistics(collection)
                .map(statistics -> describe(collection, statistics, snapshot.fieldCounts(collection)))
                .orElse(null);
    }

    private CollectionDescriptor describe(String name, CollectionStatistics statistics, @Nullable FieldCounts fields) {
        return new CollectionDescriptor(
                statistics.documents(),
                statistics.serialNumber(),
                statistics.estimatedBytes(),
                lastChange(name).orElse(null),
                database.indexes(name).stream()
                        .map(DeltaTraceEndpoint::describe)
                        .toList(),
                fields == null ? null : fields.documents(),
                fields == null ? null : fields.complete());
    }

    /** Nearly always the newest entry is the one, but a transaction may have only read the collection, for example. */
    private Optional<ChangeDescriptor> lastChange(String collection) {
        HistoryFilter filter = HistoryFilter.collection(collection).outcome(Outcome.APPLIED);
        for (int limit = 1; limit <= MOST_LOOKED_AT; limit *= 10) {
            List<HistoryEntry> entries = database.history().entries(filter.limit(limit));
            for (HistoryEntry entry : entries) {
                if (changed(collection, entry)) {
                    return Optional.of(
                            new ChangeDescriptor(entry.revision(), entry.committedAt(), HistoryDescriber.who(entry)));
                }
            }
            if (entries.size() < limit) {
                break;
            }
            filter = filter.before(entries.get(limit - 1).revision());
        }
        return Optional.empty();
    }

    private static boolean changed(String collection, HistoryEntry entry) {
        return entry.effects().stream()
                .anyMatch(effect -> effect.collection().equals(collection) && effect.updateCount() > 0);
    }

    private static @Nullable Checkpoint chainHead(History history) {
        try {
            return history.checkpoint();
        } catch (IllegalStateException e) {
            // There is no entry yet.
            return null;
        }
    }

    private static IndexDescriptor describe(IndexStatus status) {
        Index index = status.index();
        return new IndexDescriptor(
                index.field().toString(), index.kind(), index.isUnique(), status.keys(), status.uses());
    }

    private static StorageDescriptor describe(StorageStatus status) {
        return new StorageDescriptor(
                "files",
                status.durability(),
                status.readOnly(),
                status.journalBytes() + status.snapshotBytes(),
                status.lastSync());
    }

    /**
     * The database.
     *
     * @param revision the number of its newest entry
     * @param chainHead where the chain of hashes ends; null if there is no entry yet
     * @param storage where the data is kept
     * @param collections what each collection is like, by name, in the order in which they were created
     * @param slowQueries the newest requests that took long, newest first, with their plans; null if
     *     {@code deltatrace.slow-query-threshold} is not set
     */
    public record DatabaseDescriptor(
            long revision,
            @Nullable Checkpoint chainHead,
            StorageDescriptor storage,
            Map<String, CollectionDescriptor> collections,
            @Nullable List<SlowQuery> slowQueries)
            implements OperationResponseBody {}

    /**
     * Where the data is kept.
     *
     * @param kind {@code memory} or {@code files}; only files have what follows
     * @param durability what a write has survived when it returns
     * @param readOnly whether the files were opened only to be looked at
     * @param bytes how large the journal and the snapshots are together
     * @param lastSync when the journal was last forced to the disk; null if it is read-only
     */
    public record StorageDescriptor(
            String kind,
            @Nullable Durability durability,
            @Nullable Boolean readOnly,
            @Nullable Long bytes,
            @Nullable Instant lastSync) {

        static final StorageDescriptor MEMORY = new StorageDescriptor("memory", null, null, null, null);
    }

    /**
     * A collection.
     *
     * @param documents how many documents it has
     * @param serial its next serial number
     * @param estimatedBytes about how much memory its documents take, right within a factor of three for most
     * @param lastChange the newest entry that added, changed or removed documents; null if it is not among the retained ones,
     *     or has more than 1,000 after it that only read the collection
     * @param indexes its indexes
     * @param fields for each field, by its dotted path, how many documents have it; null if it was not asked for
     * @param allFields whether these are all fields: 1,000 are counted at most; null if it was not asked for
     */
    public record CollectionDescriptor(
            long documents,
            long serial,
            long estimatedBytes,
            @Nullable ChangeDescriptor lastChange,
            List<IndexDescriptor> indexes,
            @Nullable Map<String, Long> fields,
            @Nullable Boolean allFields)
            implements OperationResponseBody {}

    /**
     * An index.
     *
     * @param field the dotted path of the field that it is on
     * @param kind what it can find
     * @param unique whether no two documents may have the same value there
     * @param keys how many different values it has, null not counted
     * @param uses how many queries have been answered with it since the database was opened
     */
    public record IndexDescriptor(String field, Index.Kind kind, boolean unique, long keys, long uses) {}

    /**
     * A change to a collection.
     *
     * @param revision the number of the entry
     * @param at when it was committed
     * @param who did it
     */
    public record ChangeDescriptor(
            long revision, Instant at, @Nullable ActorDescriptor who) {}
}
