package io.deltatrace.internal.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Entries of an index that follow each other.
 *
 * @param index the index
 * @param from the position of the first one
 * @param to the position after the last one
 * @param oneKey whether all have the same key, so that they are in the order of their rows
 * @param found their rows; null if they have not been read
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this package
record KeyRange(IndexState index, int from, int to, boolean oneKey, long @Nullable [] found) {

    int size() {
        return Math.max(0, to - from);
    }

    /** What is in this range and in another one of the same index. */
    KeyRange and(KeyRange other) {
        int first = Math.max(from, other.from);
        int end = Math.max(first, Math.min(to, other.to));
        return new KeyRange(index, first, end, oneKey || other.oneKey, null);
    }

    /** Whether the order of the keys is that of a sort by the field: it is unless the sort fails. */
    boolean isSortable() {
        return index.isSortable(from, to);
    }

    /** The rows, in the order of the keys. */
    long[] rows() {
        return rows(0, size());
    }

    /** The rows of some of the entries, counted from the first one. */
    long[] rows(int first, int end) {
        return found == null ? index.rows(from + first, from + end) : Arrays.copyOfRange(found, first, end);
    }

    /** The first rows in the order of a sort: rows with the same key in their own order. */
    long[] rows(boolean reversed, int most) {
        return reversed ? index.rowsReversed(from, from + size(), most) : rows(0, Math.min(size(), most));
    }
}
