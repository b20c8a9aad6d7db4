package io.deltatrace;

import io.deltatrace.access.Permission;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.document.DocumentMapper;
import io.deltatrace.document.JsonFormatException;
import io.deltatrace.history.Diff;
import io.deltatrace.history.History;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.RevertOption;
import io.deltatrace.index.IndexStatus;
import io.deltatrace.index.Plan;
import io.deltatrace.internal.engine.Chronicle;
import io.deltatrace.internal.engine.CommitLog;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.internal.engine.Engine;
import io.deltatrace.internal.engine.Notifier;
import io.deltatrace.internal.engine.Recording;
import io.deltatrace.internal.engine.Reversal;
import io.deltatrace.internal.engine.Writer;
import io.deltatrace.json.Json;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.RestoreRequest;
import io.deltatrace.query.RevertRequest;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.QueryResult;
import io.deltatrace.result.Result;
import io.deltatrace.result.TransactionResult;
import io.deltatrace.storage.Retention;
import io.deltatrace.storage.StorageStatus;
import io.deltatrace.transaction.DeltaTraceTransaction;
import io.deltatrace.transaction.TransactionOptions;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Wires the engine, the codec and the mapper. */
final class EmbeddedDatabase implements DeltaTraceDatabase {

    private final CommitLog log;
    private final InstantSource clock;
    private final Json json;
    private final DocumentMapper mapper;
    private final Notifier notifier = new Notifier();
    private final Writer writer;
    private final History history;
    private volatile boolean closed;

    EmbeddedDatabase(
            CommitLog log,
            Json json,
            DocumentMapper mapper,
            InstantSource clock,
            CauseProvider causes,
            Recording recording) {
        this(
                log,
                DatabaseState.EMPTY,
                json,
                mapper,
                clock,
                causes,
                recording,
                RequestObserver.NONE,
                TransactionOptions.DEFAULT_LOCK_TIMEOUT);
    }

    EmbeddedDatabase(
            CommitLog log,
            DatabaseState state,
            Json json,
            DocumentMapper mapper,
            InstantSource clock,
            CauseProvider causes,
            Recording recording,
            RequestObserver observer,
            Duration lockTimeout) {
        this.log = log;
        this.clock = clock;
        this.json = json;
        this.mapper = mapper;
        this.writer = new Writer(state, log, clock, causes, recording, notifier, observer, lockTimeout);
        this.history = new LoggedHistory(log, this::current);
    }

    @Override
    public QueryResult execute(Query query) {
        return execute(query, null);
    }

    @Override
    public QueryResult execute(Query query, @Nullable Map<String, Permission> permissions) {
        return (QueryResult) execute((Request) query, permissions);
    }

    @Override
    public TransactionResult execute(TransactionQuery transaction) {
        return execute(transaction, null);
    }

    @Override
    public TransactionResult execute(TransactionQuery transaction, @Nullable Map<String, Permission> permissions) {
        return (TransactionResult) execute((Request) transaction, permissions);
    }

    @Override
    public Result execute(Request request) {
        return execute(request, null);
    }

    @Override
    public Result execute(Request request, @Nullable Map<String, Permission> permissions) {
        requireOpen();
        String denial = permissions == null ? null : request.denialUnder(permissions);
        if (denial != null) {
            return writer.deny(request, denied(request, denial));
        }
        return writer.execute(request);
    }

    /** It does not tell how large a collection is that the caller may not see. */
    private static Result denied(Request request, String message) {
        return request instanceof Query query
                ? QueryResult.failure(query.target(), query.type(), 0, message)
                : TransactionResult.failure(message);
    }

    @Override
    public DeltaTraceTransaction begin(TransactionOptions options) {
        requireOpen();
        return writer.begin(options);
    }

    @Override
    public String execute(String requestJson) {
        return execute(requestJson, null);
    }

    @Override
    public String execute(String requestJson, @Nullable Map<String, Permission> permissions) {
        requireOpen();
        Request request;
        try {
            request = json.readRequest(requestJson);
        } catch (JsonFormatException e) {
            return json.failureFor(requestJson, String.valueOf(e.getMessage()));
        }
        if (request instanceof RestoreRequest || request instanceof RevertRequest) {
            return json.failureFor(requestJson, "A client cannot restore collections");
        }
        return json.toJson(execute(request, permissions));
    }

    @Override
    public <T> DeltaTraceCollection<T> collection(String name, Class<T> type) {
        requireOpen();
        return new TypedCollection<>(this, name, type, mapper, null, null);
    }

