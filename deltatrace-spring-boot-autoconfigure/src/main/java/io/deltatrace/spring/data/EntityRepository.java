package io.deltatrace.spring.data;

import io.deltatrace.condition.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.data.repository.ListPagingAndSortingRepository;

/** The methods that all repositories have. */
class EntityRepository<T, ID> implements ListCrudRepository<T, ID>, ListPagingAndSortingRepository<T, ID> {

    private final Class<T> type;
    private final DeltaTraceTemplate template;

    EntityRepository(Class<T> type, DeltaTraceTemplate template) {
        this.type = type;
        this.template = template;
    }

    private Condition isOneOf(Iterable<? extends ID> ids) {
        List<Object> all = new ArrayList<>();
        ids.forEach(all::add);
        return template.stored(type).id().in(all);
    }

    @Override
    public <S extends T> S save(S entity) {
        return template.save(entity);
    }

    @Override
    public <S extends T> List<S> saveAll(Iterable<S> entities) {
        return template.saveAll(entities);
    }

    @Override
    public Optional<T> findById(ID id) {
        return template.findById(type, id);
    }

    @Override
    public boolean existsById(ID id) {
        return template.finder(type, template.stored(type).id().equalTo(id)).exists();
    }

    @Override
    public List<T> findAll() {
        return template.findAll(type);
    }

    @Override
    public List<T> findAllById(Iterable<ID> ids) {
        return template.find(type, isOneOf(ids));
    }

    @Override
    public List<T> findAll(Sort sort) {
        return template.find(type, Condition.all(), sort);
    }

    @Override
    public Page<T> findAll(Pageable page) {
        return template.find(type, Condition.all(), page);
    }

    @Override
    public long count() {
        return template.count(type, Condition.all());
    }

    @Override
    public void deleteById(ID id) {
        template.delete(type, template.stored(type).id().equalTo(id));
    }

    @Override
    public void delete(T entity) {
        template.delete(entity);
    }

    @Override
    public void deleteAllById(Iterable<? extends ID> ids) {
        template.delete(type, isOneOf(ids));
    }

    @Override
    public void deleteAll(Iterable<? extends T> entities) {
        template.deleteAll(entities);
    }

    @Override
    public void deleteAll() {
        template.deleteAll(type);
    }
}
