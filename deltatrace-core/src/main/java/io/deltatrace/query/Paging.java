package io.deltatrace.query;

import io.deltatrace.document.Document;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the found documents is wanted. The offset wins over {@code startAfter}, which wins over {@code endBefore}; the
 * last two do nothing if no found document is equal to them.
 *
 * @param offset how many documents are left out at the start, not negative
 * @param startAfter the document after which the page starts
 * @param endBefore the document before which the page ends
 * @param limit how many documents the page has at most, not negative: its first ones, or the last ones before {@code
 *     endBefore}
 */
public record Paging(
        @Nullable Integer offset,
        @Nullable Document startAfter,
        @Nullable Document endBefore,
        @Nullable Integer limit) {

    /** Everything. */
    public static final Paging NONE = new Paging(null, null, null, null);

    /** Rejects negative numbers. */
    public Paging {
        if (offset != null && offset < 0) {
            throw new IllegalArgumentException("The offset must not be negative: " + offset);
        }
        if (limit != null && limit < 0) {
            throw new IllegalArgumentException("The limit must not be negative: " + limit);
        }
    }
}
