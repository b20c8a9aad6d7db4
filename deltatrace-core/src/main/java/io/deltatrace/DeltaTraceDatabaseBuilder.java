package io.deltatrace;

import io.deltatrace.cause.CauseProvider;
import io.deltatrace.document.DocumentMapper;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.history.Outcome;
import io.deltatrace.internal.engine.MemoryCommitLog;
import io.deltatrace.internal.engine.Recording;
import io.deltatrace.json.Json;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Sets up a database. Not thread-safe. */
public final class DeltaTraceDatabaseBuilder {

    /** How many entries of its history a database in memory keeps unless something else is said. */
    public static final int DEFAULT_HISTORY_LIMIT = 10_000;

    private DocumentMapper mapper = DocumentMapper.standard();
    private JsonLimits limits = JsonLimits.DEFAULT;
    private InstantSource clock = Clock.systemUTC();
    private int historyLimit = DEFAULT_HISTORY_LIMIT;
    private CauseProvider causes = CauseProvider.SYSTEM;
    private Recording recording = Recording.DEFAULT;

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

    /** The database. */
    public DeltaTraceDatabase build() {
        return new EmbeddedDatabase(
                new MemoryCommitLog(historyLimit), new Json(limits), mapper, clock, causes, recording);
    }
}
