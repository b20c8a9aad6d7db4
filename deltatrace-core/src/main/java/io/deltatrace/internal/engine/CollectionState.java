package io.deltatrace.internal.engine;

import io.deltatrace.json.StoredState.StoredCollection;
import io.deltatrace.query.RestoreRequest;

/**
 * A collection at one moment.
 *
 * @param rows its documents
 * @param serial its next serial number
 * @param createdAt the revision that created it, by which it differs from one of its name that was removed before
 */
record CollectionState(Rows rows, long serial, long createdAt) {

    /** A collection that is not there yet, as the given revision would create it. */
    static CollectionState absent(long revision) {
        return new CollectionState(Rows.EMPTY, 0, revision);
    }

    CollectionState with(Rows changed) {
        return changed == rows ? this : new CollectionState(changed, serial, createdAt);
    }

    CollectionState with(Rows changed, long nextSerial) {
        return new CollectionState(changed, nextSerial, createdAt);
    }

    /** This collection with other contents. */
    CollectionState holding(RestoreRequest.Contents contents) {
        return with(rows.cleared().append(contents.documents()), contents.serialNumber());
    }

    int size() {
        return rows.size();
    }

    StoredCollection stored() {
        return new StoredCollection(contents(), createdAt, rows.nextRow(), rows.runs());
    }

    static CollectionState of(StoredCollection stored) {
        Rows rows = Rows.of(stored.runs(), stored.contents().documents()).reserving(stored.nextRow());
        return new CollectionState(rows, stored.contents().serialNumber(), stored.createdAt());
    }

    RestoreRequest.Contents contents() {
        return new RestoreRequest.Contents(rows.toList(), serial);
    }
}
