package io.deltatrace.autoconfigure.actuate;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.DeltaTraceProperties;
import io.deltatrace.autoconfigure.SlowQueryLog;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the Actuator endpoints, for applications that have Actuator and a database. */
@AutoConfiguration(after = DeltaTraceAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBooleanProperty(name = "deltatrace.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(DeltaTraceDatabase.class)
@EnableConfigurationProperties({DeltaTraceProperties.class, DeltaTraceHistoryEndpointProperties.class})
public final class DeltaTraceEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(DeltaTraceEndpoint.class)
    DeltaTraceEndpoint deltaTraceEndpoint(DeltaTraceDatabase database, ObjectProvider<SlowQueryLog> slowQueries) {
        return new DeltaTraceEndpoint(database, slowQueries.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(DeltaTraceHistoryEndpoint.class)
    DeltaTraceHistoryEndpoint deltaTraceHistoryEndpoint(
            DeltaTraceDatabase database,
            DeltaTraceProperties properties,
            DeltaTraceHistoryEndpointProperties values,
            ObjectProvider<SanitizingFunction> sanitizingFunctions) {
        return new DeltaTraceHistoryEndpoint(
                database,
                new ValueRules(
                        values.maskedFields(),
                        sanitizingFunctions.orderedStream().toList()),
                values.showValues(),
                properties::keyOf);
    }

    @Bean
    @ConditionalOnBean(DeltaTraceHistoryEndpoint.class)
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(endpoint = DeltaTraceHistoryEndpoint.class, exposure = EndpointExposure.WEB)
    DeltaTraceHistoryEndpointWebExtension deltaTraceHistoryEndpointWebExtension(
            DeltaTraceHistoryEndpoint endpoint, DeltaTraceHistoryEndpointProperties values) {
        return new DeltaTraceHistoryEndpointWebExtension(endpoint, values.showValues(), values.roles());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(DeltaTraceVerificationEndpoint.class)
    DeltaTraceVerificationEndpoint deltaTraceVerificationEndpoint(DeltaTraceDatabase database) {
        return new DeltaTraceVerificationEndpoint(database);
    }
}
