package io.deltatrace.spring.data;

import io.deltatrace.spring.cause.RepositoryCauses;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Sort;
import org.springframework.data.projection.ProjectionFactory;
import org.springframework.data.repository.core.EntityInformation;
import org.springframework.data.repository.core.NamedQueries;
import org.springframework.data.repository.core.RepositoryInformation;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.core.support.PersistentEntityInformation;
import org.springframework.data.repository.core.support.RepositoryComposition.RepositoryFragments;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;
import org.springframework.data.repository.history.RevisionRepository;
import org.springframework.data.repository.query.DefaultParameters;
import org.springframework.data.repository.query.QueryByExampleExecutor;
import org.springframework.data.repository.query.QueryCreationException;
import org.springframework.data.repository.query.QueryLookupStrategy;
import org.springframework.data.repository.query.QueryMethod;
import org.springframework.data.repository.query.RepositoryQuery;
import org.springframework.data.repository.query.ValueExpressionDelegate;
import org.springframework.data.repository.query.parser.PartTree;

/** Makes repositories. */
final class DeltaTraceRepositoryFactory extends RepositoryFactorySupport {

    private final DeltaTraceTemplate template;

    DeltaTraceRepositoryFactory(DeltaTraceTemplate template) {
        this.template = template;
        addRepositoryProxyPostProcessor(
                (proxy, repository) -> proxy.addAdvice(0, new RepositoryCauses(repository.getRepositoryInterface())));
    }

    @Override
    public EntityInformation<?, ?> getEntityInformation(RepositoryMetadata metadata) {
        return new PersistentEntityInformation<>(
                template.mappings().getRequiredPersistentEntity(metadata.getDomainType()));
    }

    @Override
    protected Class<?> getRepositoryBaseClass(RepositoryMetadata metadata) {
        return EntityRepository.class;
    }

    @Override
    protected Object getTargetRepository(RepositoryInformation information) {
        template.stored(information.getDomainType());
        return getTargetRepositoryViaReflection(information, information.getDomainType(), template);
    }

    @Override
    protected RepositoryFragments getRepositoryFragments(RepositoryMetadata metadata) {
        RepositoryFragments fragments = super.getRepositoryFragments(metadata);
        if (RevisionRepository.class.isAssignableFrom(metadata.getRepositoryInterface())) {
            fragments =
                    fragments.append(RepositoryFragments.just(new EntityHistory<>(metadata.getDomainType(), template)));
        }
        if (QueryByExampleExecutor.class.isAssignableFrom(metadata.getRepositoryInterface())) {
            fragments =
                    fragments.append(RepositoryFragments.just(new ExampleQueries<>(template, getProjectionFactory())));
        }
        return fragments;
    }

    @Override
    protected Optional<QueryLookupStrategy> getQueryLookupStrategy(
            QueryLookupStrategy.@Nullable Key key, ValueExpressionDelegate expressions) {
        return Optional.of(this::query);
    }

    private RepositoryQuery query(
            Method method, RepositoryMetadata metadata, ProjectionFactory projections, NamedQueries named) {
        QueryMethod query = new QueryMethod(method, metadata, projections, DefaultParameters::new);
        StoredEntity<?> entity = template.stored(metadata.getDomainType());
        try {
            Query declared = AnnotatedElementUtils.findMergedAnnotation(method, Query.class);
            return declared == null ? derived(query, entity) : declared(query, entity, declared);
        } catch (IllegalArgumentException e) {
            throw QueryCreationException.create(query, String.valueOf(e.getMessage()), e);
        }
    }

    private RepositoryQuery derived(QueryMethod method, StoredEntity<?> entity) {
        PartTree tree = new PartTree(method.getName(), entity.type());
        if (tree.isDistinct()) {
            throw new IllegalArgumentException("Distinct says nothing: no two documents are the same. Leave it out");
        }
        entity.sort(tree.getSort());
        ConditionQuery.Action action = tree.isDelete()
                ? ConditionQuery.Action.DELETE
                : tree.isCountProjection()
                        ? ConditionQuery.Action.COUNT
                        : tree.isExistsProjection() ? ConditionQuery.Action.EXISTS : ConditionQuery.Action.FIND;
        DerivedCondition condition = new DerivedCondition(tree, entity, method.getParameters());
        return new ConditionQuery<>(
                method, template, entity.type(), action, condition::bind, tree.getSort(), tree.getResultLimit());
    }

    private RepositoryQuery declared(QueryMethod method, StoredEntity<?> entity, Query declared) {
        ConditionQuery.Action action = declared.delete()
                ? ConditionQuery.Action.DELETE
                : declared.count()
                        ? ConditionQuery.Action.COUNT
                        : declared.exists() ? ConditionQuery.Action.EXISTS : ConditionQuery.Action.FIND;
        DeclaredCondition condition = new DeclaredCondition(declared.value(), method.getParameters(), entity.json());
        return new ConditionQuery<>(
                method, template, entity.type(), action, condition::bind, Sort.unsorted(), Limit.unlimited());
    }
}
