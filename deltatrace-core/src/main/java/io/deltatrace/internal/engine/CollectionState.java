package io.deltatrace.internal.engine;

import io.deltatrace.json.StoredState.StoredCollection;
import io.deltatrace.query.RestoreRequest;

/**
 * A collection at one moment.
 *
 * @param rows its documents
 * @param serial its next serial number
 * @param createdAt the revision that created it, by which it differs from one of its name that was removed before
 * @param indexes its indexes, which are always those of its rows
 */
record CollectionState(Rows rows, long serial, long createdAt, CollectionIndexes indexes) {

    /** A collection that is not there yet, as the given revision would create it. */
    static CollectionState absent(long revision, CollectionIndexes indexes) {
        return new CollectionState(Rows.EMPTY, 0, revision, indexes);
    }

    CollectionState with(Rows changed) {
        return changed == rows ? this : with(changed, serial);
    }

    CollectionState with(Rows changed, long nextSerial) {
        return with(changed, nextSerial, createdAt);
    }

    CollectionState with(Rows changed, long nextSerial, long revision) {
        return new CollectionState(changed, nextSerial, revision, indexes.following(rows, changed));
    }

    /** This collection with other contents. */
    CollectionState holding(RestoreRequest.Contents contents) {
        return with(rows.cleared().append(contents.documents()), contents.serialNumber());
    }

    /** This collection with other indexes, which are empty still. */
    CollectionState indexedBy(CollectionIndexes empty) {
        return new CollectionState(rows, serial, createdAt, empty.following(Rows.EMPTY, rows));
    }

    int size() {
        return rows.size();
    }

    StoredCollection stored() {
        return new StoredCollection(contents(), createdAt, rows.nextRow(), rows.runs());
    }

    static CollectionState of(StoredCollection stored) {
        Rows rows = Rows.of(stored.runs(), stored.contents().documents()).reserving(stored.nextRow());
        return new CollectionState(rows, stored.contents().serialNumber(), stored.createdAt(), CollectionIndexes.NONE);
    }

    RestoreRequest.Contents contents() {
        return new RestoreRequest.Contents(rows.toList(), serial);
    }
}
