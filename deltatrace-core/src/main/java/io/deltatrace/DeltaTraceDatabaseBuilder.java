package io.deltatrace;

import io.deltatrace.cause.CauseProvider;
import io.deltatrace.document.DocumentMapper;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.document.Values;
import io.deltatrace.history.Outcome;
import io.deltatrace.index.DuplicateKeysException;
import io.deltatrace.index.Index;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.internal.engine.DeclaredIndexes;
import io.deltatrace.internal.engine.MemoryCommitLog;
import io.deltatrace.internal.engine.Recording;
import io.deltatrace.internal.storage.FileCommitLog;
import io.deltatrace.internal.storage.StorageOptions;
import io.deltatrace.json.Json;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.storage.Durability;
import io.deltatrace.transaction.TransactionOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Sets up a database. Not thread-safe. */
public final class DeltaTraceDatabaseBuilder {

    /** How many entries of its history a database in memory keeps unless something else is said. */
    public static final int DEFAULT_HISTORY_LIMIT = 10_000;

    private DocumentMapper mapper = DocumentMapper.standard();
    private boolean keepsObjects = true;
    private JsonLimits limits = JsonLimits.DEFAULT;
    private InstantSource clock = Clock.systemUTC();
    private int historyLimit = DEFAULT_HISTORY_LIMIT;
    private CauseProvider causes = CauseProvider.SYSTEM;
    private Recording recording = Recording.DEFAULT;
    private RequestObserver observer = RequestObserver.NONE;
    private Duration lockTimeout = TransactionOptions.DEFAULT_LOCK_TIMEOUT;
    private @Nullable Path directory;
    private boolean readOnly;
    private Durability durability = StorageOptions.DEFAULT.durability();
    private Duration syncInterval = StorageOptions.DEFAULT.syncInterval();
    private long segmentBytes = StorageOptions.DEFAULT.segmentBytes();
    private long snapshotEntries = StorageOptions.DEFAULT.snapshotEntries();
    private long snapshotBytes = StorageOptions.DEFAULT.snapshotBytes();
    private boolean checkOnOpen = true;
    private Consumer<Duration> whenForced = StorageOptions.DEFAULT.whenForced();
    private final Map<String, List<Index>> indexes = new LinkedHashMap<>();

    DeltaTraceDatabaseBuilder() {}

    /**
     * Converts the objects of {@linkplain DeltaTraceDatabase#collection typed collections} with the application's mapper.
     * Objects given to queries, and those asked of results, are converted by {@link DocumentMapper#standard()} unless a
     * mapper is named there; the wire format depends on neither.
     */
    public DeltaTraceDatabaseBuilder jsonMapper(JsonMapper jsonMapper) {
        mapper = DocumentMapper.of(jsonMapper);
        return this;
    }

    /**
     * Whether {@linkplain DeltaTraceDatabase#collection typed collections} keep the records that they have made of documents, where
     * those can never change, so that reading again makes nothing; they do unless this says otherwise. It takes about the memory of
     * the record with its parts and 24 bytes, for each document that was read, for as long as there is the document.
     * {@link DocumentMapper} tells which records can never change; of results one asks with a mapper for which the same is said.
     */
    public DeltaTraceDatabaseBuilder keepObjects(boolean keep) {
        keepsObjects = keep;
        return this;
    }

    /** Limits what JSON input may ask for. */
    public DeltaTraceDatabaseBuilder jsonLimits(JsonLimits jsonLimits) {
        limits = Objects.requireNonNull(jsonLimits, "jsonLimits");
        return this;
    }

    /** Takes the time of commits from the given source. */
    public DeltaTraceDatabaseBuilder clock(InstantSource source) {
        clock = Objects.requireNonNull(source, "source");
        return this;
    }

    /** Keeps that many of the newest history entries in memory, from 1. */
    public DeltaTraceDatabaseBuilder historyLimit(int entries) {
        if (entries < 1) {
            throw new IllegalArgumentException("The history limit must be at least 1: " + entries);
        }
        historyLimit = entries;
        return this;
    }

    /** Completes the cause of every request before it becomes an entry of the history. */
    public DeltaTraceDatabaseBuilder causeProvider(CauseProvider provider) {
        causes = Objects.requireNonNull(provider, "provider");
        return this;
    }

    /**
     * Records requests with the given outcomes in the history, beside the applied ones, which always are. Failed and denied
     * ones are recorded unless this says otherwise. Where reads are recorded they take turns with writers.
     */
    public DeltaTraceDatabaseBuilder record(Outcome... outcomes) {
        recording = new Recording(Set.of(outcomes));
        return this;
    }

    /** Tells the observer of every request, in place of the one before; for metrics and traces. */
    public DeltaTraceDatabaseBuilder observer(RequestObserver requestObserver) {
        observer = Objects.requireNonNull(requestObserver, "requestObserver");
        return this;
    }

