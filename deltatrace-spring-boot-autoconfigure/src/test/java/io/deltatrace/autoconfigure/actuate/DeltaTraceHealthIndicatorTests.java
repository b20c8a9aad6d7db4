package io.deltatrace.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.query.Query;
import io.deltatrace.storage.JournalFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.util.FileSystemUtils;

class DeltaTraceHealthIndicatorTests {

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DeltaTraceAutoConfiguration.class, DeltaTraceHealthContributorAutoConfiguration.class));

    @TempDir
    private Path directory;

    private static Health healthOf(ApplicationContext context) {
        return context.getBean("deltaTraceHealthIndicator", HealthIndicator.class)
                .health();
    }

    @Test
    void databaseInMemory_isUp() {
        contexts.run(context -> {
            context.getBean(DeltaTraceDatabase.class).execute(Query.add("users", Map.of("n", 1)));

            assertThat(healthOf(context).getStatus()).isEqualTo(Status.UP);
            assertThat(healthOf(context).getDetails())
                    .containsEntry("revision", 1L)
                    .containsEntry("storage", "memory");
        });
    }

    /** The folder of the journal goes away, so that there can be no next file. */
    @Test
    void databaseWhoseJournalHasFailed_isDown_andSaysWhy() {
        contexts.withPropertyValues("deltatrace.storage.directory=" + directory, "deltatrace.storage.segment-size=1B")
                .run(context -> {
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    database.execute(Query.add("users", Map.of("n", 1)));
                    assertThat(healthOf(context).getStatus()).isEqualTo(Status.UP);
                    assertThat(healthOf(context).getDetails()).containsEntry("durableRevision", 1L);

                    FileSystemUtils.deleteRecursively(directory.resolve("journal"));
                    assertThatExceptionOfType(JournalFailedException.class)
                            .isThrownBy(() -> database.execute(Query.add("users", Map.of("n", 2))));

                    assertThat(healthOf(context).getStatus()).isEqualTo(Status.DOWN);
                    assertThat(healthOf(context).getDetails().get("reason"))
                            .asString()
                            .contains("journal could not be written", "NoSuchFile");
                    assertThat(database.snapshot().size("users")).isEqualTo(1);
                });
        assertThat(Files.exists(directory.resolve("journal"))).isFalse();
    }

    @Test
    void health_isNotThere_whenDisabledOrWithoutBootsHealth() {
        contexts.withPropertyValues("management.health.deltatrace.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
        contexts.withClassLoader(new FilteredClassLoader(HealthIndicator.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean("deltaTraceHealthIndicator")
                        .hasSingleBean(DeltaTraceDatabase.class));
    }
}
