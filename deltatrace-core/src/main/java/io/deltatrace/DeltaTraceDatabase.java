package io.deltatrace;

import io.deltatrace.access.Permission;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.Diff;
import io.deltatrace.history.History;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.RevertOption;
import io.deltatrace.index.IndexStatus;
import io.deltatrace.index.Plan;
import io.deltatrace.internal.storage.Salvage;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.QueryResult;
import io.deltatrace.result.Result;
import io.deltatrace.result.TransactionResult;
import io.deltatrace.storage.Retention;
import io.deltatrace.storage.SalvageReport;
import io.deltatrace.storage.StorageStatus;
import io.deltatrace.transaction.DeltaTraceTransaction;
import io.deltatrace.transaction.TransactionOptions;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An embedded database of JSON documents that remembers who changed what, when and why.
 *
 * <p>Thread-safe. A read takes the current state, which is an immutable value, and neither locks nor waits; writes take
 * turns. A request happens wholly or not at all. One that cannot be carried out is a result that says so, not an exception;
 * {@link QueryResult#orThrow()} turns it into one. A write that has to wait for too long because of a {@linkplain #begin()
 * transaction} is an {@link io.deltatrace.transaction.LockNotAcquiredException}.
 *
 * <p>After {@link #close()} every method throws {@link IllegalStateException}.
 */
public interface DeltaTraceDatabase extends AutoCloseable {

    /** An empty database in memory. */
    static DeltaTraceDatabase inMemory() {
        return builder().build();
    }

    /**
     * The database in a directory, or a new one there. It is recovered to what it was when it was last used, however that
     * ended.
     *
     * @throws io.deltatrace.storage.StorageException if it cannot be opened: somebody has it open, its files are damaged, ...
     */
    static DeltaTraceDatabase open(Path directory) {
        return builder().directory(directory).build();
    }

    /**
     * The database in a directory, to look at it. Nothing is changed there, and another process may have it open. Of damaged
     * files it shows what is good.
     *
     * @throws io.deltatrace.storage.StorageException if there is no database, or nothing of it is good
     */
    static DeltaTraceDatabase openReadOnly(Path directory) {
        return builder().directory(directory).readOnly().build();
    }

    /**
     * Makes a sound database of what is good in a damaged one, which stays as it is. Readable entries that do not connect with
     * the new database's history are put beside it, into {@code leftover}.
     *
     * @param target a directory that is empty or not there
     * @throws io.deltatrace.storage.StorageException if nothing can be got out, or the target cannot be used
     */
    static SalvageReport salvage(Path damaged, Path target) {
        return Salvage.run(damaged, target);
    }

    /** A database to be set up. */
    static DeltaTraceDatabaseBuilder builder() {
        return new DeltaTraceDatabaseBuilder();
    }

    /** Carries out a query. */
    QueryResult execute(Query query);

    /** Carries out a query if the permissions, by collection, allow it; null allows everything. */
    QueryResult execute(Query query, @Nullable Map<String, Permission> permissions);

    /** Carries out a transaction. */
    TransactionResult execute(TransactionQuery transaction);

    /** Carries out a transaction if the permissions, by collection, allow every query of it; null allows everything. */
    TransactionResult execute(TransactionQuery transaction, @Nullable Map<String, Permission> permissions);

    /** Carries out any request. */
    Result execute(Request request);

    /** Carries out any request if the permissions, by collection, allow it; null allows everything. */
    Result execute(Request request, @Nullable Map<String, Permission> permissions);

    /**
     * Begins a transaction of several requests: until it ends, whatever this thread asks of this database is a part of it. It has
     * the right to write from its first request on, so that nothing it has read changes before it ends.
     *
     * <pre>{@code
     * try (DeltaTraceTransaction transaction = database.begin()) {
     *     long stock = database.execute(Query.searchOne("items").where(tea)).first(Item.class).orElseThrow().stock();
     *     database.execute(Query.updateOne("items", Map.of("stock", stock - 1)).where(tea)).orThrow();
     *     transaction.commit();
     * }
     * }</pre>
     *
     * <p>Whatever throws before the commit leads to {@link DeltaTraceTransaction#close}, and so rolls it back.
     *
     * @throws IllegalStateException if this thread has a transaction open already
     */
    default DeltaTraceTransaction begin() {
        return begin(TransactionOptions.DEFAULT);
    }

    /** As {@link #begin()}, as the options say. */
    DeltaTraceTransaction begin(TransactionOptions options);

    /** Carries out a request in wire JSON and answers in wire JSON; what cannot be read is answered by a failure. */
    String execute(String json);

    /** As {@link #execute(String)}, if the permissions, by collection, allow it; null allows everything. */
    String execute(String json, @Nullable Map<String, Permission> permissions);

    /**
     * A collection as objects of one type; it need not exist yet.
     *
     * @param type a record or JavaBean that documents are converted to and from
     */
    <T> DeltaTraceCollection<T> collection(String name, Class<T> type);

    /** The names of the collections, in the order in which they were created. */
    List<String> collections();

    /** What the indexes of a collection hold now, in the order in which they were declared; counting it takes a look at each key. */
    List<IndexStatus> indexes(String collection);

    /** How a query would find its documents in the current state; it is not carried out. */
    Plan explain(Query query);

    /** The current state, which stays as it is while the database goes on. */
    Snapshot snapshot();

    /**
     * The state after a past request, which reads like the database.
     *
     * @throws io.deltatrace.history.RevisionNotRetainedException if that state is no longer kept, or still to come
     */
    Snapshot asOf(long revision);

    /**
     * The state at a past instant, which reads like the database: that of the last request until then.
     *
     * @throws io.deltatrace.history.RevisionNotRetainedException if that state is no longer kept
     */
    Snapshot asOf(Instant instant);

    /**
     * Makes the database hold what it held after a revision, in one commit; nothing is erased from the history.
     *
     * @return what changes by it, or would with {@link RevertOption#DRY_RUN}
     * @throws io.deltatrace.history.RevisionNotRetainedException if that state is no longer kept, or still to come
     */
    Diff revertTo(long revision, Cause cause, RevertOption... options);

    /**
     * Gives the documents that a revision changed back what they held before it, in one commit. Serial numbers are not taken
     * back, and a collection that the revision created stays.
     *
     * @return what changes by it, or would with {@link RevertOption#DRY_RUN}
     * @throws io.deltatrace.history.UndoConflictException if later revisions changed the same documents; {@link
     *     RevertOption#FORCE} does it nevertheless
     * @throws io.deltatrace.history.RevisionNotRetainedException if the state before it is no longer kept
     */
    Diff undo(long revision, Cause cause, RevertOption... options);

    /** What happened to the database. */
    History history();

    /** Calls the listener after each commit that changed the collection, until the subscription is cancelled. */
    Subscription onChange(String collection, ChangeListener listener);

    /** As {@link #onChange(String, ChangeListener)}, in place of the collection's listener that has the name already. */
    Subscription onChange(String collection, String name, ChangeListener listener);

    /**
     * Calls the listener once after each commit, whatever it changed, until the subscription is cancelled. Otherwise as {@link
     * #onChange(String, ChangeListener)}: after the commit, on the thread that made it, and what it throws is logged.
     */
    Subscription onCommit(Consumer<HistoryEntry> listener);

    /** Writes all collections as they are now ({@code .dtdb}), and closes the stream. */
    void exportTo(OutputStream target);

    /** Writes one collection as it is now, and closes the stream; one that is not there is written as an empty one. */
    void exportCollection(String name, OutputStream target);

    /**
     * Replaces all collections by those of an export, in one commit, and closes the stream. Listeners stay.
     *
     * @throws io.deltatrace.document.JsonFormatException if the export cannot be read; nothing has changed then
     */
    void importFrom(InputStream source, Cause cause);

    /** As {@link #importFrom}, for the export of a single collection; the others stay as they are. */
    void importCollection(String name, InputStream source, Cause cause);

    /**
     * Carries out stored requests, each in wire JSON, one after the other: builds a database from a folder of query files, or
     * from the requests of a journal. A request that fails, as it may have done at first, is counted, and the next one follows.
     *
     * @return how many were carried out, and how many failed
     * @throws IllegalArgumentException if one of them cannot be read; the message has its number, and those before it have been
     *     carried out
     */
    ImportReport importQueries(Stream<String> requests);

    /**
     * Gives up old history. The current state is not touched; looking back before what is retained throws {@link
     * io.deltatrace.history.RevisionNotRetainedException}. On files, whole segments go, so that more may stay than asked for.
     *
     * @return the oldest revision whose state is kept
     */
    long retain(Retention retention);

    /** Stores the current state in the directory now, so that opening is quick; in memory, does nothing. Answers its revision. */
    long saveSnapshot();

    /** How the files of the database are doing; nothing for a database in memory. */
    Optional<StorageStatus> storage();

    /** Ends the use of this database; closing it again does nothing. */
    @Override
    void close();
}
