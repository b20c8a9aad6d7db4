package io.deltatrace.spring.data;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.repository.query.FluentQuery.FetchableFluentQuery;

/**
 * A query that is still being said.
 *
 * @param finder what is known of it
 * @param projection what is made of each entity
 * @param projections makes projections that are interfaces
 * @param mappings knows the entities
 * @param <T> the type of the entities
 * @param <R> what is made of them
 */
record FinderQuery<T, R>(Finder<T> finder, Function<T, R> projection, ProjectionFactory projections, Mappings mappings)
        implements FetchableFluentQuery<R> {

    private FinderQuery<T, R> with(Finder<T> other) {
        return new FinderQuery<>(other, projection, projections, mappings);
    }

    @Override
    public FetchableFluentQuery<R> sortBy(Sort sort) {
        return with(finder.sortedBy(finder.sort().and(sort)));
    }

    @Override
    public FetchableFluentQuery<R> limit(int limit) {
        return with(finder.limitedTo(Limit.of(limit)));
    }

    @Override
    public <P> FetchableFluentQuery<P> as(Class<P> resultType) {
        return new FinderQuery<>(finder, entity -> projected(entity, resultType), projections, mappings);
    }

    private <P> P projected(T entity, Class<P> resultType) {
        if (resultType.isInstance(entity)) {
            return resultType.cast(entity);
        }
        return resultType.isInterface()
                ? projections.createProjection(resultType, entity)
                : resultType.cast(new ClassProjection(resultType, mappings).convert(entity));
    }

    /** Documents are in memory as wholes, so there is nothing to be gained by reading parts of them. */
    @Override
    public FetchableFluentQuery<R> project(Collection<String> properties) {
        return this;
    }

    @Override
    public @Nullable R oneValue() {
        return finder.one().map(projection).orElse(null);
    }

    @Override
    public @Nullable R firstValue() {
        return finder.first().map(projection).orElse(null);
    }

    @Override
    public List<R> all() {
        return stream().toList();
    }

    @Override
    public Window<R> scroll(ScrollPosition position) {
        return finder.window(position).map(projection);
    }

    @Override
    public Page<R> page(Pageable page) {
        return sorted(page).page(page).map(projection);
    }

    @Override
    public Slice<R> slice(Pageable page) {
        return sorted(page).slice(page).map(projection);
    }

    private Finder<T> sorted(Pageable page) {
        return finder.sortedBy(page.getSortOr(finder.sort()));
    }

    @Override
    public Stream<R> stream() {
        return finder.list().stream().map(projection);
    }

    @Override
    public long count() {
        return finder.count();
    }

    @Override
    public boolean exists() {
        return finder.exists();
    }
}
