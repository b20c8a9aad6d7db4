package io.deltatrace.internal.engine;

/**
 * Entries of an index that follow each other.
 *
 * @param index the index
 * @param within a node of it that has all of them
 * @param start the position of the first entry of that node
 * @param from the position of the first one
 * @param to the position after the last one
 * @param oneKey whether all have the same key, so that they are in the order of their rows
 */
record KeyRange(IndexState index, KeyNode within, int start, int from, int to, boolean oneKey) {

    int size() {
        return Math.max(0, to - from);
    }

    /** What is in this range and in another one of the same index. */
    KeyRange and(KeyRange other) {
        int first = Math.max(from, other.from);
        int end = Math.max(first, Math.min(to, other.to));
        return new KeyRange(index, within, start, first, end, oneKey || other.oneKey);
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
        long[] rows = new long[end - first];
        if (end > first) {
            within.rows(from - start + first, from - start + end, rows, 0);
        }
        return rows;
    }

    /** The first rows in the order of a sort: rows with the same key in their own order. */
    long[] rows(boolean reversed, int most) {
        return reversed ? index.rowsReversed(from, from + size(), most) : rows(0, Math.min(size(), most));
    }
}
