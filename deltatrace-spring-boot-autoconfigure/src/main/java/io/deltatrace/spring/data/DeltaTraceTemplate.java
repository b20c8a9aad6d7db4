package io.deltatrace.spring.data;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.Snapshot;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.query.DeleteQuery;
import io.deltatrace.query.Query;
import io.deltatrace.query.ReadQuery;
import io.deltatrace.query.Request;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.query.WriteQuery;
import io.deltatrace.result.QueryResult;
import io.deltatrace.result.TransactionResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.auditing.DateTimeProvider;
import org.springframework.data.auditing.IsNewAwareAuditingHandler;
import org.springframework.data.domain.AuditorAware;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.history.Revision;
import org.springframework.data.history.Revisions;
import tools.jackson.databind.json.JsonMapper;

/**
 * A database as entities: what repositories are made of, and what they do not fit. Thread-safe.
 *
 * <p>Each method is one request to the database, and happens wholly or not at all; saving looks first at what is there.
 */
public final class DeltaTraceTemplate implements EntityReader {

    private final DeltaTraceDatabase database;
    private final Mappings mappings;
    private final UnaryOperator<Object> auditing;
    private final DeltaTraceExceptionTranslator exceptions = new DeltaTraceExceptionTranslator();

    /**
     * A template for a database.
     *
     * @param mapper writes and reads entities; null for Jackson's defaults
     */
    public DeltaTraceTemplate(DeltaTraceDatabase database, @Nullable JsonMapper mapper) {
        this(database, mapper, true);
    }

    /**
     * A template for a database.
     *
     * @param mapper writes and reads entities; null for Jackson's defaults
     * @param keepObjects whether entities that can never change, as {@link io.deltatrace.document.DocumentMapper} tells, are kept
     *     with what they were read from, so that reading again makes nothing
     */
    public DeltaTraceTemplate(DeltaTraceDatabase database, @Nullable JsonMapper mapper, boolean keepObjects) {
        this(database, new Mappings(mapper, keepObjects), UnaryOperator.identity());
    }

    private DeltaTraceTemplate(DeltaTraceDatabase database, Mappings mappings, UnaryOperator<Object> auditing) {
        this.database = database;
        this.mappings = mappings;
        this.auditing = auditing;
    }

    /** This template, noting in entities who saves them and when, where they have Spring Data's annotations for it. */
    public DeltaTraceTemplate auditing(AuditorAware<?> auditor, DateTimeProvider clock) {
        IsNewAwareAuditingHandler handler = IsNewAwareAuditingHandler.from(mappings);
        handler.setAuditorAware(auditor);
        handler.setDateTimeProvider(clock);
        return new DeltaTraceTemplate(database, mappings, handler::markAudited);
    }

    /**
     * Inserts or updates an entity, and returns it as it is now: the same object if it is mutable, or a copy.
     *
     * @throws OptimisticLockingFailureException if it has a version, and was changed or deleted since it was read
     */
    public <T> T save(T entity) {
        return saveAll(List.of(entity)).get(0);
    }

    /** Inserts or updates entities of one type in one request, as {@link #save}. */
    @SuppressWarnings("unchecked")
    public <T> List<T> saveAll(Iterable<? extends T> entities) {
        List<T> all = new ArrayList<>();
        entities.forEach(entity -> all.add((T) auditing.apply(entity)));
        return all.isEmpty()
                ? List.of()
                : new Saving<>(this, stored((Class<T>) all.get(0).getClass())).save(all);
    }

    /**
     * Deletes an entity.
     *
     * @throws OptimisticLockingFailureException if it has a version, and was changed or deleted since it was read
     */
    public void delete(Object entity) {
        deleteAll(List.of(entity));
    }

    /** Deletes entities of one type in one request, as {@link #delete(Object)}. */
    public <T> void deleteAll(Iterable<? extends T> entities) {
        List<T> all = new ArrayList<>();
        entities.forEach(all::add);
        if (all.isEmpty()) {
            return;
        }
        @SuppressWarnings("unchecked")
        StoredEntity<T> stored = stored((Class<T>) all.get(0).getClass());
        if (stored.isVersioned()) {
            deleteVersions(stored, all);
        } else {
            delete(
                    stored.type(),
                    stored.id().in(all.stream().map(stored::storedId).toList()));
        }
    }

    private <T> void deleteVersions(StoredEntity<T> stored, List<T> all) {
        List<Query> queries = new ArrayList<>();
        for (T entity : all) {
            queries.add(Query.delete(stored.collection()).where(thisVersion(stored, entity)));
        }
        try {
            writeAll(queries);
        } catch (org.springframework.dao.DataIntegrityViolationException e) {
            throw all.stream().allMatch(entity -> count(stored.type(), thisVersion(stored, entity)) == 1)
                    ? e
                    : stale(stored, e);
        }
    }

    static <T> Condition thisVersion(StoredEntity<T> stored, T entity) {
        return stored.id().equalTo(stored.storedId(entity)).and(stored.version().equalTo(stored.version(entity)));
    }

    static OptimisticLockingFailureException stale(StoredEntity<?> stored, RuntimeException cause) {
        return new OptimisticLockingFailureException(
                "A " + stored.type().getSimpleName() + " was changed or deleted by somebody else since it was read",
                cause);
    }

    /** Deletes what meets a condition, and answers how many. */
    public long delete(Class<?> type, Condition condition) {
        return write(deletion(type, condition)).updateCount();
    }

    /** Deletes what meets a condition, and returns it. */
    public <T> List<T> remove(Class<T> type, Condition condition) {
        return stored(type).read(write(deletion(type, condition).returnData()).documents());
    }

