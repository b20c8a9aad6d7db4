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

    final long[] codes;
    final @Nullable Object[] keys;
    final long[] rows;

    /** Takes ownership of the arrays. */
    KeyNode(long[] codes, @Nullable Object[] keys, long[] rows) {
        this.codes = codes;
        this.keys = keys;
        this.rows = rows;
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
     * Where the entries of a key begin and end: the {@link #rank} before the first one and that after the last one, in the upper and the
     * lower half. A key most often has few, and they are found together.
     */
    abstract long extent(long code, @Nullable Object key);

    static long extent(int from, int to) {
        return (long) from << Integer.SIZE | to;
    }

    /** Puts the rows of the entries at some positions into an array. */
    abstract void rows(int from, int to, long[] target, int start);

    /** The leaf with the entry at a position, and in {@code place[0]} its place there. */
    abstract KeyLeaf leaf(int position, int[] place);

    /** How many entries or children this node itself has. */
    final int width() {
        return rows.length;
    }

    final boolean isSmall() {
        return width() < SMALL;
    }

    /** The first of the own entries, from a place on, that is not below the given one. */
    final int ceiling(int from, long code, @Nullable Object key, long row) {
        int low = ceiling(from, code);
        if (low == rows.length || codes[low] != code || compare(low, code, key, row) >= 0) {
            return low;
        }
        int high = rows.length;
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

    /** The first code, from a place on, that is not below the given one; without branches, as none of them could be foreseen. */
    private int ceiling(int from, long code) {
        int low = from;
        for (int left = codes.length - from; left > 0; ) {
            int half = (left + 1) >>> 1;
            low += codes[low + half - 1] < code ? half : 0;
            left -= half;
        }
        return low;
    }

    final int compare(int place, long code, @Nullable Object key, long row) {
        long own = codes[place];
        if (own != code) {
            return own < code ? -1 : 1;
        }
        int order = KeyOrder.tellsAll(code) ? 0 : KeyOrder.compare(keys[place], key);
        return order != 0 ? order : Long.compare(rows[place], row);
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
