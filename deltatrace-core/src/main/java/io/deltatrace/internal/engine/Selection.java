package io.deltatrace.internal.engine;

import io.deltatrace.condition.Condition;
import io.deltatrace.condition.ValueType;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.FieldReader;
import io.deltatrace.index.Plan;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a collection that a query is about, and the way in which they are found: by looking at all, or by indexes. Whichever
 * it is, they are the same documents in the same order.
 */
final class Selection {

    /** With no more rows than that there is nothing to be gained or lost. */
    private static final int FEW = 8;

    /** A document found by an index costs about as much as that many that are looked at in passing. */
    private static final int COST = 4;

    private final Rows rows;
    private final @Nullable Condition condition;

    /** What the indexes find; null to look at all documents. */
    private final @Nullable Candidates candidates;

    /** The order in which the only range of the candidates is read, instead of that of the rows; null if it is not. */
    private final Sort.@Nullable Order order;

    private Selection(
            Rows rows, @Nullable Condition condition, @Nullable Candidates candidates, Sort.@Nullable Order order) {
        this.rows = rows;
        this.condition = condition;
        this.candidates = candidates;
        this.order = order;
    }

    /**
     * The documents that meet a condition.
     *
     * @param onlyFirst whether only the first one is wanted, so that looking at all may end soon
     */
    static Selection of(CollectionState collection, Condition condition, boolean onlyFirst) {
        Candidates found = condition.accept(new Planner(collection.indexes()));
        boolean pays = found != null && pays(found, collection.size(), onlyFirst);
        return new Selection(collection.rows(), condition, pays ? found : null, null);
    }

    /** The documents that a search finds, in its order if an index has it. */
    static Selection of(CollectionState collection, SearchQuery query) {
        Condition condition = query.condition();
        Candidates found = condition == null ? null : condition.accept(new Planner(collection.indexes()));
        Sort.Order order = onlyOrder(query.sort());
        IndexState index = order == null ? null : collection.indexes().orderedOn(order.field());
        if (index != null) {
            Candidates inOrder =
                    condition == null ? new Candidates(List.of(index.all()), Condition.all(), null) : found;
            KeyRange range = inOrder == null ? null : inOrder.onlyRange();
            if (range != null && range.index() == index && range.isSortable()) {
                return new Selection(collection.rows(), condition, inOrder, order);
            }
        }
        boolean counted =
                found != null && found.isExact() && found.onlyRange() != null && Page.length(query.paging()) == 0;
        boolean pays = found != null && (counted || pays(found, collection.size(), false));
        return new Selection(collection.rows(), condition, pays ? found : null, null);
    }

    private static Sort.@Nullable Order onlyOrder(@Nullable Sort sort) {
        if (sort == null || sort.orders().size() != 1) {
            return null;
        }
        Sort.Order order = sort.orders().get(0);
        return order.valueType() == ValueType.AUTO ? order : null;
    }

    /**
     * Looking at all documents in order ends, if only the first one is wanted, after about one in as many as there are to be
     * found; unless an index has them in that order too, collecting its rows must cost less than that.
     */
    private static boolean pays(Candidates found, int size, boolean onlyFirst) {
        long rows = found.size();
        if (rows <= FEW) {
            return true;
        }
        KeyRange only = found.onlyRange();
        if (onlyFirst && (only == null || !only.oneKey())) {
            return rows < size && rows * rows <= (long) size * COST * COST;
        }
        return rows <= size / COST;
    }

    /** Takes note, for each index in it, that it was of use. */
    void countUse() {
        KeyRange only = candidates == null ? null : candidates.onlyRange();
        if (only != null) {
            only.index().countUse();
        } else if (candidates != null) {
            candidates.indexes().forEach(IndexState::countUse);
        }
    }

    /** Whether the documents are found in the order of the search. */
    boolean isSorted() {
        return order != null;
    }

    /** The row of the first document, or {@link Rows#NONE}. */
    long first() {
        if (candidates == null) {
            return rows.findFirst(LeafTest.of(condition));
        }
        Condition filter = candidates.filter();
        Predicate<Document> test = filter == null ? null : filter.compile();
        KeyRange only = candidates.onlyRange();
        if (only == null || !only.oneKey()) {
            return first(candidates.rows(), test);
        }
        int length = 1;
        for (int start = 0; start < only.size(); start += length, length *= 2) {
            long found = first(only.rows(start, Math.min(start + length, only.size())), test);
            if (found != Rows.NONE) {
                return found;
            }
        }
        return Rows.NONE;
    }

    /** The first row that passes a test; without a test no document is looked at. */
    private long first(long[] inOrder, @Nullable Predicate<Document> test) {
        Rows.Reader reader = rows.reader();
        for (long row : inOrder) {
            if (test == null || test.test(reader.require(row))) {
                return row;
            }
        }
        return Rows.NONE;
    }

