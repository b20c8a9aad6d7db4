package io.deltatrace.spring.data;

import java.lang.annotation.Annotation;
import org.springframework.data.repository.config.RepositoryBeanDefinitionRegistrarSupport;
import org.springframework.data.repository.config.RepositoryConfigurationExtension;

/** Registers repositories for {@link EnableDeltaTraceRepositories}. */
final class DeltaTraceRepositoriesRegistrar extends RepositoryBeanDefinitionRegistrarSupport {

    @Override
    protected Class<? extends Annotation> getAnnotation() {
        return EnableDeltaTraceRepositories.class;
    }

    @Override
    protected RepositoryConfigurationExtension getExtension() {
        return new DeltaTraceRepositoryConfigurationExtension();
    }
}
