package io.deltatrace.autoconfigure;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.DeltaTraceDatabaseBuilder;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.history.Outcome;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.storage.Retention;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Auto-configuration of a {@link DeltaTraceDatabase}. It backs off for a database of the application's own, and does nothing
 * with {@code deltatrace.enabled=false}. The application's {@link JsonMapper}, if there is one, converts its types, and its
 * {@link CauseProvider} completes causes; a {@link RequestObserver} is told of requests.
 */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnBooleanProperty(name = "deltatrace.enabled", matchIfMissing = true)
@EnableConfigurationProperties(DeltaTraceProperties.class)
public final class DeltaTraceAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DeltaTraceAutoConfiguration.class);

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    DeltaTraceDatabase deltaTraceDatabase(
            DeltaTraceProperties properties,
            ObjectProvider<JsonMapper> jsonMapper,
            ObjectProvider<CauseProvider> causeProvider,
            ObjectProvider<RequestObserver> observer,
            ObjectProvider<SlowQueryLog> slowQueries,
            ObjectProvider<DeltaTraceDatabaseBuilderCustomizer> customizers) {
        DeltaTraceDatabaseBuilder builder = DeltaTraceDatabase.builder()
                .historyLimit(properties.history().limit())
                .keepObjects(properties.keepObjects())
                .lockTimeout(properties.transaction().lockTimeout())
                .record(properties.history().record().toArray(new Outcome[0]));
        jsonMapper.ifUnique(builder::jsonMapper);
        causeProvider.ifUnique(builder::causeProvider);
        RequestObserver told = observer.getIfUnique(() -> RequestObserver.NONE);
        SlowQueryLog slow = slowQueries.getIfAvailable();
        builder.observer(slow == null ? told : slow.around(told));
        apply(properties.storage(), builder);
        properties
                .collections()
                .forEach((name, collection) ->
                        collection.indexes().forEach(field -> builder.index(name, field.index())));
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        DeltaTraceDatabase database = builder.build();
        database.storage()
                .ifPresentOrElse(
                        status -> LOG.info("DeltaTrace keeps its data in {}", status.directory()),
                        () -> LOG.info("DeltaTrace keeps its data in memory: it is gone when the application stops"));
        return database;
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("deltatrace.slow-query-threshold")
    SlowQueryLog deltaTraceSlowQueryLog(DeltaTraceProperties properties, ObjectProvider<DeltaTraceDatabase> databases) {
        return new SlowQueryLog(Objects.requireNonNull(properties.slowQueryThreshold()), databases::getObject);
    }

    @Bean
    @Conditional(RetentionWanted.class)
    RetentionTask deltaTraceRetentionTask(DeltaTraceDatabase database, DeltaTraceProperties properties) {
        DeltaTraceProperties.Retention wanted = properties.history().retention();
        Retention retention =
                new Retention(Objects.requireNonNullElse(wanted.entries(), 0L), wanted.age(), wanted.archive());
        return new RetentionTask(database, retention, wanted.interval());
    }

    /** Whether a property says that history is given up. */
    static final class RetentionWanted extends AnyNestedCondition {

        RetentionWanted() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("deltatrace.history.retention.age")
        static final class ByAge {}

        @ConditionalOnProperty("deltatrace.history.retention.entries")
        static final class ByEntries {}
    }

    private static void apply(DeltaTraceProperties.Storage storage, DeltaTraceDatabaseBuilder builder) {
        if (storage.directory() == null) {
            return;
        }
        builder.directory(storage.directory())
                .durability(storage.durability())
                .syncInterval(storage.syncInterval())
                .segmentSize(storage.segmentSize().toBytes())
                .snapshotEvery(storage.snapshotEntries(), storage.snapshotSize().toBytes());
        if (!storage.checkOnOpen()) {
            builder.uncheckedOnOpen();
        }
        if (storage.readOnly()) {
            builder.readOnly();
        }
    }
}
