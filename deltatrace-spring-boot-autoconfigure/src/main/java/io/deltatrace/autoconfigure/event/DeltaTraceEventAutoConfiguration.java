package io.deltatrace.autoconfigure.event;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of {@link DeltaTraceCommitEvent}; {@code deltatrace.events.enabled=false} turns it off. */
@AutoConfiguration(after = DeltaTraceAutoConfiguration.class)
@ConditionalOnSingleCandidate(DeltaTraceDatabase.class)
@ConditionalOnBooleanProperty(
        name = {"deltatrace.enabled", "deltatrace.events.enabled"},
        matchIfMissing = true)
public final class DeltaTraceEventAutoConfiguration {

    @Bean
    CommitEventPublisher deltaTraceCommitEventPublisher(
            DeltaTraceDatabase database, ApplicationEventPublisher publisher) {
        return new CommitEventPublisher(database, publisher);
    }
}