    private DeleteQuery deletion(Class<?> type, Condition condition) {
        return Query.delete(stored(type).collection()).where(condition).mayAffectNone();
    }

    /** Deletes all entities of a type. Numbers go on. */
    public void deleteAll(Class<?> type) {
        write(Query.clear(stored(type).collection()).mayAffectNone());
    }

    /**
     * Sets properties in every entity that meets a condition, and answers how many those are. It neither looks at versions nor notes
     * who did it: the history knows.
     *
     * @param changes values by the names of properties
     */
    public long update(Class<?> type, Condition condition, Map<String, ?> changes) {
        StoredEntity<?> stored = stored(type);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        changes.forEach((property, value) -> {
            StoredField field = stored.field(property);
            if (field.path().segments().size() > 1) {
                throw new InvalidDataAccessApiUsageException(
                        "Only whole properties of an entity can be set: '" + property + "' is in another one");
            }
            fields.put(field.path().toString(), field.stored(value));
        });
        return write(Query.update(stored.collection(), Document.of(fields))
                        .where(condition)
                        .mayAffectNone())
                .updateCount();
    }

    @Override
    public <T> Optional<T> findById(Class<T> type, Object id) {
        return reads().findById(type, id);
    }

    @Override
    public <T> List<T> findAll(Class<T> type) {
        return reads().findAll(type);
    }

    @Override
    public <T> List<T> find(Class<T> type, Condition condition) {
        return reads().find(type, condition);
    }

    @Override
    public <T> List<T> find(Class<T> type, Condition condition, Sort sort) {
        return reads().find(type, condition, sort);
    }

    @Override
    public <T> Page<T> find(Class<T> type, Condition condition, Pageable page) {
        return reads().find(type, condition, page);
    }

    @Override
    public long count(Class<?> type, Condition condition) {
        return reads().count(type, condition);
    }

    /** The entities as they were at an instant. */
    public EntityReader asOf(Instant instant) {
        return past(translating(() -> database.asOf(instant)));
    }

    /** The entities as they were after a revision of the database. */
    public EntityReader asOf(long revision) {
        return past(translating(() -> database.asOf(revision)));
    }

    private EntityReader past(Snapshot snapshot) {
        return new Reads(mappings, reading(snapshot::execute));
    }

    /** Every version of the entities that met a condition at any time, by the number of the revision. */
    public <T> Revisions<Long, T> revisions(Class<T> type, Condition condition) {
        StoredEntity<T> stored = stored(type);
        List<Revision<Long, T>> revisions = EntityRevision.of(
                stored, translating(() -> database.history().versionsOf(stored.collection(), condition)));
        return Revisions.of(revisions);
    }

    /** What meets a condition now. */
    <T> Finder<T> finder(Class<T> type, Condition condition) {
        return Finder.of(stored(type), reading(query -> database.execute(query)), condition);
    }

    /** What met a condition after a revision of the database. */
    <T> Finder<T> finderAsOf(Class<T> type, Condition condition, long revision) {
        Snapshot past = translating(() -> database.asOf(revision));
        return Finder.of(stored(type), reading(past::execute), condition);
    }

    Mappings mappings() {
        return mappings;
    }

    <T> StoredEntity<T> stored(Class<T> type) {
        return mappings.stored(type);
    }

    private EntityReader reads() {
        return new Reads(mappings, reading(query -> database.execute(query)));
    }

    /** A query that cannot be carried out has asked for something wrong. */
    private Function<ReadQuery, QueryResult> reading(Function<ReadQuery, QueryResult> source) {
        return query -> {
            QueryResult result = translating(() -> source.apply(query));
            if (result.errorMessage() != null) {
                throw new InvalidDataAccessApiUsageException(result.errorMessage());
            }
            return result;
        };
    }

    QueryResult write(WriteQuery query) {
        return translating(() -> database.execute(query).orThrow());
    }

    /** Carries out queries in one request, which has the cause of one query if it is one. */
    List<QueryResult> writeAll(List<Query> queries) {
        if (queries.size() == 1) {
            return List.of(translating(() -> database.execute(queries.get(0)).orThrow()));
        }
        Request transaction = new TransactionQuery(queries);
        return translating(() ->
                ((TransactionResult) database.execute(transaction)).orThrow().results());
    }

    private <R> R translating(Supplier<R> action) {
        try {
            return action.get();
        } catch (RuntimeException e) {
            throw exceptions.translated(e);
        }
    }

    /** Reads from anything that carries out queries. */
    private record Reads(Mappings mappings, Function<ReadQuery, QueryResult> source) implements EntityReader {

        private <T> Finder<T> finder(Class<T> type, Condition condition) {
            return Finder.of(mappings.stored(type), source, condition);
        }

        @Override
        public <T> Optional<T> findById(Class<T> type, Object id) {
            return finder(type, mappings.stored(type).id().equalTo(id)).first();
        }

        @Override
        public <T> List<T> findAll(Class<T> type) {
            return find(type, Condition.all());
        }

        @Override
        public <T> List<T> find(Class<T> type, Condition condition) {
            return finder(type, condition).list();
        }

        @Override
        public <T> List<T> find(Class<T> type, Condition condition, Sort sort) {
            return finder(type, condition).sortedBy(sort).list();
        }

        @Override
        public <T> Page<T> find(Class<T> type, Condition condition, Pageable page) {
            return finder(type, condition).sortedBy(page.getSort()).page(page);
        }

        @Override
        public long count(Class<?> type, Condition condition) {
            return finder(type, condition).count();
        }
    }
}
