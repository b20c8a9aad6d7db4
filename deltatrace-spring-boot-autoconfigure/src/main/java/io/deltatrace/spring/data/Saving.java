package io.deltatrace.spring.data;

import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.query.AddQuery;
import io.deltatrace.query.Query;
import io.deltatrace.result.QueryResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Inserts and updates entities in one request.
 *
 * <p>The database has no query that inserts what is not there and updates what is. So what is there is looked up first, and the
 * request fails as a whole if that has changed by the time it is carried out, which is then tried again. An entity that has an id
 * but is not there is inserted after deleting the one of its id: there is none, unless somebody has just been faster.
 */
final class Saving<T> {

    private static final int MOST_TRIES = 100;

    private final DeltaTraceTemplate template;
    private final StoredEntity<T> entity;

    Saving(DeltaTraceTemplate template, StoredEntity<T> entity) {
        this.template = template;
        this.entity = entity;
    }

    List<T> save(List<T> beans) {
        for (int tries = 1; ; tries++) {
            Plan plan = new Plan(beans);
            try {
                return plan.carryOut();
            } catch (DuplicateKeyException e) {
                throw e;
            } catch (DataIntegrityViolationException e) {
                if (plan.isStale()) {
                    throw DeltaTraceTemplate.stale(entity, e);
                }
                if (tries == MOST_TRIES || present(plan.looked).equals(plan.present)) {
                    throw e;
                }
            }
        }
    }

    /** Which of the ids, as they are stored, are there. */
    private Set<Object> present(List<Object> ids) {
        Set<Object> present = new HashSet<>();
        if (!ids.isEmpty()) {
            template.finder(entity.type(), entity.id().in(ids))
                    .documents()
                    .forEach(document -> present.add(
                            Objects.requireNonNull(entity.id().path().read(document))));
        }
        return present;
    }

    /** What is to be done, given what is there. */
    private final class Plan {

        private final List<Object> looked = new ArrayList<>();
        private final Set<Object> present;
        private final List<Condition> versions = new ArrayList<>();
        private final List<Query> queries = new ArrayList<>();
        private final List<Document> numbered = new ArrayList<>();
        private final List<Integer> numberedPlaces = new ArrayList<>();
        private final List<Document> added = new ArrayList<>();
        private final @Nullable Object[] saved;

        Plan(List<T> beans) {
            saved = new @Nullable Object[beans.size()];
            for (T bean : beans) {
                if (!entity.isNew(bean) && !entity.isVersioned()) {
                    looked.add(entity.storedId(bean));
                }
            }
            present = present(looked);
            for (int i = 0; i < saved.length; i++) {
                T bean = beans.get(i);
                if (entity.isNew(bean)) {
                    insert(bean, i);
                } else {
                    saved[i] = entity.isVersioned() ? updateVersion(bean) : put(bean);
                }
            }
            if (!added.isEmpty()) {
                queries.add(0, Query.add(entity.collection(), added));
            }
            if (!numbered.isEmpty()) {
                AddQuery numbering = Query.add(entity.collection(), numbered)
                        .serialKey(entity.idName())
                        .returnData();
                queries.add(0, numbering);
            }
        }

        private void insert(T bean, int place) {
            T first = entity.isVersioned() ? entity.withVersion(bean, entity.firstVersion()) : bean;
            boolean noId = Mappings.isNoId(entity.id(first));
            if (noId && entity.isNumbered()) {
                saved[place] = first;
                numbered.add(entity.write(first));
                numberedPlaces.add(place);
                return;
            }
            T identified = noId ? entity.withId(first, UUID.randomUUID().toString()) : first;
            saved[place] = identified;
            added.add(entity.write(identified));
        }

        private T updateVersion(T bean) {
            Condition condition = DeltaTraceTemplate.thisVersion(entity, bean);
            versions.add(condition);
            T next = entity.withVersion(bean, ((Number) Objects.requireNonNull(entity.version(bean))).longValue() + 1);
            queries.add(Query.updateOne(entity.collection(), entity.write(next)).where(condition));
            return next;
        }

        private T put(T bean) {
            Object id = entity.storedId(bean);
            Condition sameId = entity.id().equalTo(id);
            Document document = entity.write(bean);
            if (present.contains(id)) {
                queries.add(Query.updateOne(entity.collection(), document).where(sameId));
            } else {
                queries.add(Query.delete(entity.collection()).where(sameId).mayAffectNone());
                queries.add(Query.add(entity.collection(), List.of(document)));
            }
            return bean;
        }

        /** Whether an entity is no longer there in the version that was to be changed. */
        boolean isStale() {
            return versions.stream().anyMatch(version -> template.count(entity.type(), version) == 0);
        }

        @SuppressWarnings("unchecked")
        List<T> carryOut() {
            List<QueryResult> results = template.writeAll(queries);
            for (int i = 0; i < numberedPlaces.size(); i++) {
                int place = numberedPlaces.get(i);
                Object number =
                        Objects.requireNonNull(results.get(0).documents().get(i).get(entity.idName()));
                saved[place] = entity.withId((T) Objects.requireNonNull(saved[place]), number);
            }
            return (List<T>) Arrays.asList(saved);
        }
    }
}
