package io.deltatrace.autoconfigure.web;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.spring.web.DeltaTraceServlet;
import io.deltatrace.spring.web.Grants;
import io.deltatrace.spring.web.PermissionResolver;
import jakarta.servlet.Servlet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Auto-configuration of the database over HTTP, for servlet applications that ask for it with {@code
 * deltatrace.web.enabled=true}. Who may do what is known from Spring Security, or from a {@link PermissionResolver} of the
 * application's own.
 */
@AutoConfiguration(after = DeltaTraceAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Servlet.class, ServletRegistrationBean.class, MediaType.class})
@ConditionalOnBooleanProperty(name = "deltatrace.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty("deltatrace.web.enabled")
@ConditionalOnSingleCandidate(DeltaTraceDatabase.class)
@EnableConfigurationProperties(DeltaTraceWebProperties.class)
public final class DeltaTraceWebAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DeltaTraceWebAutoConfiguration.class);
    private static final String FILTER_CHAIN = "org.springframework.security.web.SecurityFilterChain";

    @Bean
    @ConditionalOnMissingBean
    DeltaTraceServletRegistrationBean deltaTraceServlet(
            DeltaTraceDatabase database,
            ObjectProvider<CauseProvider> causes,
            PermissionResolver permissions,
            DeltaTraceWebProperties properties) {
        LOG.info("DeltaTrace answers queries at '{}/query'", properties.path());
        return new DeltaTraceServletRegistrationBean(
                new DeltaTraceServlet(
                        database, causes.getIfUnique(() -> CauseProvider.SYSTEM), permissions, properties.options()),
                properties.path());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(value = SecurityContextHolder.class, name = FILTER_CHAIN)
    static class SecurityConfiguration {

        @Bean
        @ConditionalOnMissingBean
        PermissionResolver deltaTracePermissionResolver(DeltaTraceWebProperties properties) {
            return PermissionResolver.ofAuthorities(properties.grants());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass(FILTER_CHAIN)
    static class NoSecurityConfiguration {

        @Bean
        @ConditionalOnMissingBean
        PermissionResolver deltaTracePermissionResolver(DeltaTraceWebProperties properties) {
            if (!properties.allowAnonymous()) {
                throw new OpenToEverybodyException();
            }
            return request -> Grants.ALL;
        }
    }
}
