package io.deltatrace.internal.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A node with entries. */
final class KeyLeaf extends KeyNode {

    /** The tree without entries; no other leaf has none. */
    static final KeyLeaf EMPTY = new KeyLeaf(new long[0], new Object[0]);

    KeyLeaf(long[] entries, @Nullable Object[] keys) {
        super(entries, keys);
    }

    @Override
    int size() {
        return width();
    }

    @Override
    int rank(long code, @Nullable Object key, long row) {
        return ceiling(0, code, key, row);
    }

    @Override
    Extent extent(long code, @Nullable Object key) {
        return ownExtent(entries, 0, code, key);
    }

    @Override
    void rows(int from, int to, long[] target, int start) {
        for (int place = from; place < to; place++) {
            target[start + place - from] = row(place);
        }
    }

    @Override
    KeyLeaf leaf(int position, int[] place) {
        place[0] = position;
        return this;
    }

    @Override
    KeyNode[] edit(KeyChange[] changes, int from, int to) {
        Filling filling = new Filling(width() + to - from);
        int taken = 0;
        boolean grewAtTheEnd = false;
        for (int c = from; c < to; c++) {
            KeyChange change = changes[c];
            int place = ceiling(taken, change.code(), change.key(), change.row());
            filling.add(this, taken, place);
            taken = place;
            if (c == from) {
                grewAtTheEnd = place == width();
            }
            if (change.removed()) {
                taken++;
            } else {
                filling.add(change);
            }
        }
        filling.add(this, taken, width());
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

        private final long[] entries;
        private final @Nullable Object[] keys;
        private int count;

        Filling(int capacity) {
            entries = new long[2 * capacity];
            keys = new @Nullable Object[capacity];
        }

        void add(KeyChange change) {
            entries[2 * count] = change.code();
            entries[2 * count + 1] = change.row();
            keys[count++] = change.key();
        }

        void add(KeyNode leaf, int from, int to) {
            System.arraycopy(leaf.entries, 2 * from, entries, 2 * count, 2 * (to - from));
            System.arraycopy(leaf.keys, from, keys, count, to - from);
            count += to - from;
        }

        KeyNode[] leaves(boolean grewAtTheEnd) {
            if (count == keys.length && count > 0 && count <= WIDTH) {
                return new KeyNode[] {new KeyLeaf(entries, keys)};
            }
            int size = sizeOfPieces(count, grewAtTheEnd);
            KeyNode[] leaves = new KeyNode[(count + size - 1) / size];
            for (int i = 0; i < leaves.length; i++) {
                int start = i * size;
                int end = Math.min(start + size, count);
                leaves[i] = new KeyLeaf(
                        Arrays.copyOfRange(entries, 2 * start, 2 * end), Arrays.copyOfRange(keys, start, end));
            }
            return leaves;
        }
    }
}
