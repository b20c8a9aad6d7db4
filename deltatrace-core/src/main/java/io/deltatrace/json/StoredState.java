package io.deltatrace.json;

import io.deltatrace.query.RestoreRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A state of the database as it is stored: a backup in the wire format ({@code .dtdb}) that also says where in the history it
 * stands, and which row ids the documents have. Readers of plain backups pass over what is more.
 *
 * @param revision the last entry that it has seen
 * @param committedAt when that was
 * @param head the hash of that entry in the chain
 * @param hash the hash of the state itself
 * @param collections by name, in the order in which they were created
 */
public record StoredState(
        long revision, Instant committedAt, String head, String hash, Map<String, StoredCollection> collections) {

    /**
     * A stored collection.
     *
     * @param contents its documents and its next serial number
     * @param createdAt the revision that created it
     * @param nextRow the row id that the next document gets
     * @param runs the row ids of the documents, in order
     */
    public record StoredCollection(RestoreRequest.Contents contents, long createdAt, long nextRow, List<Run> runs) {

        /** Requires as many row ids as documents, in ascending order. */
        public StoredCollection {
            runs = List.copyOf(runs);
            long count = 0;
            long next = 0;
            for (Run run : runs) {
                if (run.first() < next || run.last() < run.first()) {
                    throw new IllegalArgumentException("The row ids are not in order");
                }
                count += run.last() - run.first() + 1;
                next = run.last() + 1;
            }
            if (count != contents.documents().size() || next > nextRow || createdAt < 0) {
                throw new IllegalArgumentException("The row ids do not fit the documents");
            }
        }
    }

    /** Row ids that follow each other, from the first to the last. */
    public record Run(long first, long last) {}
}
