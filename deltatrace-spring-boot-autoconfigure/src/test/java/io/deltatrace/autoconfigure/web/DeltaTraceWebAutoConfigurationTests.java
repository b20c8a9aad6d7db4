package io.deltatrace.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.spring.web.Grants;
import io.deltatrace.spring.web.PermissionResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.web.SecurityFilterChain;

class DeltaTraceWebAutoConfigurationTests {

    private static final AutoConfigurations OURS =
            AutoConfigurations.of(DeltaTraceAutoConfiguration.class, DeltaTraceWebAutoConfiguration.class);

    private final WebApplicationContextRunner contexts = new WebApplicationContextRunner().withConfiguration(OURS);
    private final WebApplicationContextRunner enabled = contexts.withPropertyValues("deltatrace.web.enabled=true");

    @Test
    void nothingIsServed_unlessItIsAskedFor() {
        contexts.run(context -> assertThat(context).doesNotHaveBean(DeltaTraceServletRegistrationBean.class));
    }

    @Test
    void servlet_isMappedToItsPath() {
        enabled.withPropertyValues("deltatrace.web.path=/one/two")
                .run(context -> assertThat(context.getBean(DeltaTraceServletRegistrationBean.class)
                                .getUrlMappings())
                        .containsExactly("/one/two/*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "deltatrace", "/deltatrace/", "/a//b", "/a/*", "/a?b"})
    void pathThatIsNone_failsTheStart(String path) {
        enabled.withPropertyValues("deltatrace.web.path=" + path)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("deltatrace.web.path must be of the form"));
    }

    @Test
    void wordThatIsNone_failsTheStart() {
        enabled.withPropertyValues("deltatrace.web.permissions.EDITOR.users=reed")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("'reed' is neither read"));
    }

    @Test
    void withoutSpringSecurity_theStartFails_andTheReasonIsExplained() {
        enabled.withClassLoader(new FilteredClassLoader(SecurityFilterChain.class))
                .run(context -> {
                    FailureAnalysis analysis =
                            new OpenToEverybodyFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription()).contains("would let everybody read and change");
                    assertThat(analysis.getAction()).contains("deltatrace.web.allow-anonymous=true");
                });
    }

    @Test
    void withoutSpringSecurity_everybodyMayDoEverything_ifThatIsSaid() {
        enabled.withClassLoader(new FilteredClassLoader(SecurityFilterChain.class))
                .withPropertyValues("deltatrace.web.allow-anonymous=true")
                .run(context -> assertThat(
                                context.getBean(PermissionResolver.class).resolve(null))
                        .isEqualTo(Grants.ALL));
    }

    @Test
    void anonymousCallers_mayNothing_withSpringSecurity_whateverIsSaid() {
        enabled.withPropertyValues("deltatrace.web.allow-anonymous=true")
                .run(context -> assertThat(
                                context.getBean(PermissionResolver.class).resolve(null))
                        .isEqualTo(Grants.NONE));
    }

    @Test
    void ownResolver_wins() {
        PermissionResolver own = request -> Grants.NONE;
        enabled.withClassLoader(new FilteredClassLoader(SecurityFilterChain.class))
                .withBean(PermissionResolver.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(PermissionResolver.class)).isSameAs(own));
    }

    @Test
    void reactiveApplication_servesNothing() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(OURS)
                .withPropertyValues("deltatrace.web.enabled=true")
                .run(context -> assertThat(context).doesNotHaveBean(DeltaTraceServletRegistrationBean.class));
    }
}
