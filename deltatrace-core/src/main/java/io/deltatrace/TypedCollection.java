package io.deltatrace;

import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.document.DocumentMapper;
import io.deltatrace.query.AddQuery;
import io.deltatrace.query.Query;
import io.deltatrace.query.Sort;
import io.deltatrace.query.WriteQuery;
import io.deltatrace.result.QueryResult;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a typed collection is asked in queries, and converts what comes back. */
record TypedCollection<T>(
        DeltaTraceDatabase database,
        String name,
        Class<T> type,
        DocumentMapper mapper,
        @Nullable String serialField,
        @Nullable Cause cause)
        implements DeltaTraceCollection<T> {

    @Override
    public DeltaTraceCollection<T> because(Cause reason) {
        return new TypedCollection<>(database, name, type, mapper, serialField, reason);
    }

    @Override
    public DeltaTraceCollection<T> serialKey(String field) {
        return new TypedCollection<>(database, name, type, mapper, field, cause);
    }

    @Override
    public T add(T object) {
        return addAll(List.of(object)).get(0);
    }

    @Override
    public List<T> addAll(Collection<? extends T> objects) {
        List<Document> documents = objects.stream().map(mapper::toDocument).toList();
        AddQuery query = Query.add(name, documents).returnData();
        return write(serialField == null ? query : query.serialKey(serialField)).as(type, mapper);
    }

    @Override
    public List<T> all() {
        return read(Query.getAll(name)).as(type, mapper);
    }

    @Override
    public List<T> find(Condition condition) {
        return read(Query.search(name).where(condition)).as(type, mapper);
    }

    @Override
    public List<T> find(Condition condition, Sort sort) {
        return read(Query.search(name).where(condition).sort(sort)).as(type, mapper);
    }

    @Override
    public Optional<T> findFirst(Condition condition) {
        return read(Query.searchOne(name).where(condition)).as(type, mapper).stream()
                .findFirst();
    }

    @Override
    public long count() {
        return read(Query.count(name)).hitCount();
    }

    @Override
    public long count(Condition condition) {
        return read(Query.search(name).where(condition).limit(0)).hitCount();
    }

    @Override
    public long update(Condition condition, Object changes) {
        return write(Query.update(name, mapper.toDocument(changes)).where(condition))
                .updateCount();
    }

    @Override
    public long delete(Condition condition) {
        return write(Query.delete(name).where(condition)).updateCount();
    }

    @Override
    public Subscription onChange(ChangeListener listener) {
        return database.onChange(name, listener);
    }

    private QueryResult read(Query query) {
        return database.execute(query).orThrow();
    }

    private QueryResult write(WriteQuery query) {
        WriteQuery lenient = query.mayAffectNone();
        return database.execute(cause == null ? lenient : lenient.because(cause))
                .orThrow();
    }
}
