package io.deltatrace.internal.engine;

import io.deltatrace.condition.ValueTest;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.FieldReader;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree of {@link Rows}; what its slots hold are documents at level 0 and nodes above. Immutable, but for the columns that
 * a leaf keeps of the fields that were looked at last; who needs one that is gone makes it again.
 */
final class RowNode {

    private static final int MOST_COLUMNS = 4;

    /** The columns of a leaf that no test has asked for any yet. */
    private static final Column[] NOT_ASKED_FOR = {};

    private static final Column[] NONE_MADE = {};

    final int bitmap;
    final Object[] slots;

    private volatile Column[] columns = NOT_ASKED_FOR;

    RowNode(int bitmap, Object[] slots) {
        this.bitmap = bitmap;
        this.slots = slots;
    }

    /**
     * An array for the slots of a node. Those of a leaf are an array of documents, so that what is read from it is known to be one;
     * a cast would look into each document, which is most often not in the cache.
     */
    static Object[] slots(int level, int count) {
        return level == 0 ? new Document[count] : new Object[count];
    }

    /** The slots of a leaf. Not to be changed. */
    Document[] documents() {
        return (Document[]) slots;
    }

    /** The child at a digit, in a node above the leaves. */
    @Nullable
    RowNode child(int digit) {
        return has(digit) ? (RowNode) slots[position(digit)] : null;
    }

    /** The document at a digit, in a leaf. */
    @Nullable
    Document document(int digit) {
        return has(digit) ? documents()[position(digit)] : null;
    }

    private boolean has(int digit) {
        return (bitmap & 1 << digit) != 0;
    }

    private int position(int digit) {
        return Integer.bitCount(bitmap & (1 << digit) - 1);
    }

    @Nullable
    RowNode replace(long row, int level, @Nullable Document document) {
        int digit = Rows.digit(row, level);
        int position = position(digit);
        Object child = level == 0 ? document : ((RowNode) slots[position]).replace(row, level - Rows.BITS, document);
        if (child != null) {
            Object[] changed = slots.clone();
            changed[position] = child;
            return new RowNode(bitmap, changed);
        }
        if (slots.length == 1) {
            return null;
        }
        Object[] fewer = Arrays.copyOf(slots, slots.length - 1);
        System.arraycopy(slots, position + 1, fewer, position, fewer.length - position);
        return new RowNode(bitmap & ~(1 << digit), fewer);
    }

    static RowNode insert(@Nullable RowNode node, long row, int level, Document document) {
        int digit = Rows.digit(row, level);
        RowNode present = node == null || level == 0 ? null : node.child(digit);
        Object child = level == 0 ? document : insert(present, row, level - Rows.BITS, document);
        if (node == null) {
            Object[] only = slots(level, 1);
            only[0] = child;
            return new RowNode(1 << digit, only);
        }
        int position = node.position(digit);
        if (present != null) {
            Object[] changed = node.slots.clone();
            changed[position] = child;
            return new RowNode(node.bitmap, changed);
        }
        Object[] more = Arrays.copyOf(node.slots, node.slots.length + 1);
        more[position] = child;
        System.arraycopy(node.slots, position, more, position + 1, node.slots.length - position);
        return new RowNode(node.bitmap | 1 << digit, more);
    }

    /** Which documents of a leaf pass a test of a field; as {@link LeafTest#test}. The first time it does not pay to make a column. */
    int test(FieldPath field, FieldReader reader, ValueTest test, int candidates) {
        if (columns != NOT_ASKED_FOR) {
            return column(field, reader).test(test, candidates);
        }
        columns = NONE_MADE;
        @Nullable Object[] values = new @Nullable Object[slots.length];
        Document[] documents = documents();
        for (int i = 0; i < values.length; i++) {
            values[i] = reader.read(documents[i]);
        }
        int passed = 0;
        for (int i = 0; i < values.length; i++) {
            passed |= (test.test(values[i]) ? 1 : 0) << i;
        }
        return passed & candidates;
    }

    /** The column of a field, in a leaf. */
    Column column(FieldPath field, FieldReader reader) {
        Column[] known = columns;
        for (Column column : known) {
            if (column.isOf(field)) {
                return column;
            }
        }
        Column made = Column.of(field, reader, documents());
        Column[] more = new Column[Math.min(known.length + 1, MOST_COLUMNS)];
        more[0] = made;
        System.arraycopy(known, 0, more, 1, more.length - 1);
        columns = more;
        return made;
    }

    /** What is done with the documents of a leaf that pass a test; there are some. */
    @FunctionalInterface
    interface LeafAction {

