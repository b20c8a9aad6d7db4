package io.deltatrace.query;

import io.deltatrace.access.Permission;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
import io.deltatrace.document.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts collections into a given state: what an import does. It is a request like any other, because the sequence of requests
 * must be all that is needed to get to a state again.
 *
 * @param collections what each collection holds afterwards, by name
 * @param replacing whether collections that are not named are removed
 * @param cause why it happens
 */
public record RestoreRequest(
        Map<String, Contents> collections,
        boolean replacing,
        @Nullable Cause cause) implements Request {

    /**
     * What a collection holds.
     *
     * @param documents in order
     * @param serialNumber the next serial number, not negative
     */
    public record Contents(List<Document> documents, long serialNumber) {

        /** Copies the documents. */
        public Contents {
            documents = List.copyOf(documents);
            if (serialNumber < 0) {
                throw new IllegalArgumentException("A serial number must not be negative: " + serialNumber);
            }
        }
    }

    /** Copies the map. */
    public RestoreRequest {
        collections.forEach((name, contents) -> Objects.requireNonNull(contents, Values.requireText(name)));
        collections = Collections.unmodifiableMap(new LinkedHashMap<>(collections));
    }

    @Override
    public RestoreRequest because(Cause reason) {
        return new RestoreRequest(collections, replacing, reason);
    }

    @Override
    public List<String> collectionNames() {
        return List.copyOf(collections.keySet());
    }

    @Override
    public String denialUnder(Map<String, Permission> permissions) {
        return "Not permitted: restoring collections";
    }

    @Override
    public boolean isWrite() {
        return true;
    }
}
