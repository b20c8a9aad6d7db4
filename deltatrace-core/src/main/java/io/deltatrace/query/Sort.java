package io.deltatrace.query;

import io.deltatrace.condition.ValueType;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.FieldReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The order of documents: by the first field, where that is equal by the second, and so on; stable.
 *
 * @param orders the fields, the most significant first; none keeps the order as it is
 */
public record Sort(List<Order> orders) {

    private static final int RUN = 16;

    /** Of how many documents one is wanted at most for it not to be simpler to sort all. */
    private static final int FEW = 8;

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
        return apply(documents, Integer.MAX_VALUE);
    }

    /**
     * The first documents in this order, as many as are wanted. If these are few, no others are sorted.
     *
     * @throws IllegalArgumentException as {@link #apply(List)}, for the same documents
     */
    public List<Document> apply(List<Document> documents, int most) {
        return apply(documents, null, most);
    }

    /**
     * As {@link #apply(List, int)}.
     *
     * @param integers what the documents have in the only field, compared as {@link ValueType#AUTO}, if that is known already; is used
     *     up
     */
    public List<Document> apply(List<Document> documents, long @Nullable [] integers, int most) {
        if (orders.isEmpty() || documents.size() < 2) {
            return documents;
        }
        if (integers != null) {
            List<Document> byInteger =
                    new IntegerSort(documents, integers, orders.get(0).reversed()).first(most);
            if (byInteger != null) {
                return byInteger;
            }
        }
        FieldReader[] readers =
                orders.stream().map(order -> order.field().reader()).toArray(FieldReader[]::new);
        List<Document> byInteger = integers == null ? byInteger(documents, readers[0], most) : null;
        if (byInteger != null) {
            return byInteger;
        }
        if (most <= documents.size() / FEW && isTransitive()) {
            List<Document> first = first(documents, readers, most);
            if (first != null) {
                return first;
            }
        }
        Row[] rows = new Row[documents.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row(documents.get(i), readers, i);
        }
        sort(rows);
        return documents(Arrays.asList(rows));
    }

    private @Nullable List<Document> byInteger(List<Document> documents, FieldReader reader, int most) {
        Order order = orders.get(0);
        if (orders.size() > 1 || order.valueType() != ValueType.AUTO) {
            return null;
        }
        IntegerSort sort = IntegerSort.of(documents, reader, order.reversed());
        return sort == null ? null : sort.first(most);
    }

    private Row row(Document document, FieldReader[] readers, int place) {
        @Nullable Object[] keys = new @Nullable Object[readers.length];
        for (int k = 0; k < readers.length; k++) {
            keys[k] = orders.get(k).valueType().sortKey(readers[k].read(document));
        }
        return new Row(document, keys, place);
    }

    private static List<Document> documents(Collection<Row> rows) {
        List<Document> documents = new ArrayList<>(rows.size());
        for (Row row : rows) {
            documents.add(row.document());
        }
        return documents;
    }

    /**
     * The first documents in order, found with a heap of as many (Williams: "Algorithm 232: Heapsort", 1964), so that most of the
     * others are compared once with the last of these. Null if not all values can be compared: only sorting all tells whether,
     * and at which, that fails.
     */
    private @Nullable List<Document> first(List<Document> documents, FieldReader[] readers, int most) {
        Comparator<Row> inOrder = this::compare;
        Comparator<Row> stable = inOrder.thenComparingInt(Row::place);
        PriorityQueue<Row> first = new PriorityQueue<>(most + 1, stable.reversed());
        @Nullable Object[] samples = new @Nullable Object[readers.length];
        for (int i = 0; i < documents.size(); i++) {
            Row row = row(documents.get(i), readers, i);
            for (int k = 0; k < samples.length; k++) {
                Object key = row.keys()[k];
                samples[k] = samples[k] == null ? key : samples[k];
                if (key != null && !orders.get(k).valueType().isComparable(key, samples[k])) {
                    return null;
                }
            }
            Row last = first.peek();
            if (first.size() < most) {
                first.add(row);
            } else if (last != null && compare(row, last) < 0) {
                first.remove();
                first.add(row);
            }
        }
        List<Row> sorted = new ArrayList<>(first);
        sorted.sort(stable);
        return documents(sorted);
    }

    private boolean isTransitive() {
        return orders.stream().allMatch(order -> order.valueType().isTransitive());
    }

    /**
     * Sorts stably. The JDK's sort throws when it notices that an order is not transitive; for such an order it sorts only
     * pieces too short to notice, and they are merged as Python's sort merges its runs.
     */
    private void sort(Row[] rows) {
        if (isTransitive()) {
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
    private record Row(Document document, @Nullable Object[] keys, int place) {}
}
