package io.deltatrace.internal.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A node with entries. */
final class KeyLeaf extends KeyNode {

    /** The tree without entries; no other leaf has none. */
    static final KeyLeaf EMPTY = new KeyLeaf(new long[0], new Object[0], new long[0]);

    /** So many entries of a key are looked at one after the other. */
    private static final int FEW = 4;

    KeyLeaf(long[] codes, @Nullable Object[] keys, long[] rows) {
        super(codes, keys, rows);
    }

    @Override
    int size() {
        return rows.length;
    }

    @Override
    int rank(long code, @Nullable Object key, long row) {
        return ceiling(0, code, key, row);
    }

    @Override
    long extent(long code, @Nullable Object key) {
        int from = ceiling(0, code, key, BEFORE_ALL);
        int to = from;
        while (to < width() && to < from + FEW && compare(to, code, key, Long.MAX_VALUE) < 0) {
            to++;
        }
        return extent(from, to < from + FEW ? to : ceiling(to, code, key, Long.MAX_VALUE));
    }

    @Override
    void rows(int from, int to, long[] target, int start) {
        System.arraycopy(rows, from, target, start, to - from);
    }

    @Override
    KeyLeaf leaf(int position, int[] place) {
        place[0] = position;
        return this;
    }

    @Override
    KeyNode[] edit(KeyChange[] changes, int from, int to) {
        Filling filling = new Filling(rows.length + to - from);
        int taken = 0;
        boolean grewAtTheEnd = false;
        for (int c = from; c < to; c++) {
            KeyChange change = changes[c];
            int place = ceiling(taken, change.code(), change.key(), change.row());
            filling.add(this, taken, place);
            taken = place;
            if (c == from) {
                grewAtTheEnd = place == rows.length;
            }
            if (change.removed()) {
                taken++;
            } else {
                filling.add(change);
            }
        }
        filling.add(this, taken, rows.length);
        return filling.leaves(grewAtTheEnd);
    }

    @Override
    KeyNode[] joined(KeyNode next) {
        Filling filling = new Filling(width() + next.width());
        filling.add(this, 0, width());
        filling.add(next, 0, next.width());
        return filling.leaves(false);
    }

    /** Entries on their way into leaves. */
    private static final class Filling {

        private final long[] codes;
        private final @Nullable Object[] keys;
        private final long[] rows;
        private int count;

        Filling(int capacity) {
            codes = new long[capacity];
            keys = new @Nullable Object[capacity];
            rows = new long[capacity];
        }

        void add(KeyChange change) {
            codes[count] = change.code();
            keys[count] = change.key();
            rows[count++] = change.row();
        }

        void add(KeyNode leaf, int from, int to) {
            System.arraycopy(leaf.codes, from, codes, count, to - from);
            System.arraycopy(leaf.keys, from, keys, count, to - from);
            System.arraycopy(leaf.rows, from, rows, count, to - from);
            count += to - from;
        }

        KeyNode[] leaves(boolean grewAtTheEnd) {
            if (count == rows.length && count > 0 && count <= WIDTH) {
                return new KeyNode[] {new KeyLeaf(codes, keys, rows)};
            }
            int size = sizeOfPieces(count, grewAtTheEnd);
            KeyNode[] leaves = new KeyNode[(count + size - 1) / size];
            for (int i = 0; i < leaves.length; i++) {
                int start = i * size;
                int end = Math.min(start + size, count);
                leaves[i] = new KeyLeaf(
                        Arrays.copyOfRange(codes, start, end),
                        Arrays.copyOfRange(keys, start, end),
                        Arrays.copyOfRange(rows, start, end));
            }
            return leaves;
        }
    }
}
