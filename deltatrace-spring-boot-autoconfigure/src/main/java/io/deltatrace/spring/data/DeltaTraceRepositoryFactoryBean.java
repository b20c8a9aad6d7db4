package io.deltatrace.spring.data;

import org.jspecify.annotations.Nullable;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;
import org.springframework.data.repository.core.support.TransactionalRepositoryFactoryBeanSupport;
import org.springframework.util.Assert;

/**
 * Makes the bean of a repository.
 *
 * @param <R> the repository
 * @param <T> the type of its entities
 * @param <ID> the type of their ids
 */
public class DeltaTraceRepositoryFactoryBean<R extends Repository<T, ID>, T, ID>
        extends TransactionalRepositoryFactoryBeanSupport<R, T, ID> {

    private @Nullable DeltaTraceTemplate template;

    /** For a repository interface; called by Spring Data. */
    public DeltaTraceRepositoryFactoryBean(Class<? extends R> repositoryInterface) {
        super(repositoryInterface);
    }

    /** Sets what the repository works with. */
    public void setTemplate(DeltaTraceTemplate template) {
        this.template = template;
        setMappingContext(template.mappings());
    }

    @Override
    protected RepositoryFactorySupport doCreateRepositoryFactory() {
        Assert.state(template != null, "A repository needs a DeltaTraceTemplate");
        return new DeltaTraceRepositoryFactory(template);
    }
}
