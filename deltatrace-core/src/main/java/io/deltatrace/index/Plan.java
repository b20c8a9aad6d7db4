package io.deltatrace.index;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a query finds its documents. It has names of fields in it, and no values, so that it may be logged.
 *
 * @param collection the collection
 * @param access whether an index is used
 * @param indexes the indexes used; more than one if what they find is put together, none if nothing can meet the condition
 * @param condition what the indexes answer, with {@code ?} for values; null if none is used
 * @param filter what is then tested on each document; null if nothing is
 * @param documents how many documents come into question: all of the collection, or those that the indexes find. One that several
 *     indexes find may count more than once, and a limit may stop the query before it has read all.
 * @param order how the result gets its order
 */
public record Plan(
        String collection,
        Access access,
        List<Index> indexes,
        @Nullable String condition,
        @Nullable String filter,
        long documents,
        Order order) {

    /** Where the documents come from. */
    public enum Access {
        /** No document is looked for. */
        NONE,
        /** All documents of the collection are looked at, in the order in which they were added. */
        SCAN,
        /** Only those that indexes find. */
        INDEX
    }

    /** How the result gets its order. */
    public enum Order {
        /** It is the one in which documents were added. */
        INSERTION("as added"),
        /** The index has it already. */
        INDEX("sorted by the index"),
        /** The first few are kept while the documents are looked at: as many as the limit, and the offset, say. */
        FIRST("the first few kept"),
        /** All that were found are sorted. */
        SORT("sorted");

        private final String words;

        Order(String words) {
            this.words = words;
        }
    }

    /** Copies the indexes. */
    public Plan {
        Objects.requireNonNull(collection, "collection");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(order, "order");
        indexes = List.copyOf(indexes);
    }

    /** One line, such as {@code users: ordered(age) for age >= ?, 101 documents, filter name = ?, sorted}. */
    @Override
    public String toString() {
        if (access == Access.NONE) {
            return collection + ": looks for no document";
        }
        StringBuilder text = new StringBuilder(collection).append(": ");
        if (access == Access.SCAN) {
            text.append("scan");
        } else {
            text.append(indexes.isEmpty() ? "nothing" : "");
            for (int i = 0; i < indexes.size(); i++) {
                text.append(i == 0 ? "" : " and ").append(indexes.get(i));
            }
        }
        if (condition != null) {
            text.append(" for ").append(condition);
        }
        text.append(", ").append(documents).append(documents == 1 ? " document" : " documents");
        if (filter != null) {
            text.append(", filter ").append(filter);
        }
        return text.append(", ").append(order.words).toString();
    }
}
