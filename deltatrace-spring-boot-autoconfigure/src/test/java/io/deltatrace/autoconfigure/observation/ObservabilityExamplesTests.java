package io.deltatrace.autoconfigure.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.event.DeltaTraceCommitEvent;
import io.deltatrace.autoconfigure.event.DeltaTraceEventAutoConfiguration;
import io.deltatrace.query.Query;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationPredicate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The examples of docs/observability.md, which {@code DocumentedExamplesTests} compares with this file. */
@ExtendWith(OutputCaptureExtension.class)
class ObservabilityExamplesTests {

    private static final String REQUESTS = "deltatrace.query";

    private static void withOne(Class<?> bean, ContextConsumer<AssertableApplicationContext> then) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class,
                        SimpleMetricsExportAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        ObservationAutoConfiguration.class,
                        DeltaTraceAutoConfiguration.class,
                        DeltaTraceEventAutoConfiguration.class,
                        DeltaTraceObservationAutoConfiguration.class))
                .withUserConfiguration(bean)
                .run(context -> {
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    database.execute(Query.add("prices", Map.of("item", "tea")));
                    database.execute(Query.getAll("prices"));
                    then.accept(context);
                });
    }

    @Test
    void convention_addsAKey() {
        withOne(
                RegionalConvention.class,
                context -> assertThat(context.getBean(MeterRegistry.class)
                                .get(REQUESTS)
                                .tag("region", "eu")
                                .timers())
                        .hasSize(2));
    }

    @Test
    void predicate_leavesOutReads() {
        withOne(
                WithoutReads.class,
                context -> assertThat(context.getBean(MeterRegistry.class)
                                .get(REQUESTS)
                                .timers())
                        .singleElement()
                        .satisfies(timer ->
                                assertThat(timer.getId().getTag("type")).isEqualTo("add")));
    }

    @Test
    void listener_hearsOfWrites(CapturedOutput output) {
        withOne(PriceWatch.class, context -> assertThat(output).containsOnlyOnce("Prices have changed at revision 1"));
    }

    @Component
    static class RegionalConvention implements DeltaTraceQueryConvention {

        @Override
        public KeyValues getLowCardinalityKeyValues(DeltaTraceQueryContext context) {
            return DeltaTraceQueryConvention.super
                    .getLowCardinalityKeyValues(context)
                    .and("region", "eu");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithoutReads {

        @Bean
        ObservationPredicate noReads() {
            Set<String> reads = Set.of("search", "searchOne", "getAll", "count");
            return (name, context) ->
                    !(context instanceof DeltaTraceQueryContext query) || !reads.contains(query.type());
        }
    }

    @Component
    static class PriceWatch {

        @EventListener(condition = "#event.wroteTo('prices')")
        void pricesChanged(DeltaTraceCommitEvent event) {
            LoggerFactory.getLogger(PriceWatch.class).info("Prices have changed at revision {}", event.revision());
        }
    }
}
