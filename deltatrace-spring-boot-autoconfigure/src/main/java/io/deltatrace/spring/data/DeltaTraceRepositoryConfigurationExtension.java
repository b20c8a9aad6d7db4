package io.deltatrace.spring.data;

import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.data.repository.config.RepositoryConfigurationExtensionSupport;
import org.springframework.data.repository.config.RepositoryConfigurationSource;

/** Tells Spring Data which repositories are DeltaTrace's, and what makes them. */
public final class DeltaTraceRepositoryConfigurationExtension extends RepositoryConfigurationExtensionSupport {

    /** Called by Spring Data and by auto-configuration. */
    public DeltaTraceRepositoryConfigurationExtension() {}

    @Override
    public String getModuleName() {
        return "DeltaTrace";
    }

    @Override
    @SuppressWarnings("deprecation") // it is abstract, and has no successor yet
    protected String getModulePrefix() {
        return "deltatrace";
    }

    @Override
    public String getRepositoryFactoryBeanClassName() {
        return DeltaTraceRepositoryFactoryBean.class.getName();
    }

    @Override
    protected Collection<Class<? extends Annotation>> getIdentifyingAnnotations() {
        return List.of(io.deltatrace.spring.data.Collection.class);
    }

    @Override
    protected Collection<Class<?>> getIdentifyingTypes() {
        return List.of(DeltaTraceRepository.class, HistoryRepository.class);
    }

    @Override
    public void postProcess(BeanDefinitionBuilder builder, RepositoryConfigurationSource source) {
        builder.addPropertyReference(
                "template", source.getAttribute("templateRef").orElse("deltaTraceTemplate"));
        // Spring Data's own default is the name of another manager, where there is one beside ours.
        builder.addPropertyValue(
                "transactionManager",
                source.getAttribute("transactionManagerRef").orElse("deltaTraceTransactionManager"));
    }
}
