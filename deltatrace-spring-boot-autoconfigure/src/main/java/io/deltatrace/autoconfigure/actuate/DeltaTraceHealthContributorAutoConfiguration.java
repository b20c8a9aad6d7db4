package io.deltatrace.autoconfigure.actuate;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the health of the database; {@code management.health.deltatrace.enabled=false} turns it off. */
@AutoConfiguration(after = DeltaTraceAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBooleanProperty(name = "deltatrace.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(DeltaTraceDatabase.class)
@ConditionalOnEnabledHealthIndicator("deltatrace")
public final class DeltaTraceHealthContributorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "deltaTraceHealthIndicator")
    DeltaTraceHealthIndicator deltaTraceHealthIndicator(DeltaTraceDatabase database) {
        return new DeltaTraceHealthIndicator(database);
    }
}
