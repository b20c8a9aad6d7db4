package io.deltatrace.history;

import io.deltatrace.document.Document;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who set the fields of a document.
 *
 * @param id which document
 * @param document what it holds now
 * @param fields for each field, by its dotted path, the entry that last set it; null for one that is older than the retained
 *     history
 */
public record Blame(DocumentId id, Document document, Map<String, @Nullable HistoryEntry> fields) {

    /** Copies the map. */
    public Blame {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
