package io.deltatrace.query;

import io.deltatrace.access.Permission;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
import io.deltatrace.document.Values;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives documents back what they held at some time before: what a revert and an undo do. It says itself what that was, so that
 * replaying it needs no look into the past.
 *
 * @param revision what was reverted to, or undone
 * @param patches what is done to each collection, in order
 * @param cause why it happens
 */
public record RevertRequest(
        long revision, List<Patch> patches, @Nullable Cause cause) implements Request {

    /**
     * What is done to a collection.
     *
     * @param collection its name
     * @param createdAt the revision that created it, if it is made anew
     * @param kind what is done
     * @param serialNumber the next serial number, not negative
     * @param nextRow the row id that the next added document gets at least
     * @param rows what becomes of the documents by row id; null removes one
     */
    public record Patch(
            String collection,
            long createdAt,
            Kind kind,
            long serialNumber,
            long nextRow,
            SortedMap<Long, @Nullable Document> rows) {

        /** What can be done to a collection. */
        public enum Kind {
            /** Documents of the collection that is there are changed. */
            EDIT("edit"),
            /** The collection is made anew, in place of one of its name that is there. */
            REPLACE("replace"),
            /** The collection is removed. */
            REMOVE("remove");

            private final String wireName;

            Kind(String wireName) {
                this.wireName = wireName;
            }

            /** The name in JSON. */
            public String wireName() {
                return wireName;
            }
        }

        /** Copies the rows. */
        public Patch {
            Values.requireText(collection);
            Objects.requireNonNull(kind, "kind");
            rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
            boolean rowsInRange = rows.isEmpty() || (rows.firstKey() >= 0 && rows.lastKey() < nextRow);
            if (serialNumber < 0 || !rowsInRange) {
                throw new IllegalArgumentException(
                        "The serial number and the row ids of '" + collection + "' must be in range");
            }
        }
    }

    /** Copies the patches. */
    public RevertRequest {
        patches = List.copyOf(patches);
    }

    @Override
    public RevertRequest because(Cause reason) {
        return new RevertRequest(revision, patches, reason);
    }

    @Override
    public List<String> collectionNames() {
        return patches.stream().map(Patch::collection).distinct().toList();
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