    /**
     * What was found.
     *
     * @param documents the first of the documents, as many as were wanted
     * @param hits how many there are in all
     * @param keys the integers that the documents are to be sorted by, if they are known
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this package
    record Found(List<Document> documents, int hits, long @Nullable [] keys) {

        Found(List<Document> documents, int hits) {
            this(documents, hits, null);
        }
    }

    /** Documents to be sorted: all, or at least those that will be the first, as many as are wanted. */
    Found find(Sort sort, int most) {
        Found first = candidates == null ? Leading.find(rows, LeafTest.of(condition), sort, most) : null;
        if (first != null) {
            return first;
        }
        Sort.Order only = onlyOrder(sort);
        return only != null && candidates == null
                ? scan(new Collecting(Integer.MAX_VALUE, only))
                : find(Integer.MAX_VALUE);
    }

    /** The first documents, and how many there are. Where that is known the others are not looked at. */
    Found find(int most) {
        if (candidates == null) {
            return condition == null && most >= rows.size()
                    ? new Found(rows.toList(), rows.size())
                    : scan(new Collecting(most, null));
        }
        Predicate<Document> test = test(candidates);
        KeyRange only = candidates.onlyRange();
        boolean exact = candidates.isExact();
        if (exact && only != null && most == 0) {
            return new Found(List.of(), only.size());
        }
        long[] inOrder = inOrder(exact ? most : Integer.MAX_VALUE);
        List<Document> documents = new ArrayList<>(Math.min(inOrder.length, most));
        Rows.Reader reader = rows.reader();
        int hits = 0;
        for (int i = 0; i < inOrder.length && !(exact && documents.size() == most); i++) {
            Document document = reader.require(inOrder[i]);
            if (exact || test.test(document)) {
                hits++;
                if (documents.size() < most) {
                    documents.add(document);
                }
            }
        }
        return new Found(documents, !exact ? hits : only == null ? inOrder.length : only.size());
    }

    private long[] inOrder(int most) {
        if (candidates == null) {
            throw new IllegalStateException("No index is used");
        }
        KeyRange only = candidates.onlyRange();
        if (order == null || only == null) {
            return candidates.rows();
        }
        return only.rows(order.reversed(), most);
    }

    private Found scan(Collecting collecting) {
        rows.scan(LeafTest.of(condition), collecting);
        return collecting.found();
    }

    /** Collects the documents that a scan meets. */
    private final class Collecting implements RowNode.LeafAction {

        private final List<Document> documents = new ArrayList<>();
        private final int most;
        private final @Nullable FieldPath keyField;
        private final @Nullable FieldReader keyReader;
        private long @Nullable [] keys;
        private int hits;

        /** Of the first documents, as many as are wanted, and the integers that they are to be sorted by. */
        Collecting(int most, Sort.@Nullable Order order) {
            this.most = most;
            this.keyField = order == null ? null : order.field();
            this.keyReader = keyField == null ? null : keyField.reader();
            this.keys = order == null ? null : new long[Rows.WIDTH];
        }

        @Override
        public boolean found(RowNode leaf, long prefix, int passed) {
            if (keyField != null && keyReader != null) {
                addKeys(leaf.column(keyField, keyReader).integers(), passed);
            }
            hits += Integer.bitCount(passed);
            for (int left = passed; left != 0 && documents.size() < most; left &= left - 1) {
                documents.add(leaf.documents()[Integer.numberOfTrailingZeros(left)]);
            }
            return condition != null || documents.size() < most;
        }

        private void addKeys(long @Nullable [] integers, int passed) {
            long[] known = keys;
            if (known == null || integers == null) {
                keys = null;
                return;
            }
            if (known.length - hits < Rows.WIDTH) {
                known = Arrays.copyOf(known, 2 * known.length);
                keys = known;
            }
            int next = hits;
            for (int left = passed; left != 0; left &= left - 1) {
                known[next++] = integers[Integer.numberOfTrailingZeros(left)];
            }
        }

        Found found() {
            return new Found(
                    documents,
                    condition == null ? rows.size() : hits,
                    keys == null ? null : Arrays.copyOf(keys, documents.size()));
        }
    }

    /** The rows with each of the documents replaced by what the change makes of it; null removes it. */
    Rows transform(Rows.Change change) {
        if (candidates == null) {
            return rows.transform(LeafTest.of(condition), change);
        }
        Predicate<Document> test = test(candidates);
        return rows.transform(candidates.rows(), document -> test.test(document) ? change.apply(document) : document);
    }

    private static Predicate<Document> test(Candidates candidates) {
        Condition filter = candidates.filter();
        return filter == null ? document -> true : filter.compile();
    }

    /** This selection in words. */
    Plan plan(String collection, Plan.Order howSorted) {
        Condition tested = candidates == null ? condition : candidates.filter();
        String filter = tested == null ? null : ConditionText.of(tested);
        if (candidates == null) {
            return new Plan(collection, Plan.Access.SCAN, List.of(), null, filter, rows.size(), howSorted);
        }
        return new Plan(
                collection,
                Plan.Access.INDEX,
                candidates.indexes().stream().map(IndexState::declared).toList(),
                condition == null ? null : ConditionText.of(candidates.answered()),
                filter,
                candidates.size(),
                order == null ? howSorted : Plan.Order.INDEX);
    }
}
