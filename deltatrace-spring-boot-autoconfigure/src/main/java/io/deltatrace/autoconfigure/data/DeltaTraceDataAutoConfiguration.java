package io.deltatrace.autoconfigure.data;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.DeltaTraceProperties;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.spring.data.Collection;
import io.deltatrace.spring.data.DeltaTraceExceptionTranslator;
import io.deltatrace.spring.data.DeltaTraceTemplate;
import io.deltatrace.spring.data.EntityIndexes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScanner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.data.auditing.CurrentDateTimeProvider;
import org.springframework.data.auditing.DateTimeProvider;
import org.springframework.data.domain.AuditorAware;
import org.springframework.data.repository.Repository;
import tools.jackson.databind.json.JsonMapper;

/**
 * Auto-configuration of a {@link DeltaTraceTemplate}, and of the indexes that entities ask for. Spring Data's annotations of who saved an entity and when take what the
 * application's {@link AuditorAware} and {@link DateTimeProvider} say, or else the id of the actor that the cause of the change
 * names, and the system's clock.
 */
@AutoConfiguration(after = DeltaTraceAutoConfiguration.class)
@ConditionalOnClass({Repository.class, PersistenceExceptionTranslator.class, EntityScanner.class})
@ConditionalOnBooleanProperty(name = "deltatrace.enabled", matchIfMissing = true)
@ConditionalOnBean(DeltaTraceDatabase.class)
@EnableConfigurationProperties(DeltaTraceProperties.class)
public final class DeltaTraceDataAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    static EntityIndexes deltaTraceEntityIndexes(ApplicationContext context, ObjectProvider<JsonMapper> jsonMapper)
            throws ClassNotFoundException {
        return new EntityIndexes(new EntityScanner(context).scan(Collection.class), jsonMapper.getIfUnique());
    }

    @Bean
    @ConditionalOnMissingBean
    DeltaTraceTemplate deltaTraceTemplate(
            DeltaTraceDatabase database,
            DeltaTraceProperties properties,
            ObjectProvider<JsonMapper> jsonMapper,
            ObjectProvider<AuditorAware<?>> auditor,
            ObjectProvider<DateTimeProvider> clock,
            ObjectProvider<CauseProvider> causes) {
        AuditorAware<Object> current = () -> {
            AuditorAware<?> own = auditor.getIfUnique();
            return own == null
                    ? actorId(causes.getIfUnique())
                    : own.getCurrentAuditor().map(Object.class::cast);
        };
        DateTimeProvider now =
                () -> clock.getIfUnique(() -> CurrentDateTimeProvider.INSTANCE).getNow();
        return new DeltaTraceTemplate(database, jsonMapper.getIfUnique(), properties.keepObjects())
                .auditing(current, now);
    }

    private static Optional<Object> actorId(@Nullable CauseProvider causes) {
        return Optional.ofNullable(causes == null ? null : causes.complete(null).who())
                .map(Actor::id);
    }

    @Bean
    @ConditionalOnMissingBean
    static DeltaTraceExceptionTranslator deltaTraceExceptionTranslator() {
        return new DeltaTraceExceptionTranslator();
    }
}
