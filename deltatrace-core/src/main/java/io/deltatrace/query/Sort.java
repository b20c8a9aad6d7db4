package io.deltatrace.query;

import io.deltatrace.condition.ValueType;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.FieldReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The order of documents: by the first field, where that is equal by the second, and so on; stable.
 *
 * @param orders the fields, the most significant first; none keeps the order as it is
 */
public record Sort(List<Order> orders) {

    private static final int RUN = 16;

    /**
     * The order by one field.
     *
     * @param field the path to it
     * @param reversed whether the greatest value comes first; null is greater than any
     * @param valueType what its values are compared as
     */
    public record Order(FieldPath field, boolean reversed, ValueType valueType) {

        /** Requires all three. */
        public Order {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(valueType, "valueType");
        }

        private int compare(@Nullable Object a, @Nullable Object b) {
            try {
                int order = valueType.compareSortKeys(a, b);
                return reversed ? -order : order;
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("Cannot sort by '" + field + "': " + e.getMessage(), e);
            }
        }
    }

    /** Copies the orders. */
    public Sort {
        orders = List.copyOf(orders);
    }

    /** By the field at a dotted path, ascending. */
    public static Sort by(String field) {
        return by(field, ValueType.AUTO);
    }

    /** By the field at a dotted path, compared as the given type, ascending. */
    public static Sort by(String field, ValueType valueType) {
        return new Sort(List.of(new Order(FieldPath.of(field), false, valueType)));
    }

    /** This order, with its last field descending; there must be one. */
    public Sort descending() {
        if (orders.isEmpty()) {
            throw new IllegalStateException("There is no field to be descending");
        }
        List<Order> changed = new ArrayList<>(orders);
        Order last = changed.remove(changed.size() - 1);
        changed.add(new Order(last.field(), true, last.valueType()));
        return new Sort(changed);
    }

    /** This order, and by another field where it leaves documents equal. */
    public Sort thenBy(String field) {
        return thenBy(field, ValueType.AUTO);
    }

    /** As {@link #thenBy(String)}, compared as the given type. */
    public Sort thenBy(String field, ValueType valueType) {
        return new Sort(Stream.concat(orders.stream(), Stream.of(new Order(FieldPath.of(field), false, valueType)))
                .toList());
    }

    /**
     * The documents in this order. Each field is read and converted once per document.
     *
     * @throws IllegalArgumentException if values that have to be compared have no order; the message names field and kinds
     */
    public List<Document> apply(List<Document> documents) {
        if (orders.isEmpty() || documents.size() < 2) {
            return documents;
        }
        FieldReader[] readers =
                orders.stream().map(order -> order.field().reader()).toArray(FieldReader[]::new);
        Row[] rows = new Row[documents.size()];
        for (int i = 0; i < rows.length; i++) {
            Document document = documents.get(i);
            @Nullable Object[] keys = new @Nullable Object[readers.length];
            for (int k = 0; k < readers.length; k++) {
                keys[k] = orders.get(k).valueType().sortKey(readers[k].read(document));
            }
            rows[i] = new Row(document, keys);
        }
        sort(rows);
        List<Document> sorted = new ArrayList<>(rows.length);
        for (Row row : rows) {
            sorted.add(row.document());
        }
        return sorted;
    }

    /**
     * Sorts stably. The JDK's sort throws when it notices that an order is not transitive; for such an order it sorts only
     * pieces too short to notice, and they are merged as Python's sort merges its runs.
     */
    private void sort(Row[] rows) {
        if (orders.stream().allMatch(order -> order.valueType().isTransitive())) {
            Arrays.sort(rows, this::compare);
            return;
        }
        for (int start = 0; start < rows.length; start += RUN) {
            Arrays.sort(rows, start, Math.min(start + RUN, rows.length), this::compare);
        }
        for (int width = RUN; width < rows.length; width *= 2) {
            for (int start = 0; start + width < rows.length; start += 2 * width) {
                merge(rows, start, start + width, Math.min(start + 2 * width, rows.length));
            }
        }
    }

    private void merge(Row[] rows, int start, int middle, int end) {
        Row[] left = Arrays.copyOfRange(rows, start, middle);
        int l = 0;
        int r = middle;
        for (int target = start; l < left.length; target++) {
            rows[target] = r < end && compare(rows[r], left[l]) < 0 ? rows[r++] : left[l++];
        }
    }

    private int compare(Row a, Row b) {
        for (int k = 0; k < orders.size(); k++) {
            int order = orders.get(k).compare(a.keys()[k], b.keys()[k]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
    private record Row(Document document, @Nullable Object[] keys) {}
}
