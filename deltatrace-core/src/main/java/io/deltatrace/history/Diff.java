package io.deltatrace.history;

import java.util.List;

/**
 * What differs between two states.
 *
 * @param from the revision of the one
 * @param to the revision of the other; it may be the earlier one
 * @param createdCollections those that only the other has
 * @param removedCollections those that only the one has
 * @param documents the documents that differ, by collection and in the order in which they were added
 */
public record Diff(
        long from,
        long to,
        List<String> createdCollections,
        List<String> removedCollections,
        List<DocumentChange> documents) {

    /** Copies the lists. */
    public Diff {
        createdCollections = List.copyOf(createdCollections);
        removedCollections = List.copyOf(removedCollections);
        documents = List.copyOf(documents);
    }

    /** Whether both states hold the same. */
    public boolean isEmpty() {
        return createdCollections.isEmpty() && removedCollections.isEmpty() && documents.isEmpty();
    }
}
