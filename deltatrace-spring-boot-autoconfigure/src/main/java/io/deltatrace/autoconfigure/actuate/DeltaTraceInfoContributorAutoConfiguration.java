package io.deltatrace.autoconfigure.actuate;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what the info endpoint tells of the database; {@code management.info.deltatrace.enabled} turns it on or
 * off, and {@code management.info.defaults.enabled} where that is not set.
 */
@AutoConfiguration(after = DeltaTraceAutoConfiguration.class)
@ConditionalOnClass({InfoContributor.class, ConditionalOnEnabledInfoContributor.class})
@ConditionalOnBooleanProperty(name = "deltatrace.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(DeltaTraceDatabase.class)
@ConditionalOnEnabledInfoContributor("deltatrace")
public final class DeltaTraceInfoContributorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "deltaTraceInfoContributor")
    DeltaTraceInfoContributor deltaTraceInfoContributor(DeltaTraceDatabase database) {
        return new DeltaTraceInfoContributor(database);
    }
}
