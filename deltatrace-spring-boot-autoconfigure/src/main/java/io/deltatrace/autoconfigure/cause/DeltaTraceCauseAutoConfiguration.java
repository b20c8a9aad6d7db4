package io.deltatrace.autoconfigure.cause;

import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.DeltaTraceProperties;
import io.deltatrace.cause.CauseProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.context.SecurityContextHolder;

/** Auto-configuration of who asks, for applications that have Spring Security and no {@link CauseProvider} of their own. */
@AutoConfiguration(before = DeltaTraceAutoConfiguration.class)
@ConditionalOnClass(SecurityContextHolder.class)
@ConditionalOnBooleanProperty(name = "deltatrace.enabled", matchIfMissing = true)
@EnableConfigurationProperties(DeltaTraceProperties.class)
public final class DeltaTraceCauseAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(CauseProvider.class)
    AuthenticatedCauseProvider deltaTraceCauseProvider(DeltaTraceProperties properties) {
        return new AuthenticatedCauseProvider(properties.cause().aiAuthority());
    }
}
