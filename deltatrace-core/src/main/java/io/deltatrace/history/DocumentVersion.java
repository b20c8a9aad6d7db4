package io.deltatrace.history;

import io.deltatrace.document.Document;
import org.jspecify.annotations.Nullable;

/**
 * What an entry made of a document.
 *
 * @param id which document
 * @param entry what made it so; null for a document that is older than the retained history
 * @param document what it became; null if it was removed
 */
public record DocumentVersion(
        DocumentId id,
        @Nullable HistoryEntry entry,
        @Nullable Document document) {}
