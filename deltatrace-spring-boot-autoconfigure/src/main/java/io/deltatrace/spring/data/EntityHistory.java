package io.deltatrace.spring.data;

import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.query.Query;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.history.Revision;
import org.springframework.data.history.RevisionSort;
import org.springframework.data.history.Revisions;
import org.springframework.data.support.PageableExecutionUtils;

/** The methods of a repository that looks back. */
class EntityHistory<T, ID> implements HistoryRepository<T, ID> {

    private final Class<T> type;
    private final DeltaTraceTemplate template;

    EntityHistory(Class<T> type, DeltaTraceTemplate template) {
        this.type = type;
        this.template = template;
    }

    @Override
    public Revisions<Long, T> findRevisions(ID id) {
        return template.revisions(type, template.stored(type).id().equalTo(id));
    }

    @Override
    public Optional<Revision<Long, T>> findLastChangeRevision(ID id) {
        List<Revision<Long, T>> revisions = findRevisions(id).getContent();
        return revisions.isEmpty() ? Optional.empty() : Optional.of(revisions.get(revisions.size() - 1));
    }

    @Override
    public Optional<Revision<Long, T>> findRevision(ID id, Long number) {
        return findRevisions(id).stream()
                .filter(revision -> revision.getRevisionNumber().equals(Optional.of(number)))
                .findFirst();
    }

    @Override
    public Page<Revision<Long, T>> findRevisions(ID id, Pageable page) {
        Revisions<Long, T> revisions = findRevisions(id);
        boolean newestFirst = RevisionSort.getRevisionDirection(page.getSort()) == Sort.Direction.DESC;
        List<Revision<Long, T>> all = (newestFirst ? revisions.reverse() : revisions).getContent();
        List<Revision<Long, T>> part = page.isUnpaged()
                ? all
                : all.stream().skip(page.getOffset()).limit(page.getPageSize()).toList();
        return PageableExecutionUtils.getPage(part, page, all::size);
    }

    @Override
    public List<T> findAllAsOf(Instant instant) {
        return template.asOf(instant).findAll(type);
    }

    @Override
    public Optional<T> findByIdAsOf(ID id, Instant instant) {
        return template.asOf(instant).findById(type, Objects.requireNonNull(id));
    }

    @Override
    public Optional<T> findByIdAsOf(ID id, long revision) {
        return template.asOf(revision).findById(type, Objects.requireNonNull(id));
    }

    @Override
    public T revert(ID id, long revision, String reason) {
        StoredEntity<T> entity = template.stored(type);
        Condition sameId = entity.id().equalTo(id);
        Document past = first(template.finderAsOf(type, sameId, revision));
        if (past == null) {
            throw new DataRetrievalFailureException(
                    "There was no such " + type.getSimpleName() + " at revision " + revision + " to revert to");
        }
        Document present = first(template.finder(type, sameId));
        Document wanted = entity.isVersioned() ? nextVersion(entity, past, present) : past;
        Cause cause = new Cause(null, null, null, null, null, reason, null, null, 1.0);
        if (present == null) {
            template.writeAll(List.of(
                    Query.delete(entity.collection())
                            .where(sameId)
                            .mayAffectNone()
                            .because(cause),
                    Query.add(entity.collection(), List.of(wanted)).because(cause)));
        } else {
            Condition unchanged = entity.isVersioned()
                    ? sameId.and(
                            entity.version().equalTo(entity.version().path().read(present)))
                    : sameId;
            try {
                template.write(Query.updateOne(entity.collection(), changes(wanted, present))
                        .where(unchanged)
                        .because(cause));
            } catch (DataIntegrityViolationException e) {
                throw template.finder(type, unchanged).exists() ? e : DeltaTraceTemplate.stale(entity, e);
            }
        }
        return entity.read(wanted);
    }

    private static @Nullable Document first(Finder<?> finder) {
        List<Document> found = finder.limitedTo(Limit.of(1)).documents();
        return found.isEmpty() ? null : found.get(0);
    }

    private static Document nextVersion(StoredEntity<?> entity, Document past, @Nullable Document present) {
        FieldPath version = entity.version().path();
        Object last = version.read(present == null ? past : present);
        return past.with(
                version.toString(), last instanceof Number number ? number.longValue() + 1 : entity.firstVersion());
    }

    /** An update sets fields and removes none, so those that were not there become null, which is the same to every query. */
    private static Document changes(Document wanted, Document present) {
        Document changes = wanted;
        for (String name : present.names()) {
            if (!wanted.has(name)) {
                changes = changes.with(name, null);
            }
        }
        return changes;
    }
}
