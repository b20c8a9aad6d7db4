package io.deltatrace;

import io.deltatrace.access.Permission;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.Diff;
import io.deltatrace.history.History;
import io.deltatrace.history.RevertOption;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.QueryResult;
import io.deltatrace.result.Result;
import io.deltatrace.result.TransactionResult;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An embedded database of JSON documents that remembers who changed what, when and why.
 *
 * <p>Thread-safe. A read takes the current state, which is an immutable value, and neither locks nor waits; writes take
 * turns. A request happens wholly or not at all. One that cannot be carried out is a result that says so, not an exception;
 * {@link QueryResult#orThrow()} turns it into one.
 *
 * <p>After {@link #close()} every method throws {@link IllegalStateException}.
 */
public interface DeltaTraceDatabase extends AutoCloseable {

    /** An empty database in memory. */
    static DeltaTraceDatabase inMemory() {
        return builder().build();
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

    /** Ends the use of this database; closing it again does nothing. */
    @Override
    void close();
}
