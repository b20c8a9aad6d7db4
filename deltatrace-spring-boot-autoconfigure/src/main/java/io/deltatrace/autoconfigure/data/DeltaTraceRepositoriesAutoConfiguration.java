package io.deltatrace.autoconfigure.data;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.spring.data.DeltaTraceRepositoryConfigurationExtension;
import io.deltatrace.spring.data.DeltaTraceRepositoryFactoryBean;
import io.deltatrace.spring.data.DeltaTraceTemplate;
import io.deltatrace.spring.data.EnableDeltaTraceRepositories;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.data.repository.Repository;

/**
 * Auto-configuration of repositories: those in the packages of the application, unless it looks for them itself with {@link
 * EnableDeltaTraceRepositories}, or wants none with {@code deltatrace.repositories.enabled=false}.
 */
@AutoConfiguration(after = DeltaTraceDataAutoConfiguration.class)
@ConditionalOnClass({Repository.class, PersistenceExceptionTranslator.class})
@ConditionalOnBean({DeltaTraceDatabase.class, DeltaTraceTemplate.class})
@ConditionalOnMissingBean({DeltaTraceRepositoryFactoryBean.class, DeltaTraceRepositoryConfigurationExtension.class})
@ConditionalOnBooleanProperty(name = "deltatrace.repositories.enabled", matchIfMissing = true)
@Import(AutoConfiguredRepositoriesRegistrar.class)
public final class DeltaTraceRepositoriesAutoConfiguration {}
