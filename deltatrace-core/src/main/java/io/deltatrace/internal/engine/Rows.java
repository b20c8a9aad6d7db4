package io.deltatrace.internal.engine;

import io.deltatrace.document.Document;
import io.deltatrace.json.StoredState.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a collection in the order in which they were added: a persistent vector that may have holes.
 *
 * <p>Each document has a row id, which counts up and is never given again, so that an index can point to it. The ids are the
 * paths through a tree of 32-way nodes, five bits a level. A change copies the nodes from the leaf to the root and shares all
 * others with the version before it; nobody who holds that version notices. The structure is that of Clojure's vector
 * (after Bagwell: "Ideal hash trees", 2001), with the bitmaps of the hash trees: a node holds only the children it has, so
 * deleted documents leave nothing behind and a scan never meets a hole.
 */
final class Rows {

    /** The row id that {@link #findFirst} answers if no document was found. */
    static final long NONE = -1;

    static final Rows EMPTY = new Rows(null, 0, 0, 0);

    static final int BITS = 5;
    static final int WIDTH = 1 << BITS;
    private static final int MASK = WIDTH - 1;

    private final @Nullable RowNode root;
    private final int shift;
    private final long nextRow;
    private final int size;

    private Rows(@Nullable RowNode root, int shift, long nextRow, int size) {
        this.root = root;
        this.shift = shift;
        this.nextRow = nextRow;
        this.size = size;
    }

    static Rows of(List<Document> documents) {
        return EMPTY.append(documents);
    }

    /** The rows with the given ids, which are in ascending order. */
    static Rows of(List<Run> runs, List<Document> documents) {
        Rows rows = EMPTY;
        int taken = 0;
        for (Run run : runs) {
            int count = Math.toIntExact(run.last() - run.first() + 1);
            rows = rows.reserving(run.first()).append(documents.subList(taken, taken + count));
            taken += count;
        }
        return rows;
    }

    int size() {
        return size;
    }

