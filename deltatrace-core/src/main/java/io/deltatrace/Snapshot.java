package io.deltatrace;

import io.deltatrace.document.FieldCounts;
import io.deltatrace.index.Plan;
import io.deltatrace.query.ReadQuery;
import io.deltatrace.result.QueryResult;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A database at one moment: it reads like the database and never changes. It costs a pointer, and holds no resources. */
public interface Snapshot {

    /** The revision of the last entry that it has seen; 0 if there was none. */
    long revision();

    /** When that was; the epoch if there was none. */
    Instant committedAt();

    /** The names of the collections, in the order in which they were created. */
    List<String> collections();

    /** How many documents a collection has; 0 if it is not there. */
    long size(String collection);

    /**
     * How large a collection is; nothing if it is not there. It passes by every document, but does not look into them, so that
     * a live system can be asked.
     */
    Optional<CollectionStatistics> statistics(String collection);

    /** Which fields the documents of a collection have; none if it is not there. It looks at every value. */
    FieldCounts fieldCounts(String collection);

    /** Carries out a query. */
    QueryResult execute(ReadQuery query);

    /** How a query finds its documents in this state. */
    Plan explain(ReadQuery query);

    /** Writes all collections ({@code .dtdb}), and closes the stream. */
    void exportTo(OutputStream target);

    /** The SHA-256 of the contents as JSON, in hexadecimal; the same requests lead to the same hash on every machine. */
    String hash();
}
