package io.deltatrace.history;

/**
 * What makes a document the same one through all its changes. It says nothing of what the document holds.
 *
 * @param collection the name of its collection
 * @param collectionCreatedAt the revision that created the collection, which may have been removed and created again
 * @param row counts up with every document added to the collection, and is never given again
 */
public record DocumentId(String collection, long collectionCreatedAt, long row) {}
