package io.deltatrace.autoconfigure.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.query.Query;
import io.deltatrace.storage.JournalFailedException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.FileSystemUtils;

class DatabaseMetricsTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MetricsAutoConfiguration.class,
                    DeltaTraceAutoConfiguration.class,
                    DeltaTraceObservationAutoConfiguration.class))
            .withBean(MeterRegistry.class, () -> meters);

    @TempDir
    private Path directory;

    private ApplicationContextRunner onFiles(String... properties) {
        return contexts.withPropertyValues("deltatrace.storage.directory=" + directory)
                .withPropertyValues(properties);
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private Map<String, Double> documents() {
        return meters.get("deltatrace.documents").gauges().stream()
                .collect(Collectors.toMap(gauge -> gauge.getId().getTag("collection"), Gauge::value));
    }

    @Test
    void documents_areCountedByCollection() {
        contexts.run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            assertThat(documents()).isEqualTo(Map.of("other", 0.0));

            database.execute(Query.add("users", Map.of("n", 1), Map.of("n", 2)));
            database.execute(Query.add("orders", Map.of("n", 1)));
            assertThat(documents()).isEqualTo(Map.of("users", 2.0, "orders", 1.0, "other", 0.0));
            assertThat(gauge("deltatrace.revision")).isEqualTo(2);

            database.execute(Query.removeCollection("users"));
            assertThat(documents()).isEqualTo(Map.of("users", 0.0, "orders", 1.0, "other", 0.0));
        });
    }

    @Test
    void collectionsThatWereThereBefore_areCounted_andThoseOfARevert() {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            database.execute(Query.add("users", Map.of("n", 1)));
            database.execute(Query.add("gone", Map.of("n", 1)));
            database.execute(Query.removeCollection("gone"));
        }
        onFiles().run(context -> {
            assertThat(documents()).isEqualTo(Map.of("users", 1.0, "other", 0.0));
            context.getBean(DeltaTraceDatabase.class).revertTo(2, Cause.of(Actor.human("alice"), null, null));
            assertThat(documents()).isEqualTo(Map.of("users", 1.0, "gone", 1.0, "other", 0.0));
        });
    }

    @Test
    void collectionsBeyondTheCap_areCountedTogether() {
        contexts.withPropertyValues("deltatrace.observations.max-collections=2").run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            for (String name : new String[] {"a", "other", "b", "c", "d"}) {
                database.execute(Query.add(name, Map.of("n", 1)));
            }
            assertThat(documents()).containsEntry("a", 1.0).hasSize(2);
            assertThat(documents().values().stream().mapToDouble(n -> n).sum()).isEqualTo(5);
        });
    }

    @Test
    void journal_isMeasured() {
        onFiles("deltatrace.storage.segment-size=1B").run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            database.execute(Query.add("users", Map.of("n", 1)));
            database.execute(Query.add("users", Map.of("n", 2)));

            try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
                double size = files.mapToDouble(file -> file.toFile().length()).sum();
                assertThat(gauge("deltatrace.journal.size")).isEqualTo(size).isPositive();
            }
            assertThat(gauge("deltatrace.journal.segments")).isEqualTo(2);
            assertThat(gauge("deltatrace.journal.unforced")).isZero();
            assertThat(gauge("deltatrace.journal.failed")).isZero();
            assertThat(meters.get("deltatrace.journal.sync").timer().count()).isGreaterThanOrEqualTo(2);
            assertThat(meters.get("deltatrace.journal.sync").timer().totalTime(TimeUnit.NANOSECONDS))
                    .isPositive();
        });
    }

    @Test
    void entriesThatAreNotForced_areCounted() {
        onFiles("deltatrace.storage.durability=os").run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            database.execute(Query.add("users", Map.of("n", 1)));
            database.execute(Query.add("users", Map.of("n", 2)));
            assertThat(gauge("deltatrace.journal.unforced")).isEqualTo(2);
            assertThat(meters.get("deltatrace.journal.sync").timer().count()).isZero();
        });
    }

    /** The folder of the journal goes away, so that there can be no next file. */
    @Test
    void failedJournal_isSeen() {
        onFiles("deltatrace.storage.segment-size=1B").run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            database.execute(Query.add("users", Map.of("n", 1)));
            FileSystemUtils.deleteRecursively(directory.resolve("journal"));
            assertThatExceptionOfType(JournalFailedException.class)
                    .isThrownBy(() -> database.execute(Query.add("users", Map.of("n", 2))));

            assertThat(gauge("deltatrace.journal.failed")).isEqualTo(1);
        });
    }

    @Test
    void databaseInMemory_hasNoJournal() {
        contexts.run(context -> assertThat(meters.getMeters())
                .extracting(meter -> meter.getId().getName())
                .filteredOn(name -> name.startsWith("deltatrace"))
                .containsOnly("deltatrace.revision", "deltatrace.documents"));
    }

    @Test
    void closedDatabase_hasNoFigures() {
        onFiles().run(context -> {
            context.getBean(DeltaTraceDatabase.class).close();
            assertThat(gauge("deltatrace.revision")).isNaN();
            assertThat(gauge("deltatrace.journal.size")).isNaN();
            assertThat(documents().get("other")).isNaN();
        });
    }

    @Test
    void databaseThatOutlivesTheContext_isNotListenedTo() {
        SimpleMeterRegistry other = new SimpleMeterRegistry();
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            contexts.withBean(
                            DeltaTraceDatabase.class, () -> database, definition -> definition.setDestroyMethodName(""))
                    .run(context -> {
                        context.getBean(DatabaseMetrics.class).bindTo(other);
                        database.execute(Query.add("users", Map.of("n", 1)));
                    });
            database.execute(Query.add("orders", Map.of("n", 1)));
        }
        assertThat(other.get("deltatrace.documents").gauges())
                .extracting(gauge -> gauge.getId().getTag("collection"))
                .containsExactlyInAnyOrder("users", "other");
    }
}
