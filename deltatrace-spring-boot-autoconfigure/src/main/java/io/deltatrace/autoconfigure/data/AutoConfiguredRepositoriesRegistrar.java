package io.deltatrace.autoconfigure.data;

import io.deltatrace.spring.data.DeltaTraceRepositoryConfigurationExtension;
import io.deltatrace.spring.data.EnableDeltaTraceRepositories;
import java.lang.annotation.Annotation;
import org.springframework.boot.autoconfigure.data.AbstractRepositoryConfigurationSourceSupport;
import org.springframework.data.repository.config.RepositoryConfigurationExtension;

/** Looks for repositories in the packages of the application. */
final class AutoConfiguredRepositoriesRegistrar extends AbstractRepositoryConfigurationSourceSupport {

    @Override
    protected Class<? extends Annotation> getAnnotation() {
        return EnableDeltaTraceRepositories.class;
    }

    @Override
    protected Class<?> getConfiguration() {
        return Enabling.class;
    }

    @Override
    protected RepositoryConfigurationExtension getRepositoryConfigurationExtension() {
        return new DeltaTraceRepositoryConfigurationExtension();
    }

    /** What the application would have to write otherwise. */
    @EnableDeltaTraceRepositories
    private static final class Enabling {}
}
