package io.deltatrace.internal.engine;

import io.deltatrace.query.RestoreRequest;

/**
 * A collection at one moment.
 *
 * @param rows its documents
 * @param serial its next serial number
 */
record CollectionState(Rows rows, long serial) {

    static final CollectionState EMPTY = new CollectionState(Rows.EMPTY, 0);

    /** This collection with other contents. */
    CollectionState holding(RestoreRequest.Contents contents) {
        return new CollectionState(rows.cleared().append(contents.documents()), contents.serialNumber());
    }

    CollectionState with(Rows changed) {
        return changed == rows ? this : new CollectionState(changed, serial);
    }

    int size() {
        return rows.size();
    }

    RestoreRequest.Contents contents() {
        return new RestoreRequest.Contents(rows.toList(), serial);
    }
}
