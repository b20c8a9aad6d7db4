package io.deltatrace.internal.engine;

import io.deltatrace.document.Document;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A node of the tree of {@link Rows}; what its slots hold are documents at level 0 and nodes above. Immutable. */
final class RowNode {

    final int bitmap;
    final Object[] slots;

    RowNode(int bitmap, Object[] slots) {
        this.bitmap = bitmap;
        this.slots = slots;
    }

    @Nullable
    Object child(int digit) {
        return (bitmap & 1 << digit) == 0 ? null : slots[position(digit)];
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
        Object[] fewer = new Object[slots.length - 1];
        System.arraycopy(slots, 0, fewer, 0, position);
        System.arraycopy(slots, position + 1, fewer, position, fewer.length - position);
        return new RowNode(bitmap & ~(1 << digit), fewer);
    }

    static RowNode insert(@Nullable RowNode node, long row, int level, Document document) {
        int digit = Rows.digit(row, level);
        Object present = node == null ? null : node.child(digit);
        Object child = level == 0 ? document : insert((RowNode) present, row, level - Rows.BITS, document);
        if (node == null) {
            return new RowNode(1 << digit, new Object[] {child});
        }
        int position = node.position(digit);
        if (present != null) {
            Object[] changed = node.slots.clone();
            changed[position] = child;
            return new RowNode(node.bitmap, changed);
        }
        Object[] more = new Object[node.slots.length + 1];
        System.arraycopy(node.slots, 0, more, 0, position);
        more[position] = child;
        System.arraycopy(node.slots, position, more, position + 1, node.slots.length - position);
        return new RowNode(node.bitmap | 1 << digit, more);
    }

    long findFirst(int level, long prefix, Predicate<Document> test) {
        int remaining = bitmap;
        for (Object slot : slots) {
            long row = prefix | (long) Integer.numberOfTrailingZeros(remaining) << level;
            remaining &= remaining - 1;
            if (level > 0) {
                long found = ((RowNode) slot).findFirst(level - Rows.BITS, row, test);
                if (found != Rows.NONE) {
                    return found;
                }
            } else if (test.test((Document) slot)) {
                return row;
            }
        }
        return Rows.NONE;
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
        for (Object slot : slots) {
            if (level == 0) {
                action.accept((Document) slot);
            } else {
                ((RowNode) slot).forEach(level - Rows.BITS, action);
            }
        }
    }

    @Nullable
    RowNode transform(int level, Rows.Change change) {
        Object[] changed = null;
        int kept = 0;
        int bits = 0;
        int remaining = bitmap;
        for (int i = 0; i < slots.length; i++) {
            int bit = Integer.lowestOneBit(remaining);
            remaining &= ~bit;
            Object slot = slots[i];
            Object result =
                    level == 0 ? change.apply((Document) slot) : ((RowNode) slot).transform(level - Rows.BITS, change);
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

    /** As {@link #transform(int, Rows.Change)}, for those of some rows that are below this node. */
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
        Object[] some = new Object[Integer.bitCount(bits)];
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
