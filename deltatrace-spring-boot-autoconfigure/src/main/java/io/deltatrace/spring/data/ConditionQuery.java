package io.deltatrace.spring.data;

import io.deltatrace.condition.Condition;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.repository.query.ParameterAccessor;
import org.springframework.data.repository.query.ParametersParameterAccessor;
import org.springframework.data.repository.query.QueryMethod;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.ResultProcessor;
import org.springframework.data.repository.query.ReturnedType;
import org.springframework.util.ClassUtils;

/**
 * A method of a repository that does something with what meets a condition.
 *
 * @param method the method
 * @param template what it works with
 * @param type the entities that it is about
 * @param action what it does
 * @param condition what they must meet, given the parameters
 * @param sort their order, before one that is a parameter
 * @param limit how many at most, unless a parameter says so
 */
record ConditionQuery<T>(
        QueryMethod method,
        DeltaTraceTemplate template,
        Class<T> type,
        Action action,
        Function<ParameterAccessor, Condition> condition,
        Sort sort,
        Limit limit)
        implements RepositoryQuery {

    /** What can be done with what meets a condition. */
    enum Action {
        FIND,
        COUNT,
        EXISTS,
        DELETE
    }

    @Override
    public QueryMethod getQueryMethod() {
        return method;
    }

    @Override
    @SuppressWarnings(
            "NullAway") // Compilers before 22 do not see that the overridden method takes nulls, and later ones do.
    public @Nullable Object execute(@Nullable Object[] arguments) {
        ParametersParameterAccessor parameters = new ParametersParameterAccessor(method.getParameters(), arguments);
        Condition bound = bound(parameters);
        return switch (action) {
            case COUNT -> finder(bound, parameters).count();
            case EXISTS -> finder(bound, parameters).exists();
            case DELETE -> deleted(bound, parameters);
            case FIND -> processed(found(finder(bound, parameters), parameters), parameters);
        };
    }

    private Condition bound(ParameterAccessor parameters) {
        try {
            return condition.apply(parameters);
        } catch (IllegalArgumentException e) {
            throw new InvalidDataAccessApiUsageException(method.getName() + ": " + e.getMessage(), e);
        }
    }

    private Finder<T> finder(Condition bound, ParameterAccessor parameters) {
        // A page has a limit too, as Spring Data sees it; but what there is does not end with it.
        Limit parameter = method.getParameters().hasLimitParameter() ? parameters.getLimit() : Limit.unlimited();
        return template.finder(type, bound)
                .sortedBy(sort.and(parameters.getSort()))
                .limitedTo(smaller(parameter, limit));
    }

    private static Limit smaller(Limit one, Limit other) {
        return one.isUnlimited() || (other.isLimited() && other.max() < one.max()) ? other : one;
    }

    private @Nullable Object found(Finder<T> finder, ParameterAccessor parameters) {
        Pageable page = parameters.getPageable();
        if (method.isPageQuery()) {
            return finder.page(page);
        }
        if (method.isSliceQuery()) {
            return finder.slice(page);
        }
        if (method.isScrollQuery()) {
            return finder.window(Objects.requireNonNullElseGet(parameters.getScrollPosition(), ScrollPosition::offset));
        }
        if (method.isStreamQuery()) {
            return finder.listOf(page).stream();
        }
        return method.isCollectionQuery() ? finder.listOf(page) : finder.one().orElse(null);
    }

    private @Nullable Object deleted(Condition bound, ParameterAccessor parameters) {
        Class<?> returned = ClassUtils.resolvePrimitiveIfNecessary(method.getReturnedObjectType());
        if (method.isCollectionQuery() || method.isStreamQuery() || method.isQueryForEntity()) {
            List<T> removed = template.remove(type, bound);
            return processed(
                    method.isStreamQuery()
                            ? removed.stream()
                            : method.isCollectionQuery()
                                    ? removed
                                    : removed.stream().findFirst().orElse(null),
                    parameters);
        }
        long count = template.delete(type, bound);
        return returned == Boolean.class ? (Object) (count > 0) : returned == Void.class ? null : count;
    }

    private @Nullable Object processed(@Nullable Object result, ParameterAccessor parameters) {
        ResultProcessor processor = method.getResultProcessor().withDynamicProjection(parameters);
        ReturnedType returned = processor.getReturnedType();
        boolean object = returned.isProjecting() && !returned.getReturnedType().isInterface();
        return object
                ? processor.processResult(result, new ClassProjection(returned.getReturnedType(), template.mappings()))
                : processor.processResult(result);
    }
}