        /**
         * Does it.
         *
         * @param prefix the rows' digits above the lowest one
         * @param passed a bit for each slot
         * @return whether to go on with the next leaf
         */
        boolean found(RowNode leaf, long prefix, int passed);
    }

    /** Looks at one leaf after the other until an action wants no more; false if that was so. */
    boolean scan(int level, long prefix, LeafTest test, LeafAction action) {
        if (level == 0) {
            int passed = test.test(this, allSlots());
            return passed == 0 || action.found(this, prefix, passed);
        }
        int remaining = bitmap;
        for (Object slot : slots) {
            long row = prefix | (long) Integer.numberOfTrailingZeros(remaining) << level;
            remaining &= remaining - 1;
            if (!((RowNode) slot).scan(level - Rows.BITS, row, test, action)) {
                return false;
            }
        }
        return true;
    }

    private int allSlots() {
        return -1 >>> (Rows.WIDTH - slots.length);
    }

    /** The digit of a slot. */
    int digit(int position) {
        int remaining = bitmap;
        for (int i = 0; i < position; i++) {
            remaining &= remaining - 1;
        }
        return Integer.numberOfTrailingZeros(remaining);
    }

    void forEachRow(int level, long prefix, LongConsumer action) {
        int remaining = bitmap;
        for (Object slot : slots) {
            long row = prefix | (long) Integer.numberOfTrailingZeros(remaining) << level;
            remaining &= remaining - 1;
            if (level > 0) {
                ((RowNode) slot).forEachRow(level - Rows.BITS, row, action);
            } else {
                action.accept(row);
            }
        }
    }

    void forEach(int level, Consumer<Document> action) {
        if (level == 0) {
            for (Document document : documents()) {
                action.accept(document);
            }
            return;
        }
        for (Object slot : slots) {
            ((RowNode) slot).forEach(level - Rows.BITS, action);
        }
    }

    /** With each of the documents that pass a test replaced by what the change makes of it. */
    @Nullable
    RowNode transform(int level, LeafTest test, Rows.Change change) {
        int passed = level == 0 ? test.test(this, allSlots()) : 0;
        if (level == 0 && passed == 0) {
            return this;
        }
        Object[] changed = null;
        int kept = 0;
        int bits = 0;
        int remaining = bitmap;
        for (int i = 0; i < slots.length; i++) {
            int bit = Integer.lowestOneBit(remaining);
            remaining &= ~bit;
            Object slot = slots[i];
            Object result = level > 0
                    ? ((RowNode) slot).transform(level - Rows.BITS, test, change)
                    : (passed & 1 << i) == 0 ? slot : change.apply((Document) slot);
            if (result != slot && changed == null) {
                changed = Arrays.copyOf(slots, slots.length);
            }
            if (result != null) {
                if (changed != null) {
                    changed[kept] = result;
                }
                kept++;
                bits |= bit;
            }
        }
        if (changed == null) {
            return this;
        }
        return kept == 0 ? null : new RowNode(bits, kept == slots.length ? changed : Arrays.copyOf(changed, kept));
    }

    /** As {@link #transform(int, LeafTest, Rows.Change)}, for those of some rows that are below this node. */
    @Nullable
    RowNode transform(int level, long[] rows, int from, int to, Rows.Change change) {
        Object[] changed = slots.clone();
        boolean same = true;
        int bits = bitmap;
        for (int next = from; next < to; ) {
            int digit = Rows.digit(rows[next], level);
            int end = next + 1;
            while (end < to && Rows.digit(rows[end], level) == digit) {
                end++;
            }
            int position = position(digit);
            Object slot = slots[position];
            Object result = level == 0
                    ? change.apply((Document) slot)
                    : ((RowNode) slot).transform(level - Rows.BITS, rows, next, end, change);
            same &= result == slot;
            if (result == null) {
                bits &= ~(1 << digit);
            } else {
                changed[position] = result;
            }
            next = end;
        }
        if (same) {
            return this;
        }
        return bits == 0 ? null : new RowNode(bits, bits == bitmap ? changed : some(changed, bits));
    }

    /** Those of the slots that some bits of the bitmap stand for. */
    private Object[] some(Object[] all, int bits) {
        Object[] some = Arrays.copyOf(all, Integer.bitCount(bits));
        int kept = 0;
        int remaining = bitmap;
        for (Object slot : all) {
            if ((bits & Integer.lowestOneBit(remaining)) != 0) {
                some[kept++] = slot;
            }
            remaining &= remaining - 1;
        }
        return some;
    }
}
