package io.deltatrace.internal.engine;

import io.deltatrace.condition.Comparison;
import io.deltatrace.condition.Comparison.Operator;
import io.deltatrace.condition.ValueTest;
import io.deltatrace.condition.ValueType;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldReader;
import io.deltatrace.query.Sort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the documents that come first in the order of a sort, and counts all. It keeps more than are wanted, in an order that a stable
 * sort makes the right one. When there are too many the last ones go, and from then on no document is looked at whose value of the first
 * sort field, in its column, does not come before that of the last one wanted.
 */
final class Leading implements RowNode.LeafAction {

    /** Of how many documents one is wanted at most for it not to be simpler to sort all. */
    private static final int FEW = 8;

    private final Sort sort;
    private final int most;
    private final Key[] keys;
    private List<Document> kept = new ArrayList<>();
    private int hits;
    private boolean comparable = true;

    /** What a value of the first key must pass for its document to be one of the first; null as long as all can be. */
    private @Nullable ValueTest limit;

    private Leading(Sort sort, int most) {
        this.sort = sort;
        this.most = most;
        this.keys = sort.orders().stream().map(Key::new).toArray(Key[]::new);
    }

    /**
     * What comes first of the documents that pass a test, and maybe others; null if all of them are needed to tell that, or that they
     * have no order. So that it does not matter in which order they were added, a sample of the leaves says where to begin.
     */
    static Selection.@Nullable Found find(Rows rows, LeafTest test, Sort sort, int most) {
        List<Sort.Order> orders = sort.orders();
        if (most == 0
                || most > rows.size() / FEW
                || orders.isEmpty()
                || !orders.stream().allMatch(order -> order.valueType() == ValueType.AUTO)) {
            return null;
        }
        int step = (int) Math.sqrt((double) rows.size() / most);
        int[] leaves = {0};
        Leading sample = new Leading(sort, most);
        rows.scan((leaf, candidates) -> leaves[0]++ % step == 0 ? test.test(leaf, candidates) : 0, sample);
        Leading leading = new Leading(sort, most);
        leading.limit = sample.kept.size() >= most ? sample.limit(true) : null;
        rows.scan(test, leading);
        return leading.comparable ? new Selection.Found(leading.kept, leading.hits) : null;
    }

    @Override
    public boolean found(RowNode leaf, long prefix, int passed) {
        for (Key key : keys) {
            comparable &= key.isOfOneType(leaf);
        }
        if (!comparable) {
            return false;
        }
        hits += Integer.bitCount(passed);
        int left = limit == null ? passed : keys[0].column(leaf).test(limit, passed);
        for (; left != 0; left &= left - 1) {
            kept.add(leaf.documents()[Integer.numberOfTrailingZeros(left)]);
        }
        if (kept.size() >= 2 * most + Rows.WIDTH) {
            limit = limit(keys.length > 1);
        }
        return true;
    }

    /**
     * The test of those that can still be one of the first, which are all that are kept.
     *
     * @param orEqual whether one can be whose value of the first key is that of the last one
     */
    private ValueTest limit(boolean orEqual) {
        kept = new ArrayList<>(sort.apply(kept, most).subList(0, most));
        return keys[0].before(kept.get(most - 1), orEqual);
    }

    /** A field that is sorted by. */
    private static final class Key {

        private final Sort.Order order;
        private final FieldReader reader;

        /** What the values in all columns are so far; null before the first. */
        private @Nullable Class<?> type;

        Key(Sort.Order order) {
            this.order = order;
            this.reader = order.field().reader();
        }

        Column column(RowNode leaf) {
            return leaf.column(order.field(), reader);
        }

        /** Whether all values are of one type, here and before, so that they can be compared. */
        boolean isOfOneType(RowNode leaf) {
            Class<?> own = column(leaf).type();
            boolean same = own != null && (type == null || type == own);
            type = own;
            return same;
        }

        /** The test of whether a value comes before that of a document. */
        ValueTest before(Document last, boolean orEqual) {
            Operator operator = order.reversed()
                    ? orEqual ? Operator.GREATER_THAN_OR_EQUAL : Operator.GREATER_THAN
                    : orEqual ? Operator.LESS_THAN_OR_EQUAL : Operator.LESS_THAN;
            return new Comparison(operator, order.field(), reader.read(last), ValueType.AUTO).compileForValues();
        }
    }
}