    /** How long a write waits while a transaction is open that has the right to; 10 seconds unless something else is said. */
    public DeltaTraceDatabaseBuilder lockTimeout(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("A write must be able to wait for others: " + time);
        }
        lockTimeout = time;
        return this;
    }

    /** Keeps the database in a directory, which is made if it is not there. Without one it is in memory. */
    public DeltaTraceDatabaseBuilder directory(Path path) {
        directory = Objects.requireNonNull(path, "path");
        return this;
    }

    /** Opens what is in the directory to look at it, and changes nothing there; writes throw. */
    public DeltaTraceDatabaseBuilder readOnly() {
        readOnly = true;
        return this;
    }

    /** What a write has survived when it returns, on files; the loss of power unless something else is said. */
    public DeltaTraceDatabaseBuilder durability(Durability level) {
        durability = Objects.requireNonNull(level, "level");
        return this;
    }

    /** How often the journal is forced to the disk with {@link Durability#INTERVAL}; every second unless something else is said. */
    public DeltaTraceDatabaseBuilder syncInterval(Duration interval) {
        syncInterval = Objects.requireNonNull(interval, "interval");
        return this;
    }

    /** How large, in bytes, a file of the journal gets before there is another one; 64 MiB unless something else is said. */
    public DeltaTraceDatabaseBuilder segmentSize(long bytes) {
        segmentBytes = bytes;
        return this;
    }

    /**
     * After how many entries or bytes of journal there is another snapshot, whichever comes first; 10,000 and 64 MiB unless
     * something else is said. The journal must have grown at least by the size of the last snapshot, however.
     */
    public DeltaTraceDatabaseBuilder snapshotEvery(long entries, long bytes) {
        snapshotEntries = entries;
        snapshotBytes = bytes;
        return this;
    }

    /**
     * Opens without comparing the whole journal with its checksums. That saves the time of reading it; accidental damage to old
     * files is then found by {@link io.deltatrace.history.History#verify} only.
     */
    public DeltaTraceDatabaseBuilder uncheckedOnOpen() {
        checkOnOpen = false;
        return this;
    }

    /**
     * Tells the listener how long each force of the journal to the disk took, in place of the listener before. It must be quick,
     * because writers wait meanwhile, and cannot use the database; what it throws is logged.
     */
    public DeltaTraceDatabaseBuilder whenForced(Consumer<Duration> listener) {
        whenForced = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Finds documents of a collection by an index. The collection need not be there yet. Indexes are not part of the data: they
     * are made when the database is opened, and other ones may be declared the next time.
     *
     * @throws IllegalArgumentException if there is one of its kind on the field already
     */
    public DeltaTraceDatabaseBuilder index(String collection, Index index) {
        List<Index> declared = indexes.computeIfAbsent(Values.requireText(collection), name -> new ArrayList<>());
        for (Index other : declared) {
            if (other.field().equals(index.field()) && other.kind() == index.kind()) {
                throw new IllegalArgumentException(
                        "The collection '" + collection + "' has the index " + other + " already");
            }
        }
        declared.add(index);
        return this;
    }

    /**
     * The database.
     *
     * @throws io.deltatrace.storage.StorageException if the directory cannot be opened
     * @throws io.deltatrace.index.DuplicateKeysException if an index is declared to be unique, and documents have the same value
     *     already
     */
    public DeltaTraceDatabase build() {
        DeclaredIndexes declared = DeclaredIndexes.of(indexes);
        DocumentMapper converting = mapper.keepObjects(keepsObjects);
        Path path = directory;
        if (path == null) {
            if (readOnly) {
                throw new IllegalArgumentException("Only a database in a directory can be read-only");
            }
            DatabaseState empty = DatabaseState.EMPTY.indexedBy(declared);
            MemoryCommitLog log = new MemoryCommitLog(historyLimit, empty);
            return new EmbeddedDatabase(
                    log, empty, new Json(limits), converting, clock, causes, recording, observer, lockTimeout);
        }
        StorageOptions options = new StorageOptions(
                durability,
                syncInterval,
                segmentBytes,
                snapshotEntries,
                snapshotBytes,
                checkOnOpen,
                historyLimit,
                whenForced,
                declared);
        FileCommitLog log = readOnly ? FileCommitLog.openReadOnly(path, options) : FileCommitLog.open(path, options);
        try {
            log.recovered().requireUniqueKeys();
        } catch (DuplicateKeysException e) {
            log.close();
            throw e;
        }
        return new EmbeddedDatabase(
                log,
                log.recovered(),
                new Json(limits),
                converting,
                clock,
                causes,
                readOnly ? Recording.NOTHING : recording,
                observer,
                lockTimeout);
    }
}
