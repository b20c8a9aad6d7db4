package io.deltatrace.spring.transaction;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.DeltaTraceProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionManager;

/**
 * Auto-configuration of a {@link DeltaTraceTransactionManager}. It is the application's transaction manager if there is no other;
 * beside another one it is taken only where its name, {@code deltaTraceTransactionManager}, is given. So it comes after all
 * that might configure another one: those back off if there is one already.
 */
@AutoConfiguration(
        before = TransactionAutoConfiguration.class,
        after = {DeltaTraceAutoConfiguration.class, TransactionManagerCustomizationAutoConfiguration.class},
        afterName = {
            "org.springframework.boot.data.neo4j.autoconfigure.DataNeo4jAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration",
            "org.springframework.boot.transaction.jta.autoconfigure.JtaAutoConfiguration"
        })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass({PlatformTransactionManager.class, TransactionManagerCustomizers.class})
@ConditionalOnBooleanProperty(name = "deltatrace.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(DeltaTraceDatabase.class)
@ConditionalOnMissingBean(DeltaTraceTransactionManager.class)
@EnableConfigurationProperties(DeltaTraceProperties.class)
public final class DeltaTraceTransactionAutoConfiguration {

    private static DeltaTraceTransactionManager manager(
            DeltaTraceDatabase database,
            DeltaTraceProperties properties,
            ObjectProvider<TransactionManagerCustomizers> customizers) {
        DeltaTraceTransactionManager manager = new DeltaTraceTransactionManager(
                database, properties.transaction().lockTimeout());
        customizers.ifAvailable(all -> all.customize(manager));
        return manager;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(TransactionManager.class)
    static class OnlyConfiguration {

        @Bean
        DeltaTraceTransactionManager deltaTraceTransactionManager(
                DeltaTraceDatabase database,
                DeltaTraceProperties properties,
                ObjectProvider<TransactionManagerCustomizers> customizers) {
            return manager(database, properties, customizers);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(TransactionManager.class)
    @ConditionalOnMissingBean(DeltaTraceTransactionManager.class)
    static class BesideConfiguration {

        @Bean(defaultCandidate = false)
        DeltaTraceTransactionManager deltaTraceTransactionManager(
                DeltaTraceDatabase database,
                DeltaTraceProperties properties,
                ObjectProvider<TransactionManagerCustomizers> customizers) {
            return manager(database, properties, customizers);
        }
    }
}
