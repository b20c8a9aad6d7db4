package io.deltatrace.spring.cause;

import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.DeltaTraceProperties;
import io.deltatrace.cause.CauseProvider;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.WebFilter;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * Auto-configuration of who changed something, from where, what and why. An application's own {@link CauseProvider} takes the
 * place of all of it.
 */
@AutoConfiguration(before = DeltaTraceAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "deltatrace.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(CauseProvider.class)
@EnableConfigurationProperties(DeltaTraceProperties.class)
public final class DeltaTraceCauseAutoConfiguration {

    @Bean
    ApplicationCauseProvider deltaTraceCauseProvider(
            ObjectProvider<Principals> principals, ObjectProvider<CurrentTrace> trace) {
        return new ApplicationCauseProvider(
                principals.getIfAvailable(() -> Principals.OF_THE_SERVER),
                trace.getIfAvailable(() -> Map::of),
                Clock.systemUTC());
    }

    @Bean
    static CauseBeanPostProcessor deltaTraceCauseBeanPostProcessor() {
        return new CauseBeanPostProcessor();
    }

    /** Identifies the trace that a thread is part of, by name. */
    interface CurrentTrace extends Supplier<Map<String, String>> {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SecurityContextHolder.class)
    static class SecurityConfiguration {

        @Bean
        SecurityActors deltaTracePrincipals(DeltaTraceProperties properties) {
            return new SecurityActors(properties.cause().aiAuthority());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Tracer.class)
    static class TracingConfiguration {

        @Bean
        CurrentTrace deltaTraceCurrentTrace(ObjectProvider<Tracer> tracer) {
            return () -> {
                Tracer present = tracer.getIfUnique();
                Span span = present == null ? null : present.currentSpan();
                return span == null
                        ? Map.of()
                        : Map.of(
                                "traceId",
                                span.context().traceId(),
                                "spanId",
                                span.context().spanId());
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass({Filter.class, OncePerRequestFilter.class})
    static class ServletConfiguration {

        @Bean
        CauseFilter deltaTraceCauseFilter(DeltaTraceProperties properties) {
            return new CauseFilter(headers(properties), Clock.systemUTC());
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(MappedInterceptor.class)
        static class MvcConfiguration {

            @Bean
            MappedInterceptor deltaTraceCauseInterceptor() {
                return new MappedInterceptor(null, new CauseHandlerInterceptor());
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass({WebFilter.class, HandlerMapping.class})
    static class ReactiveConfiguration {

        @Bean
        CauseWebFilter deltaTraceCauseWebFilter(DeltaTraceProperties properties) {
            return new CauseWebFilter(headers(properties), Clock.systemUTC());
        }

        @Bean
        CauseWebFilter.OfUser deltaTraceCauseUserWebFilter() {
            return new CauseWebFilter.OfUser();
        }
    }

    private static CauseHeaders headers(DeltaTraceProperties properties) {
        return new CauseHeaders(
                properties.cause().reasonHeader(), properties.cause().requestIdHeader());
    }
}
