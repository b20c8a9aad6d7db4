package io.deltatrace.spring.data;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.Or;
import io.deltatrace.document.Document;
import io.deltatrace.query.Query;
import io.deltatrace.query.ReadQuery;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import io.deltatrace.result.QueryResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.KeysetScrollPosition;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.OffsetScrollPosition;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.data.domain.Window;

/**
 * What meets a condition, in an order and up to a limit, in the forms in which Spring Data wants it. Each form is one request.
 *
 * @param entity what is looked for
 * @param source carries out queries
 * @param condition what it must meet
 * @param sort the order
 * @param limit how many there are at most
 * @param <T> the type of the entities
 */
record Finder<T>(
        StoredEntity<T> entity,
        Function<ReadQuery, QueryResult> source,
        Condition condition,
        org.springframework.data.domain.Sort sort,
        Limit limit) {

    /** What meets a condition, in the order in which it was added. */
    static <T> Finder<T> of(StoredEntity<T> entity, Function<ReadQuery, QueryResult> source, Condition condition) {
        return new Finder<>(
                entity, source, condition, org.springframework.data.domain.Sort.unsorted(), Limit.unlimited());
    }

    Finder<T> sortedBy(org.springframework.data.domain.Sort order) {
        return new Finder<>(entity, source, condition, order, limit);
    }

    Finder<T> limitedTo(Limit most) {
        return new Finder<>(entity, source, condition, sort, most);
    }

    long count() {
        long hits = source.apply(search().limit(0)).hitCount();
        return limit.isLimited() ? Math.min(hits, limit.max()) : hits;
    }

    boolean exists() {
        return !source.apply(Query.searchOne(entity.collection()).where(condition))
                .documents()
                .isEmpty();
    }

    List<Document> documents() {
        return source.apply(limit.isLimited() ? sorted().limit(limit.max()) : sorted())
                .documents();
    }

    List<T> list() {
        return entity.read(documents());
    }

    Optional<T> first() {
        return limitedTo(Limit.of(1)).list().stream().findFirst();
    }

    /** The only one, if there is one; a limit of one makes the first one the only one. */
    Optional<T> one() {
        List<T> found = limitedTo(Limit.of(limit.isLimited() ? Math.min(limit.max(), 2) : 2))
                .list();
        if (found.size() > 1) {
            throw new IncorrectResultSizeDataAccessException(
                    "There is more than one " + entity.type().getSimpleName(), 1);
        }
        return found.stream().findFirst();
    }

    /** A page of all that there is up to the limit. */
    Page<T> page(Pageable page) {
        if (page.isUnpaged()) {
            List<T> all = list();
            return new PageImpl<>(all, page, all.size());
        }
        QueryResult result = source.apply(part(page, page.getPageSize()));
        long total = limit.isLimited() ? Math.min(result.hitCount(), limit.max()) : result.hitCount();
        return new PageImpl<>(entity.read(result.documents()), page, total);
    }

    Slice<T> slice(Pageable page) {
        if (page.isUnpaged()) {
            return new SliceImpl<>(list());
        }
        List<Document> found = source.apply(part(page, page.getPageSize() + 1)).documents();
        boolean more = found.size() > page.getPageSize();
        return new SliceImpl<>(entity.read(more ? found.subList(0, page.getPageSize()) : found), page, more);
    }

    /** The entities of a page, without asking whether there are more. */
    List<T> listOf(Pageable page) {
        return page.isUnpaged()
                ? list()
                : entity.read(source.apply(part(page, page.getPageSize())).documents());
    }

    private SearchQuery part(Pageable page, int size) {
        int offset = (int) Math.min(page.getOffset(), Integer.MAX_VALUE);
        int left = limit.isLimited() ? Math.max(0, limit.max() - offset) : size;
        return sorted().offset(offset).limit(Math.min(size, left));
    }

    Window<T> window(ScrollPosition position) {
        return position instanceof KeysetScrollPosition keys ? keyset(keys) : offset((OffsetScrollPosition) position);
    }

    private Window<T> offset(OffsetScrollPosition position) {
        long start = position.isInitial() ? 0 : position.getOffset() + 1;
        SearchQuery from = sorted().offset((int) Math.min(start, Integer.MAX_VALUE));
        List<Document> found = source.apply(withOneMore(from)).documents();
        return Window.from(entity.read(cut(found)), OffsetScrollPosition.positionFunction(start), isCut(found));
    }

    /** Goes on from the values that the last entity seen had in the fields of the sort, with its id in the end. */
    private Window<T> keyset(KeysetScrollPosition position) {
        Map<String, Sort.Order> orders = new LinkedHashMap<>();
        for (org.springframework.data.domain.Sort.Order order : sort) {
            Sort stored = entity.sort(org.springframework.data.domain.Sort.by(order));
            orders.put(
                    order.getProperty(),
                    stored == null
                            ? entity.id().order(false, false)
                            : stored.orders().get(0));
        }
        orders.putIfAbsent(entity.id().toString(), entity.id().order(false, false));
        if (position.scrollsBackward()) {
            orders.replaceAll((name, order) -> new Sort.Order(order.field(), !order.reversed(), order.valueType()));
        }
        Condition beyond = position.isInitial() ? condition : condition.and(beyond(position.getKeys(), orders));
        SearchQuery query =
                Query.search(entity.collection()).where(beyond).sort(new Sort(List.copyOf(orders.values())));
        List<Document> found = source.apply(withOneMore(query)).documents();
        List<Document> window = new ArrayList<>(cut(found));
        if (position.scrollsBackward()) {
            Collections.reverse(window);
        }
        return Window.from(
                entity.read(window),
                index -> ScrollPosition.of(keys(window.get(index), orders), position.getDirection()),
                isCut(found));
    }

    /** Greater in the first field, or equal there and greater in the second one, and so on. */
    private Condition beyond(Map<String, Object> keys, Map<String, Sort.Order> orders) {
        List<Condition> alternatives = new ArrayList<>();
        List<Condition> level = new ArrayList<>();
        orders.forEach((property, order) -> {
            StoredField field = entity.field(property);
            if (!keys.containsKey(property)) {
                throw new InvalidDataAccessApiUsageException(
                        "The position has no value for '" + property + "', which the sort needs");
            }
            Object value = keys.get(property);
            List<Condition> all = new ArrayList<>(level);
            all.add(field.after(value, order));
            alternatives.add(new And(all));
            level.add(field.level(value, order));
        });
        return new Or(alternatives);
    }

    private static Map<String, @Nullable Object> keys(Document document, Map<String, Sort.Order> orders) {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        orders.forEach((property, order) -> keys.put(property, order.field().read(document)));
        return keys;
    }

    private SearchQuery withOneMore(SearchQuery query) {
        return limit.isLimited() ? query.limit(limit.max() + 1) : query;
    }

    private List<Document> cut(List<Document> found) {
        return isCut(found) ? found.subList(0, limit.max()) : found;
    }

    private boolean isCut(List<Document> found) {
        return limit.isLimited() && found.size() > limit.max();
    }

    private SearchQuery search() {
        return Query.search(entity.collection()).where(condition);
    }

    private SearchQuery sorted() {
        Sort order = entity.sort(sort);
        return order == null ? search() : search().sort(order);
    }
}