    /** The row ids. */
    List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        long[] run = {0, -1};
        if (root != null) {
            root.forEachRow(shift, 0, row -> {
                if (row != run[1] + 1) {
                    runs.add(new Run(run[0], run[1]));
                    run[0] = row;
                }
                run[1] = row;
            });
            runs.add(new Run(run[0], run[1]));
        }
        runs.removeIf(empty -> empty.last() < empty.first());
        return runs;
    }

    /** No rows, which go on counting where these stopped. */
    Rows cleared() {
        return size == 0 ? this : new Rows(null, 0, nextRow, 0);
    }

    /** These rows and the given documents after them. */
    Rows append(List<Document> documents) {
        if (documents.isEmpty()) {
            return this;
        }
        Appending appending = new Appending(documents, nextRow);
        RowNode top = root;
        int height = shift;
        while (appending.hasNext()) {
            while (appending.row >>> height >>> BITS != 0) {
                top = top == null ? null : new RowNode(1, new Object[] {top});
                height += BITS;
            }
            top = appending.into(top, height);
        }
        return new Rows(top, height, appending.row, Math.addExact(size, documents.size()));
    }

    /** These rows with what the change makes of one document, which must be there. */
    Rows edit(long row, Change change) {
        Document after = change.apply(require(row));
        return new Rows(
                Objects.requireNonNull(root).replace(row, shift, after),
                shift,
                nextRow,
                after == null ? size - 1 : size);
    }

    /** The row id that the next appended document gets. */
    long nextRow() {
        return nextRow;
    }

    /** These rows, giving no id below the given one any more. */
    Rows reserving(long next) {
        return next <= nextRow ? this : new Rows(root, shift, next, size);
    }

    /** These rows with a document at a row id, whether or not there is one; null removes it. */
    Rows put(long row, @Nullable Document document) {
        if (get(row) != null) {
            return edit(row, present -> document);
        }
        if (document == null) {
            return this;
        }
        int height = shift;
        while (row >>> height >>> BITS != 0) {
            height += BITS;
        }
        RowNode inserted = RowNode.insert(raised(height), row, height, document);
        return new Rows(inserted, height, Math.max(nextRow, row + 1), size + 1);
    }

    @Nullable
    Document get(long row) {
        RowNode leaf = leaf(row);
        return leaf == null ? null : leaf.document(digit(row, 0));
    }

    /** The leaf that has a row if it is there; null if it certainly is not. */
    private @Nullable RowNode leaf(long row) {
        // Ids may be reserved that the tree is not high enough for; its digits alone would lead to another row.
        if (row < 0 || row >= nextRow || row >>> shift >>> BITS != 0) {
            return null;
        }
        RowNode node = root;
        for (int level = shift; level > 0 && node != null; level -= BITS) {
            node = node.child(digit(row, level));
        }
        return node;
    }

    /** The document of a row, which must be there. */
    Document require(long row) {
        return present(row, get(row));
    }

    private static Document present(long row, @Nullable Document document) {
        if (document == null) {
            throw new IllegalStateException("There is no row " + row);
        }
        return document;
    }

    /** A reader of these rows. */
    Reader reader() {
        return new Reader();
    }

    /** Reads rows that are often neighbours, and looks for their leaf once. Not thread-safe. */
    final class Reader {

        private long leafNumber = NONE;
        private @Nullable RowNode leaf;

        /** The document of a row, which must be there. */
        Document require(long row) {
            if (row >>> BITS != leafNumber) {
                leafNumber = row >>> BITS;
                leaf = leaf(row);
            }
            return present(row, leaf == null ? null : leaf.document(digit(row, 0)));
        }
    }

    /** The row id of the first document that passes the test, or {@link #NONE}. */
    long findFirst(LeafTest test) {
        long[] first = {NONE};
        scan(test, (leaf, prefix, passed) -> {
            first[0] = prefix | leaf.digit(Integer.numberOfTrailingZeros(passed));
            return false;
        });
        return first[0];
    }

    /** Tells of the documents that pass the test, leaf by leaf in order, until the action wants no more. */
    void scan(LeafTest test, RowNode.LeafAction action) {
        if (root != null) {
            root.scan(shift, 0, test, action);
        }
    }

    void forEach(Consumer<Document> action) {
        if (root != null) {
            root.forEach(shift, action);
        }
    }

    /** These rows with each document that passes the test replaced by what the change makes of it; null removes it. */
    Rows transform(LeafTest test, Change change) {
        return changed((node, counting) -> node.transform(shift, test, counting), change);
    }

    /** These rows with the documents of some rows, which are there and in order, replaced by what the change makes of them. */
    Rows transform(long[] some, Change change) {
        return some.length == 0
                ? this
                : changed((node, counting) -> node.transform(shift, some, 0, some.length, counting), change);
    }

    private Rows changed(BiFunction<RowNode, Change, @Nullable RowNode> transformation, Change change) {
        if (root == null) {
            return this;
        }
        int[] removed = {0};
        RowNode changed = transformation.apply(root, document -> {
            Document replacement = change.apply(document);
            if (replacement == null) {
                removed[0]++;
            }
            return replacement;
        });
        return changed == root ? this : new Rows(changed, shift, nextRow, size - removed[0]);
    }

    /** What is to become of a document. */
    @FunctionalInterface
    interface Change {

        /** The document to put in its place, the same one to keep it, or null to remove it. */
        @Nullable
        Document apply(Document document);
    }

    /** Tells of each row that differs from a later or earlier version of these rows, in order. */
    void differences(Rows other, Difference action) {
        int height = Math.max(shift, other.shift);
        differences(raised(height), other.raised(height), height, 0, action);
    }

    private @Nullable RowNode raised(int height) {
        RowNode node = root;
        for (int level = shift; level < height && node != null; level += BITS) {
            node = new RowNode(1, new Object[] {node});
        }
        return node;
    }

    private static void differences(
            @Nullable RowNode one, @Nullable RowNode other, int level, long prefix, Difference action) {
        if (one == other) {
            return;
        }
        if (level > 0 && one != null && other != null && one.bitmap == other.bitmap) {
            // Most often only one child differs, and finding it is most of the work.
            for (int i = 0, rest = one.bitmap; i < one.slots.length; i++, rest &= rest - 1) {
                if (one.slots[i] != other.slots[i]) {
                    long first = prefix | (long) Integer.numberOfTrailingZeros(rest) << level;
                    differences((RowNode) one.slots[i], (RowNode) other.slots[i], level - BITS, first, action);
                }
            }
            return;
        }
        int bitmap = (one == null ? 0 : one.bitmap) | (other == null ? 0 : other.bitmap);
        int nextOne = 0;
        int nextOther = 0;
        for (int remaining = bitmap; remaining != 0; remaining &= remaining - 1) {
            int bit = Integer.lowestOneBit(remaining);
            Object before = one == null || (one.bitmap & bit) == 0 ? null : one.slots[nextOne++];
            Object after = other == null || (other.bitmap & bit) == 0 ? null : other.slots[nextOther++];
            if (before == after) {
                continue;
            }
            long row = prefix | (long) Integer.numberOfTrailingZeros(bit) << level;
            if (level > 0) {
                differences((RowNode) before, (RowNode) after, level - BITS, row, action);
            } else if (before == null || !before.equals(after)) {
                action.differs(row, (Document) before, (Document) after);
            }
        }
    }

    /** Is told of a row that differs; null stands for a row that is not there. */
    @FunctionalInterface
    interface Difference {

        void differs(long row, @Nullable Document before, @Nullable Document after);
    }

    List<Document> toList() {
        List<Document> list = new ArrayList<>(size);
        forEach(list::add);
        return list;
    }

    static int digit(long row, int level) {
        return (int) (row >>> level) & MASK;
    }

    /** The documents still to be appended, and the row of the next one. */
    private static final class Appending {

        private final List<Document> documents;
        private int next;
        private long row;

        Appending(List<Document> documents, long firstRow) {
            this.documents = documents;
            this.row = firstRow;
        }

        boolean hasNext() {
            return next < documents.size();
        }

        /** Fills a node from the next row on, until it is full or there is nothing left. */
        RowNode into(@Nullable RowNode node, int level) {
            int first = digit(row, level);
            int end = (int) Math.min(WIDTH, first + 1 + (lastRow() >>> level) - (row >>> level));
            int bitmap = node == null ? 0 : node.bitmap;
            int used = node == null ? 0 : node.slots.length;
            int added = end - first - ((bitmap & 1 << first) == 0 ? 0 : 1);
            Object[] slots = node == null ? RowNode.slots(level, added) : Arrays.copyOf(node.slots, used + added);
            for (int digit = first; digit < end; digit++) {
                boolean partlyFilled = (bitmap & 1 << digit) != 0;
                Object child =
                        level == 0 ? takeNext() : into(partlyFilled ? (RowNode) slots[used - 1] : null, level - BITS);
                slots[partlyFilled ? used - 1 : used++] = child;
                bitmap |= 1 << digit;
            }
            return new RowNode(bitmap, slots);
        }

        private long lastRow() {
            return row + documents.size() - next - 1;
        }

        private Document takeNext() {
            row++;
            return documents.get(next++);
        }
    }
}
