package io.deltatrace.spring.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.tracing.Tracer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.WebFilter;
import org.springframework.web.servlet.handler.MappedInterceptor;

class DeltaTraceCauseAutoConfigurationTests {

    private final ApplicationContextRunner contexts = configured(new ApplicationContextRunner());
    private final WebApplicationContextRunner servletContexts = configured(new WebApplicationContextRunner());
    private final ReactiveWebApplicationContextRunner reactiveContexts =
            configured(new ReactiveWebApplicationContextRunner());

    private static <R extends AbstractApplicationContextRunner<R, ?, ?>> R configured(R runner) {
        return runner.withConfiguration(
                AutoConfigurations.of(DeltaTraceCauseAutoConfiguration.class, DeltaTraceAutoConfiguration.class));
    }

    @AfterEach
    void logOut() {
        SecurityContextHolder.clearContext();
    }

    private static void logIn(String user) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        user, "secret", AuthorityUtils.createAuthorityList("ROLE_AI")));
    }

    @Test
    void whoIsLoggedIn_isInTheHistory() {
        contexts.run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            logIn("helper");
            database.execute(Query.add("users", Map.of("n", 1)));
            database.execute(TransactionQuery.of(Query.add("users", Map.of("n", 2))));
            SecurityContextHolder.clearContext();
            database.execute(Query.add("users", Map.of("n", 3)));

            assertThat(database.history().entries(HistoryFilter.all().actor("helper")))
                    .extracting("revision")
                    .containsExactly(2L, 1L);
            assertThat(database.history().entries(HistoryFilter.all().actor("system")))
                    .extracting("revision")
                    .containsExactly(3L);
        });
    }

    @Test
    void authorityOfAgents_isAProperty() {
        logIn("helper");
        contexts.run(context -> assertThat(
                        context.getBean(CauseProvider.class).complete(null).who())
                .isEqualTo(Actor.ai("helper")));
        contexts.withPropertyValues("deltatrace.cause.ai-authority=SCOPE_agent")
                .run(context -> assertThat(context.getBean(CauseProvider.class)
                                .complete(null)
                                .who())
                        .isEqualTo(Actor.human("helper")));
    }

    @Test
    void applicationsOwnProvider_takesThePlaceOfEverything() {
        servletContexts
                .withUserConfiguration(OwnCauses.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(CauseProvider.class)
                        .hasBean("own")
                        .doesNotHaveBean(CauseFilter.class)
                        .doesNotHaveBean(CauseBeanPostProcessor.class));
    }

    @Test
    void disabled_isNotThere() {
        contexts.withPropertyValues("deltatrace.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(CauseProvider.class));
    }

    @Test
    void outsideOfWebApplications_thereAreNoFilters() {
        contexts.run(context -> assertThat(context)
                .hasSingleBean(CauseProvider.class)
                .doesNotHaveBean(CauseFilter.class)
                .doesNotHaveBean(WebFilter.class)
                .doesNotHaveBean(MappedInterceptor.class));
    }

    @Test
    void servletApplication_hasAFilterAndAnInterceptor() {
        servletContexts.run(context -> assertThat(context)
                .hasSingleBean(CauseFilter.class)
                .hasSingleBean(MappedInterceptor.class)
                .doesNotHaveBean(WebFilter.class));
    }

    @Test
    void servletApplicationWithoutSpringMvc_hasAFilterOnly() {
        servletContexts
                .withClassLoader(new FilteredClassLoader(MappedInterceptor.class))
                .run(context -> assertThat(context).hasSingleBean(CauseFilter.class));
    }

    @Test
    void servletApplicationWithoutSpringWeb_hasNoFilter() {
        servletContexts
                .withClassLoader(new FilteredClassLoader(OncePerRequestFilter.class))
                .run(context -> assertThat(context)
                        .hasSingleBean(CauseProvider.class)
                        .doesNotHaveBean("deltaTraceCauseFilter"));
    }

    @Test
    void reactiveApplication_hasWebFilters() {
        reactiveContexts.run(context -> assertThat(context)
                .hasSingleBean(CauseWebFilter.class)
                .hasSingleBean(CauseWebFilter.OfUser.class)
                .doesNotHaveBean(CauseFilter.class));
    }

    @Test
    void withoutSpringSecurity_itIsTheSystem() {
        logIn("alice");
        contexts.withClassLoader(new FilteredClassLoader(SecurityContextHolder.class))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(SecurityActors.class);
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    database.execute(Query.add("users", Map.of("n", 1)));
                    assertThat(database.history().entries(HistoryFilter.all().actor("system")))
                            .hasSize(1);
                });
    }

    @Test
    void withoutMicrometer_causesAreCompletedStill() {
        contexts.withClassLoader(new FilteredClassLoader(Tracer.class, ContextSnapshot.class))
                .run(context -> assertThat(context.getBean(CauseProvider.class)
                                .complete(null)
                                .context())
                        .isNull());
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnCauses {

        @Bean
        CauseProvider own() {
            return CauseProvider.SYSTEM;
        }
    }
}
