package io.deltatrace.autoconfigure.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.observation.RequestObservation;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.query.Query;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DeltaTraceObservationAutoConfigurationTests {

    private final ApplicationContextRunner withoutMicrometer = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DeltaTraceAutoConfiguration.class, DeltaTraceObservationAutoConfiguration.class));

    private final ApplicationContextRunner withMetrics = withoutMicrometer.withConfiguration(AutoConfigurations.of(
            MetricsAutoConfiguration.class,
            SimpleMetricsExportAutoConfiguration.class,
            CompositeMeterRegistryAutoConfiguration.class));

    private final ApplicationContextRunner withBoth =
            withMetrics.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class));

    @Test
    void bootsRegistries_getTheMeters_andTheTimerOfRequests() {
        withBoth.run(context -> {
            context.getBean(DeltaTraceDatabase.class).execute(Query.count("users"));
            MeterRegistry meters = context.getBean(MeterRegistry.class);

            assertThat(meters.get("deltatrace.revision").gauge().value()).isZero();
            assertThat(meters.get("deltatrace.query")
                            .tags("type", "count", "outcome", "read", "collection", "other")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("deltatrace.query.active").longTaskTimers()).isNotEmpty();
        });
    }

    @Test
    void metricsAlone_haveTheMetersOfTheDatabase() {
        withMetrics.run(context -> {
            assertThat(context).doesNotHaveBean(RequestObserver.class);
            assertThat(context.getBean(MeterRegistry.class)
                            .get("deltatrace.revision")
                            .gauge()
                            .value())
                    .isZero();
        });
    }

    @Test
    void observationsAlone_areMade() {
        withoutMicrometer
                .withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasSingleBean(MicrometerObserver.class)
                        .doesNotHaveBean(DatabaseMetrics.class));
    }

    @Test
    void withoutARegistry_thereIsNeither() {
        withoutMicrometer.run(context -> assertThat(context)
                .hasSingleBean(DeltaTraceDatabase.class)
                .doesNotHaveBean(RequestObserver.class)
                .doesNotHaveBean(DatabaseMetrics.class));
    }

    @Test
    void withoutMicrometer_theDatabaseIsThere() {
        withoutMicrometer
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(DeltaTraceDatabase.class)
                        .doesNotHaveBean(CollectionTags.class));
        withoutMicrometer
                .withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(MeterRegistry.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(MicrometerObserver.class)
                        .doesNotHaveBean(DatabaseMetrics.class));
    }

    @Test
    void property_turnsBothOff() {
        for (String property : List.of("deltatrace.observations.enabled=false", "deltatrace.enabled=false")) {
            withBoth.withPropertyValues(property)
                    .run(context -> assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean(RequestObserver.class)
                            .doesNotHaveBean(DatabaseMetrics.class)
                            .doesNotHaveBean(CollectionTags.class));
        }
    }

    @Test
    void usersObserver_isTheOnlyOne() {
        List<String> seen = new ArrayList<>();
        RequestObserver own = request -> {
            seen.add(request.collectionNames().get(0));
            return RequestObservation.NONE;
        };
        withBoth.withBean(RequestObserver.class, () -> own).run(context -> {
            context.getBean(DeltaTraceDatabase.class).execute(Query.count("users"));
            assertThat(context).hasSingleBean(RequestObserver.class);
        });
        assertThat(seen).containsExactly("users");
    }

    @Test
    void usersOwnDatabase_hasMeters() {
        withBoth.withBean(DeltaTraceDatabase.class, DeltaTraceDatabase::inMemory)
                .run(context -> assertThat(context.getBean(MeterRegistry.class)
                                .get("deltatrace.revision")
                                .gauge()
                                .value())
                        .isZero());
    }

    @Test
    void registryWithoutHandlers_isNotAsked() {
        withoutMicrometer
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .run(context -> assertThat(
                                context.getBean(RequestObserver.class).started(Query.count("users")))
                        .isSameAs(RequestObservation.NONE));
    }
}
