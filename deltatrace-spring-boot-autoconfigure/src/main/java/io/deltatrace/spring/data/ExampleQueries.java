package io.deltatrace.spring.data;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.repository.query.FluentQuery.FetchableFluentQuery;
import org.springframework.data.repository.query.ListQueryByExampleExecutor;

/** The methods of a repository that ask by example. */
class ExampleQueries<T> implements ListQueryByExampleExecutor<T> {

    private final DeltaTraceTemplate template;
    private final ProjectionFactory projections;

    ExampleQueries(DeltaTraceTemplate template, ProjectionFactory projections) {
        this.template = template;
        this.projections = projections;
    }

    private <S extends T> Finder<S> finder(Example<S> example) {
        StoredEntity<S> entity = template.stored(example.getProbeType());
        return template.finder(entity.type(), ExampleConditions.of(example, template.mappings(), entity));
    }

    @Override
    public <S extends T> Optional<S> findOne(Example<S> example) {
        return finder(example).one();
    }

    @Override
    public <S extends T> List<S> findAll(Example<S> example) {
        return finder(example).list();
    }

    @Override
    public <S extends T> List<S> findAll(Example<S> example, Sort sort) {
        return finder(example).sortedBy(sort).list();
    }

    @Override
    public <S extends T> Page<S> findAll(Example<S> example, Pageable page) {
        return finder(example).sortedBy(page.getSort()).page(page);
    }

    @Override
    public <S extends T> long count(Example<S> example) {
        return finder(example).count();
    }

    @Override
    public <S extends T> boolean exists(Example<S> example) {
        return finder(example).exists();
    }

    @Override
    @SuppressWarnings("NullAway") // Compilers before 22 do not see that R may be nullable in the overridden method.
    public <S extends T, R extends @Nullable Object> R findBy(
            Example<S> example, Function<FetchableFluentQuery<S>, R> query) {
        return query.apply(new FinderQuery<>(finder(example), entity -> entity, projections, template.mappings()));
    }
}
