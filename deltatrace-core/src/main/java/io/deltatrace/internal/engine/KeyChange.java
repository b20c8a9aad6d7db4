package io.deltatrace.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * One entry to be put into an index, or to be taken out of it.
 *
 * @param code the code of the key
 * @param key the key
 * @param row the row that has it
 * @param removed whether it is to be taken out, where it must be
 */
record KeyChange(long code, @Nullable Object key, long row, boolean removed) implements Comparable<KeyChange> {

    @Override
    public int compareTo(KeyChange other) {
        int order = compareKeyTo(other);
        return order != 0 ? order : Long.compare(row, other.row);
    }

    int compareKeyTo(KeyChange other) {
        return code != other.code ? Long.compare(code, other.code) : KeyOrder.compare(key, other.key);
    }
}
