package io.deltatrace.autoconfigure.observation;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.actuate.DeltaTraceEndpoint;
import io.deltatrace.autoconfigure.actuate.DeltaTraceEndpointAutoConfiguration;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHealthContributorAutoConfiguration;
import io.deltatrace.autoconfigure.actuate.DeltaTraceInfoContributorAutoConfiguration;
import io.deltatrace.autoconfigure.event.DeltaTraceCommitEvent;
import io.deltatrace.autoconfigure.event.DeltaTraceEventAutoConfiguration;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.storage.JournalFailedException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.util.FileSystemUtils;

/** Follows a word through everything that is told of a database at work: it must stay in the database. */
@ExtendWith(OutputCaptureExtension.class)
class CanaryTests {

    private static final String CANARY = "canary7319";
    private static final Cause CAUSE = Cause.of(
                    Actor.human(CANARY).named(CANARY, CANARY + "@example.org"), CANARY, CANARY)
            .withFrom(CANARY)
            .withContext(Document.of(Map.of(CANARY, CANARY)));

    private final List<String> shown = new ArrayList<>();

    @TempDir
    private Path directory;

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        MetricsAutoConfiguration.class,
        SimpleMetricsExportAutoConfiguration.class,
        CompositeMeterRegistryAutoConfiguration.class,
        ObservationAutoConfiguration.class,
        DeltaTraceAutoConfiguration.class,
        DeltaTraceObservationAutoConfiguration.class,
        DeltaTraceEventAutoConfiguration.class
    })
    static class Application {

        final List<String> observed = new ArrayList<>();

        @EventListener
        void failing(DeltaTraceCommitEvent event) {
            throw new IllegalStateException(
                    "A listener may say anything: " + event.entry(), new IllegalArgumentException(CANARY));
        }

        @Bean
        ObservationHandler<Observation.Context> writingDown() {
            return new ObservationHandler<>() {
                @Override
                public void onStop(Observation.Context context) {
                    observed.add(context + " " + context.getAllKeyValues());
                    throw new IllegalStateException(CANARY);
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return true;
                }
            };
        }
    }

    @Test
    void values_areNeitherLogged_norInMetersOrObservations(CapturedOutput output) throws IOException {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(
                "--deltatrace.storage.directory=" + directory,
                "--deltatrace.storage.segment-size=1B",
                "--logging.level.io.deltatrace=trace",
                "--logging.level.io.micrometer=trace",
                "--logging.level.org.springframework.context.event=trace")) {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            use(database);
            FileSystemUtils.deleteRecursively(directory.resolve("journal"));
            assertThatExceptionOfType(JournalFailedException.class)
                    .isThrownBy(() -> database.execute(add()))
                    .withMessageNotContaining(CANARY);
            shown.addAll(context.getBean(Application.class).observed);
            context.getBean(MeterRegistry.class)
                    .getMeters()
                    .forEach(meter ->
                            shown.add(meter.getId() + " " + meter.getId().getDescription() + " " + meter.measure()));
        }
        assertThat(shown).hasSizeGreaterThan(20).noneMatch(text -> text.contains(CANARY));
        assertThat(output)
                .contains("A listener of all commits failed", "A listener of collection 'birds' failed")
                .contains("The observer of requests failed", "The journal could not be written")
                .doesNotContain(CANARY);
    }

    /** Who did it may be told to them, and what the fields are called. */
    @Test
    void values_areNotShownToOperators(CapturedOutput output) throws IOException {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DeltaTraceAutoConfiguration.class,
                        DeltaTraceEndpointAutoConfiguration.class,
                        DeltaTraceHealthContributorAutoConfiguration.class,
                        DeltaTraceInfoContributorAutoConfiguration.class))
                .withPropertyValues(
                        "deltatrace.storage.directory=" + directory,
                        "deltatrace.storage.segment-size=1B",
                        "deltatrace.slow-query-threshold=0",
                        "deltatrace.collections.birds.indexes[0].field=name",
                        "deltatrace.collections.birds.indexes[0].unique=true",
                        "spring.jmx.enabled=true",
                        "management.endpoints.jmx.exposure.include=*")
                .run(context -> {
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    Map<String, ?> bird = Map.of("name", CANARY, "nest", List.of(Map.of("tag", CANARY)));
                    database.execute(Query.add("birds", bird));
                    assertThat(database.execute(Query.add("birds", bird)).isSuccess())
                            .isFalse();
                    database.execute(Query.search("birds")
                            .where(field("name")
                                    .equalTo(CANARY)
                                    .and(field("nest").matches(CANARY + "("))));
                    shown.add(shownBy(context));
                    FileSystemUtils.deleteRecursively(directory.resolve("journal"));
                    assertThatExceptionOfType(JournalFailedException.class)
                            .isThrownBy(() -> database.execute(Query.add("birds", Map.of("name", CANARY + "2"))));
                    shown.add(context.getBean(HealthIndicator.class).health().toString());
                });

        assertThat(shown.get(0)).contains("birds", "UP", "name = ?");
        assertThat(shown.get(1)).contains("DOWN", "The journal could not be written");
        assertThat(shown).noneMatch(text -> text.contains(CANARY));
        assertThat(output).contains("[SEARCH] took").doesNotContain(CANARY);
    }

    private static String shownBy(ApplicationContext context) {
        Info.Builder info = new Info.Builder();
        context.getBean(InfoContributor.class).contribute(info);
        DeltaTraceEndpoint endpoint = context.getBean(DeltaTraceEndpoint.class);
        return context.getBean(HealthIndicator.class).health() + " " + info.build() + " " + endpoint.database() + " "
                + endpoint.collection("birds");
    }

    private static Query add() {
        return Query.add("birds", Map.of("name", CANARY, CANARY, CANARY)).because(CAUSE);
    }

    private void use(DeltaTraceDatabase database) {
        database.onChange("birds", (collection, entry) -> {
            throw new IllegalStateException(CANARY);
        });
        database.execute(add());
        database.execute(Query.search("birds").where(field("name").equalTo(CANARY)));
        database.execute(Query.update("birds", Map.of("name", CANARY))
                .where(field("name").equalTo(CANARY + "s"))
                .because(CAUSE));
        database.execute(
                Query.delete("birds").where(field(CANARY).matches(CANARY + "(")).because(CAUSE));
        database.execute(Query.clear("birds").because(CAUSE), Map.of());
        database.execute(Query.count("no such " + CANARY));
        database.execute(TransactionQuery.of(add(), Query.removeCollection("birds")));
        database.execute("{\"className\":\"Query\",\"" + CANARY + "\":" + CANARY);
        database.execute("{\"className\":\"" + CANARY + "\"}");
        database.undo(1, CAUSE);
        assertThat(directory.resolve("journal").resolve("0000000000000000001.ndjson"))
                .content()
                .contains(CANARY);
    }
}
