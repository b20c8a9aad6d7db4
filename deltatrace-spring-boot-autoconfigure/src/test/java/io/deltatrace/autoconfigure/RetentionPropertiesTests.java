package io.deltatrace.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.DeltaTraceDatabaseBuilder;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import io.deltatrace.storage.Durability;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class RetentionPropertiesTests {

    @TempDir
    private Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DeltaTraceAutoConfiguration.class))
            .withPropertyValues("deltatrace.history.retention.interval=1ms");

    private static void fill(DeltaTraceDatabase database, int count) {
        for (int n = 0; n < count; n++) {
            database.execute(Query.add("rows", Map.of("n", n))).orThrow();
        }
    }

    private static long oldest(DeltaTraceDatabase database) {
        return database.history()
                .entries(HistoryFilter.all().fromTheOldest().limit(1))
                .get(0)
                .revision();
    }

    @Test
    void entries_areGivenUp() {
        contexts.withPropertyValues("deltatrace.history.retention.entries=5").run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            fill(database, 20);
            while (oldest(database) < 16) {
                Thread.onSpinWait();
            }
            assertThat(oldest(database)).isEqualTo(16);
            assertThat(database.snapshot().size("rows")).isEqualTo(20);
        });
    }

    @Test
    void age_isByTheClockOfTheDatabase() {
        contexts.withPropertyValues("deltatrace.history.retention.age=1h")
                .withBean(
                        DeltaTraceDatabaseBuilderCustomizer.class,
                        () -> (DeltaTraceDatabaseBuilder builder) -> builder.clock(now::get))
                .run(context -> {
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    fill(database, 10);
                    now.set(now.get().plus(2, ChronoUnit.HOURS));
                    fill(database, 10);
                    while (oldest(database) < 11) {
                        Thread.onSpinWait();
                    }
                    assertThat(oldest(database)).isEqualTo(11);
                });
    }

    @Test
    void files_areArchived() {
        Path archive = directory.resolve("archive");
        contexts.withPropertyValues(
                        "deltatrace.history.retention.entries=5",
                        "deltatrace.history.retention.archive=" + archive,
                        "deltatrace.storage.directory=" + directory.resolve("data"),
                        "deltatrace.storage.segment-size=2KB",
                        "deltatrace.storage.durability=" + Durability.OS)
                .run(context -> {
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    fill(database, 20);
                    while (!archive.resolve("0000000000000000001.ndjson")
                            .toFile()
                            .exists()) {
                        Thread.onSpinWait();
                    }
                });
    }

    @Test
    void attemptThatFails_isLogged_andNotTheLast(CapturedOutput output) {
        contexts.withPropertyValues(
                        "deltatrace.history.retention.entries=5",
                        "deltatrace.history.retention.archive=" + directory.resolve("data/journal"),
                        "deltatrace.storage.directory=" + directory.resolve("data"),
                        "deltatrace.storage.segment-size=2KB")
                .run(context -> {
                    fill(context.getBean(DeltaTraceDatabase.class), 20);
                    String warning = "Old history could not be given up";
                    while (output.getAll().indexOf(warning) == output.getAll().lastIndexOf(warning)) {
                        Thread.onSpinWait();
                    }
                    assertThat(oldest(context.getBean(DeltaTraceDatabase.class)))
                            .isEqualTo(1);
                });
    }

    @Test
    void withoutProperties_nothingIsGivenUp() {
        contexts.run(context -> assertThat(context).doesNotHaveBean(RetentionTask.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    deltatrace.history.retention.age=0s | deltatrace.history.retention.age must be positive
                    deltatrace.history.retention.entries=0 | deltatrace.history.retention.entries must be at least 1
                    deltatrace.history.retention.interval=-1s | deltatrace.history.retention.interval must be positive
                    deltatrace.history.retention.archive=x | nothing would be archived
                    deltatrace.history.retention.archive=x,deltatrace.history.retention.entries=1 | there are no files in memory
                    deltatrace.storage.directory=x,deltatrace.storage.read-only=true,deltatrace.history.retention.entries=1 \
                    | cannot be had with deltatrace.storage.read-only
                    """)
    void whatMakesNoSense_failsTheStart(String properties, String message) {
        contexts.withPropertyValues(properties.split(","))
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(message));
    }
}
