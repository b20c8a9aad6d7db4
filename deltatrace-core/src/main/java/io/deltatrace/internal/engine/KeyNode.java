package io.deltatrace.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * A node of the persistent tree in which an index keeps its entries. An entry is a key and a row that has it; entries are in
 * the order of their keys' {@linkplain KeyOrder codes}, then of the keys, then of the rows, so that the rows of one key are
 * neighbours and in order.
 *
 * <p>It is a B+-tree (Comer: "The ubiquitous B-tree", 1979) whose branches know how many entries each child has, so that a range
 * of keys is a range of positions, and its size is known without reading it. A node never changes: an edit copies those from
 * the changed leaves to the root and shares all others with the tree before it (Driscoll and others: "Making data structures
 * persistent", 1989). An edit takes any number of changes in order and goes through the tree once, so that each node is copied once
 * however many of them it takes (as in Pollari-Malmi and others: "Concurrency control in B-trees with batch updates", 1996);
 * there is no state in which a node is being edited.
 */
abstract sealed class KeyNode permits KeyLeaf, KeyBranch {

    /** The most entries of a leaf, and children of a branch. */
    static final int WIDTH = 32;

    /** A node with fewer is put together with its neighbour. */
    private static final int SMALL = WIDTH / 4;

    /** A row below all rows, to find the first entry of a key; none has it. */
    static final long BEFORE_ALL = -1;

    /** So many numbers are a line of the cache: four codes with their rows. */
    private static final int LINE = 8;

    /** So many entries of a key are looked at one after the other. */
    private static final int FEW = 4;

    /** The code and the row of each entry, beside each other: who has found one need not wait for the other. */
    final long[] entries;

    final @Nullable Object[] keys;

    /** Takes ownership of the arrays. */
    KeyNode(long[] entries, @Nullable Object[] keys) {
        this.entries = entries;
        this.keys = keys;
    }

    final long code(int place) {
        return entries[2 * place];
    }

    final long row(int place) {
        return entries[2 * place + 1];
    }

    /** The tree with changes, which are in order, made to it. */
    final KeyNode edited(KeyChange[] changes) {
        KeyNode[] top = edit(changes, 0, changes.length);
        while (top.length > 1) {
            top = KeyBranch.over(top, false);
        }
        KeyNode root = top.length == 0 ? KeyLeaf.EMPTY : top[0];
        while (root instanceof KeyBranch branch && branch.width() == 1) {
            root = branch.child(0);
        }
        return root;
    }

    /** What becomes of this node by some of the changes: nodes of the same height, as many as it takes. */
    abstract KeyNode[] edit(KeyChange[] changes, int from, int to);

    /** This node and the next one, as one node or two that are not small. */
    abstract KeyNode[] joined(KeyNode next);

    /** How many entries there are in and below this node. */
    abstract int size();

    /** How many entries are below the given one, which need not be there. */
    abstract int rank(long code, @Nullable Object key, long row);

    /**
     * Where the entries of a key are.
     *
     * @param from the position of the first one
     * @param to the position after the last one
     * @param rows their rows; null if they are not at hand
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this package
    record Extent(int from, int to, long @Nullable [] rows) {

        int size() {
            return to - from;
        }
    }

    /** Where the entries of a key are. It most often has few, and they are found together, with their rows. */
    abstract Extent extent(long code, @Nullable Object key);

    /**
     * Where the entries of a key are, in a leaf. Where the code tells all, nothing of the leaf itself is read, which is one wait for
     * memory less; it is here because a cast to a leaf would read something.
     *
     * @param known its entries, which the branch above has at hand
     * @param start how many entries there are before this leaf
     */
    final Extent ownExtent(long[] known, int start, long code, @Nullable Object key) {
        boolean tellsAll = KeyOrder.tellsAll(code);
        int from = ceiling(known, 0, code);
        if (!tellsAll) {
            from = ceiling(from, code, key, BEFORE_ALL);
        }
        int most = Math.min(known.length / 2, from + FEW);
        int to = from;
        while (to < most && known[2 * to] == code && (tellsAll || compare(to, code, key, Long.MAX_VALUE) < 0)) {
            to++;
        }
        if (to == from + FEW) {
            return new Extent(start + from, start + ceiling(to, code, key, Long.MAX_VALUE), null);
        }
        long[] rows = new long[to - from];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = known[2 * (from + i) + 1];
        }
        return new Extent(start + from, start + to, rows);
    }

    /** Puts the rows of the entries at some positions into an array. */
    abstract void rows(int from, int to, long[] target, int start);

    /** The leaf with the entry at a position, and in {@code place[0]} its place there. */
    abstract KeyLeaf leaf(int position, int[] place);

    /** How many entries or children this node itself has. */
    final int width() {
        return keys.length;
    }

    final boolean isSmall() {
        return width() < SMALL;
    }

    /** The first of the own entries, from a place on, that is not below the given one. */
    final int ceiling(int from, long code, @Nullable Object key, long row) {
        int low = ceiling(entries, from, code);
        if (low == width() || code(low) != code || compare(low, code, key, row) >= 0) {
            return low;
        }
        int high = width();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(middle, code, key, row) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The first code, from a place on, that is not below the given one. The lines that the codes are on are asked for at once,
     * where a binary search would wait for one after the other; and without branches, as none of them could be foreseen.
     */
    static int ceiling(long[] entries, int from, long code) {
        int low = 2 * from;
        for (int last = low + LINE - 2; last < entries.length; last += LINE) {
            low += entries[last] < code ? LINE : 0;
        }
        int found = low;
        int end = Math.min(low + LINE - 2, entries.length);
        for (int place = low; place < end; place += 2) {
            found += entries[place] < code ? 2 : 0;
        }
        return found >>> 1;
    }

    final int compare(int place, long code, @Nullable Object key, long row) {
        long own = code(place);
        if (own != code) {
            return own < code ? -1 : 1;
        }
        int order = KeyOrder.tellsAll(code) ? 0 : KeyOrder.compare(keys[place], key);
        return order != 0 ? order : Long.compare(row(place), row);
    }

    /**
     * In how many nodes that many entries or children are to be.
     *
     * @return the size of all nodes but the last; with entries that came at the end it is the whole width, because the next ones
     *     will come there too
     */
    static int sizeOfPieces(int count, boolean grewAtTheEnd) {
        int pieces = (count + WIDTH - 1) / WIDTH;
        return grewAtTheEnd || pieces == 0 ? WIDTH : (count + pieces - 1) / pieces;
    }
}
