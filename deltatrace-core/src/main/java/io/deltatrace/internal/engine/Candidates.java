package io.deltatrace.internal.engine;

import io.deltatrace.condition.Condition;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that indexes find for a condition: all that meet it, and maybe others.
 *
 * @param ranges where they are; their rows may overlap
 * @param answered the condition, or that part of it that the ranges answer
 * @param filter what the documents still have to be tested for; null if all meet the condition
 */
record Candidates(
        List<KeyRange> ranges, Condition answered, @Nullable Condition filter) {

    static Candidates exactly(KeyRange range, Condition condition) {
        return new Candidates(List.of(range), condition, null);
    }

    /** How many rows there are at most, and exactly if no two ranges overlap. */
    long size() {
        long size = 0;
        for (KeyRange range : ranges) {
            size += range.size();
        }
        return size;
    }

    boolean isExact() {
        return filter == null;
    }

    /** The only range; null if there are several, or none. */
    @Nullable
    KeyRange onlyRange() {
        return ranges.size() == 1 ? ranges.get(0) : null;
    }

    /** The indexes that have the ranges, each once. */
    Set<IndexState> indexes() {
        Set<IndexState> indexes = new LinkedHashSet<>();
        ranges.forEach(range -> indexes.add(range.index()));
        return indexes;
    }

    /** The rows, each once, in ascending order. */
    long[] rows() {
        KeyRange only = onlyRange();
        if (only != null) {
            long[] rows = only.rows();
            if (!only.oneKey()) {
                Arrays.sort(rows);
            }
            return rows;
        }
        long[] rows = new long[Math.toIntExact(size())];
        int count = 0;
        for (KeyRange range : ranges) {
            long[] more = range.rows();
            System.arraycopy(more, 0, rows, count, more.length);
            count += more.length;
        }
        Arrays.sort(rows);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || rows[i] != rows[i - 1]) {
                rows[distinct++] = rows[i];
            }
        }
        return Arrays.copyOf(rows, distinct);
    }
}
