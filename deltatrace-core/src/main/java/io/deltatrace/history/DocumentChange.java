package io.deltatrace.history;

import io.deltatrace.document.Document;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that differs between two moments.
 *
 * @param id which document
 * @param before what it was; null if it was added
 * @param after what it became; null if it was removed
 */
public record DocumentChange(
        DocumentId id, @Nullable Document before, @Nullable Document after) {

    /** Requires one of the two. */
    public DocumentChange {
        if (before == null && after == null) {
            throw new IllegalArgumentException("A change needs something before or after it");
        }
    }

    /** What happened to the document. */
    public ChangeKind kind() {
        if (before == null) {
            return ChangeKind.ADDED;
        }
        return after == null ? ChangeKind.REMOVED : ChangeKind.CHANGED;
    }

    /** The fields that differ; of a document that was added or removed, all of them. */
    public List<FieldChange> fields() {
        return FieldChange.between(
                before == null ? Document.empty() : before, after == null ? Document.empty() : after);
    }
}
