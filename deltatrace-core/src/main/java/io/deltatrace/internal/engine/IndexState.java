package io.deltatrace.internal.engine;

import io.deltatrace.document.FieldPath;
import io.deltatrace.index.Index;
import io.deltatrace.index.IndexStatus;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One index of one version of a collection: for each document the value of a field and the row. Immutable, except that all
 * versions count their uses together.
 *
 * <p>A hash index and an ordered one are the same tree and differ in the code by which it is ordered first. A hash tells most
 * strings apart where their beginning does not, so that finding an equal one hardly ever compares strings.
 */
final class IndexState {

    private final Index declared;
    private final LongAdder uses;
    private final KeyNode entries;

    /** Of a unique index: how many documents have a value that an earlier one has; null is not counted. */
    private final int duplicates;

    /** An index of no documents. */
    IndexState(Index declared) {
        this(declared, new LongAdder(), KeyLeaf.EMPTY, 0);
    }

    private IndexState(Index declared, LongAdder uses, KeyNode entries, int duplicates) {
        this.declared = declared;
        this.uses = uses;
        this.entries = entries;
        this.duplicates = duplicates;
    }

    Index declared() {
        return declared;
    }

    FieldPath field() {
        return declared.field();
    }

    boolean isOrdered() {
        return declared.kind() == Index.Kind.ORDERED;
    }

    int duplicates() {
        return duplicates;
    }

    void countUse() {
        uses.increment();
    }

    IndexStatus status() {
        return new IndexStatus(declared, entries.size(), keys(), uses.sum());
    }

    long code(@Nullable Object key) {
        return isOrdered() ? KeyOrder.orderedCode(key) : KeyOrder.hashedCode(key);
    }

    /** This index with changes made to it. */
    IndexState edited(List<KeyChange> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        KeyChange[] inOrder = changes.toArray(new KeyChange[0]);
        Arrays.sort(inOrder);
        KeyNode edited = entries.edited(inOrder);
        return new IndexState(declared, uses, edited, declared.isUnique() ? duplicates(inOrder, edited) : 0);
    }

    private int duplicates(KeyChange[] inOrder, KeyNode edited) {
        int count = duplicates;
        for (int i = 0; i < inOrder.length; i++) {
            KeyChange change = inOrder[i];
            boolean seen = i > 0 && inOrder[i - 1].compareKeyTo(change) == 0;
            if (!seen && change.key() != null) {
                // While there are none, no key had any.
                count += surplus(edited, change) - (duplicates == 0 ? 0 : surplus(entries, change));
            }
        }
        return count;
    }

    private static int surplus(KeyNode entries, KeyChange change) {
        return Math.max(0, entries.extent(change.code(), change.key()).size() - 1);
    }

    /** How many different values there are; null is not counted. */
    private long keys() {
        long keys = 0;
        int end = startOf(KeyOrder.NULL);
        for (int position = 0; position < end; keys++) {
            position = endOfKeyAt(position);
        }
        return keys;
    }

    private int startOf(int kind) {
        return entries.rank(KeyOrder.codeOf(kind), null, KeyNode.BEFORE_ALL);
    }

    private int endOfKeyAt(int position) {
        int[] place = {0};
        KeyLeaf leaf = entries.leaf(position, place);
        return entries.rank(leaf.code(place[0]), leaf.keys[place[0]], Long.MAX_VALUE);
    }

    private int startOfKeyAt(int position) {
        int[] place = {0};
        KeyLeaf leaf = entries.leaf(position, place);
        return entries.rank(leaf.code(place[0]), leaf.keys[place[0]], KeyNode.BEFORE_ALL);
    }

    private int kindAt(int position) {
        int[] place = {0};
        return KeyOrder.kindOf(entries.leaf(position, place).code(place[0]));
    }

    private KeyRange range(int from, int to) {
        return new KeyRange(this, from, to, false, null);
    }

    /** All entries. */
    KeyRange all() {
        return range(0, entries.size());
    }

    /** The entries with a value. */
    KeyRange equalTo(@Nullable Object key) {
        KeyNode.Extent extent = entries.extent(code(key), key);
        return new KeyRange(this, extent.from(), extent.to(), true, extent.rows());
    }

    /** The entries with a value of the given one's kind that is greater, or equal too. */
    KeyRange above(Object key, boolean orEqual) {
        int start = entries.rank(code(key), key, orEqual ? KeyNode.BEFORE_ALL : Long.MAX_VALUE);
        return range(start, startOf(KeyOrder.kind(key) + 1));
    }

    /** The entries with a value of the given one's kind that is less, or equal too. */
    KeyRange below(Object key, boolean orEqual) {
        int end = entries.rank(code(key), key, orEqual ? Long.MAX_VALUE : KeyNode.BEFORE_ALL);
        return range(startOf(KeyOrder.kind(key)), end);
    }

    /** The entries with a string that starts with the given one. */
    KeyRange startingWith(String prefix) {
        KeyRange atLeast = above(prefix, true);
        String next = KeyOrder.afterAllWith(prefix);
        return next == null ? atLeast : atLeast.and(below(next, false));
    }

    /** The entries with values that are neither strings nor null. */
    KeyRange otherThanText() {
        return range(0, startOf(KeyOrder.STRING));
    }

    /**
     * Whether some entries are in the order in which a sort has their documents: all that are not null must be of one kind that
     * has an order, or else the sort fails.
     */
    boolean isSortable(int from, int to) {
        int last = Math.min(to, startOf(KeyOrder.NULL)) - 1;
        if (last < from) {
            return true;
        }
        int kind = kindAt(last);
        return kind == kindAt(from) && kind != KeyOrder.ARRAY && kind != KeyOrder.OBJECT;
    }

    /** The rows of the entries at some positions. */
    long[] rows(int from, int to) {
        long[] rows = new long[to - from];
        if (to > from) {
            entries.rows(from, to, rows, 0);
        }
        return rows;
    }

    /** The last rows of the entries at some positions, the greatest keys first, but those of equal keys as they are. */
    long[] rowsReversed(int from, int to, int most) {
        long[] rows = new long[Math.min(to - from, most)];
        int end = to;
        for (int count = 0; count < rows.length; ) {
            int start = Math.max(from, startOfKeyAt(end - 1));
            int taken = Math.min(end - start, rows.length - count);
            entries.rows(start, start + taken, rows, count);
            count += taken;
            end = start;
        }
        return rows;
    }

    /** This index without documents. */
    IndexState cleared() {
        return new IndexState(declared, uses, KeyLeaf.EMPTY, 0);
    }
}
