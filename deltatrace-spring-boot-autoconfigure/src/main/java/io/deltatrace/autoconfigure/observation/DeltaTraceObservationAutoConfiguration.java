package io.deltatrace.autoconfigure.observation;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.DeltaTraceProperties;
import io.deltatrace.observation.RequestObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of metrics and traces: an observation of each request, for applications that have an {@link
 * ObservationRegistry}, and meters of the database, for those that have a {@link MeterRegistry}. {@code
 * deltatrace.observations.enabled=false} turns it off.
 */
@AutoConfiguration(
        after = DeltaTraceAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnSingleCandidate(DeltaTraceDatabase.class)
@ConditionalOnBooleanProperty(
        name = {"deltatrace.enabled", "deltatrace.observations.enabled"},
        matchIfMissing = true)
@EnableConfigurationProperties(DeltaTraceProperties.class)
public final class DeltaTraceObservationAutoConfiguration {

    @Bean
    CollectionTags deltaTraceCollectionTags(
            ObjectProvider<DeltaTraceDatabase> databases, DeltaTraceProperties properties) {
        return new CollectionTags(databases, properties.observations().maxCollections());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(ObservationRegistry.class)
    static class RequestsConfiguration {

        @Bean
        @ConditionalOnMissingBean(RequestObserver.class)
        MicrometerObserver deltaTraceRequestObserver(
                ObservationRegistry registry,
                ObjectProvider<DeltaTraceQueryConvention> convention,
                CollectionTags tags) {
            return new MicrometerObserver(registry, convention.getIfAvailable(), tags);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({MeterRegistry.class, MeterBinder.class})
    @ConditionalOnBean(MeterRegistry.class)
    static class MetricsConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "deltaTraceMetrics")
        DatabaseMetrics deltaTraceMetrics(ObjectProvider<DeltaTraceDatabase> databases, CollectionTags tags) {
            return new DatabaseMetrics(databases, tags);
        }
    }
}