    @Override
    public List<String> collections() {
        return snapshot().collections();
    }

    @Override
    public List<IndexStatus> indexes(String collection) {
        return current().indexes(collection);
    }

    @Override
    public Plan explain(Query query) {
        return Engine.explain(current(), query);
    }

    @Override
    public Snapshot snapshot() {
        return new StateSnapshot(visible(), json);
    }

    @Override
    public Snapshot asOf(long revision) {
        return new StateSnapshot(new Chronicle(log, current()).stateAt(revision), json);
    }

    @Override
    public Snapshot asOf(Instant instant) {
        return new StateSnapshot(new Chronicle(log, current()).stateAt(instant), json);
    }

    @Override
    public Diff revertTo(long revision, Cause cause, RevertOption... options) {
        requireOpen();
        return writer.revert(
                (state, complete) -> new Reversal(log).revertTo(state, revision, complete),
                cause,
                Set.of(options).contains(RevertOption.DRY_RUN));
    }

    @Override
    public Diff undo(long revision, Cause cause, RevertOption... options) {
        requireOpen();
        Set<RevertOption> chosen = Set.of(options);
        boolean forced = chosen.contains(RevertOption.FORCE);
        return writer.revert(
                (state, complete) -> new Reversal(log).undo(state, revision, forced, complete),
                cause,
                chosen.contains(RevertOption.DRY_RUN));
    }

    @Override
    public History history() {
        requireOpen();
        return history;
    }

    @Override
    public Subscription onChange(String collection, ChangeListener listener) {
        return subscribe(collection, new Object(), listener);
    }

    @Override
    public Subscription onChange(String collection, String name, ChangeListener listener) {
        return subscribe(collection, name, listener);
    }

    private Subscription subscribe(String collection, Object key, ChangeListener listener) {
        requireOpen();
        Consumer<HistoryEntry> call = entry -> listener.onChange(collection, entry);
        notifier.add(collection, key, call);
        return () -> notifier.remove(collection, key, call);
    }

    @Override
    public Subscription onCommit(Consumer<HistoryEntry> listener) {
        requireOpen();
        // One of its own for each subscription, so that cancelling one leaves another of the same listener alone.
        Consumer<HistoryEntry> call = entry -> listener.accept(entry);
        notifier.add(call);
        return () -> notifier.remove(call);
    }

    @Override
    public void exportTo(OutputStream target) {
        snapshot().exportTo(target);
    }

    @Override
    public void exportCollection(String name, OutputStream target) {
        json.writeCollection(visible().contents(name), target);
    }

    @Override
    public void importFrom(InputStream source, Cause cause) {
        requireOpen();
        restore(new RestoreRequest(json.readDatabase(source), true, cause));
    }

    @Override
    public void importCollection(String name, InputStream source, Cause cause) {
        requireOpen();
        restore(new RestoreRequest(Map.of(name, json.readCollection(source)), false, cause));
    }

    private void restore(RestoreRequest request) {
        ((TransactionResult) execute(request, null)).orThrow();
    }

    @Override
    public ImportReport importQueries(Stream<String> requests) {
        long[] counts = {0, 0};
        requests.forEachOrdered(text -> {
            Request request;
            try {
                request = json.readRequest(text);
            } catch (JsonFormatException e) {
                throw new IllegalArgumentException(
                        "Request " + (counts[0] + counts[1] + 1) + " cannot be read: " + e.getMessage(), e);
            }
            counts[execute(request).isSuccess() ? 0 : 1]++;
        });
        return new ImportReport(counts[0], counts[1]);
    }

    @Override
    public long retain(Retention retention) {
        long revision = 0;
        if (retention.entries() > 0) {
            revision = current().revision() - retention.entries();
        }
        if (retention.age() != null) {
            revision = Math.max(revision, log.revisionAt(before(clock.instant(), retention.age())));
        }
        requireOpen();
        log.retain(Math.min(revision, current().revision()), retention.archive());
        return log.oldestState();
    }

    private static Instant before(Instant now, Duration age) {
        Duration sinceEver = Duration.between(Instant.MIN, now);
        return age.compareTo(sinceEver) > 0 ? Instant.MIN : now.minus(age);
    }

    @Override
    public long saveSnapshot() {
        requireOpen();
        return log.saveSnapshot();
    }

    @Override
    public Optional<StorageStatus> storage() {
        requireOpen();
        return log.status();
    }

    private DatabaseState visible() {
        requireOpen();
        return writer.visible();
    }

    private DatabaseState current() {
        requireOpen();
        return writer.current();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The database is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
        writer.close();
    }
}
