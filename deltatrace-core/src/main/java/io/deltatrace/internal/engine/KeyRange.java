package io.deltatrace.internal.engine;

/**
 * Entries of an index that follow each other.
 *
 * @param index the index
 * @param from the position of the first one
 * @param to the position after the last one
 * @param oneKey whether all have the same key, so that they are in the order of their rows
 */
record KeyRange(IndexState index, int from, int to, boolean oneKey) {

    int size() {
        return Math.max(0, to - from);
    }

    /** What is in this range and in another one of the same index. */
    KeyRange and(KeyRange other) {
        int start = Math.max(from, other.from);
        return new KeyRange(index, start, Math.max(start, Math.min(to, other.to)), oneKey || other.oneKey);
    }

    /** Whether the order of the keys is that of a sort by the field: it is unless the sort fails. */
    boolean isSortable() {
        return index.isSortable(from, to);
    }

    /** The rows, in the order of the keys. */
    long[] rows() {
        return index.rows(from, from + size());
    }

    /** The first rows in the order of a sort: rows with the same key in their own order. */
    long[] rows(boolean reversed, int most) {
        return reversed
                ? index.rowsReversed(from, from + size(), most)
                : index.rows(from, from + Math.min(size(), most));
    }
}
