package io.deltatrace.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which fields some documents have.
 *
 * @param documents for each field, by its dotted path, how many of the documents have it, with a value or with null; in the
 *     order in which they were met, the fields of an object after the object. Arrays are not looked into
 * @param complete whether these are all fields; at most {@value FieldCounter#MAX_FIELDS} are counted
 */
public record FieldCounts(Map<String, Long> documents, boolean complete) {

    /** Copies the map. */
    public FieldCounts {
        documents = Collections.unmodifiableMap(new LinkedHashMap<>(documents));
    }
}
