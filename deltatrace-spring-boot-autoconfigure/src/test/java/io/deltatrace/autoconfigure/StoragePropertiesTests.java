package io.deltatrace.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.Query;
import io.deltatrace.storage.DirectoryLockedException;
import io.deltatrace.storage.Durability;
import io.deltatrace.storage.JournalDamagedException;
import io.deltatrace.storage.StorageStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.support.SpringFactoriesLoader;

@ExtendWith(OutputCaptureExtension.class)
class StoragePropertiesTests {

    @TempDir
    private Path directory;

    private ApplicationContextRunner contexts(String... properties) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DeltaTraceAutoConfiguration.class))
                .withPropertyValues("deltatrace.storage.directory=" + directory)
                .withPropertyValues(properties);
    }

    private static StorageStatus statusOf(DeltaTraceDatabase database) {
        return database.storage().orElseThrow();
    }

    @Test
    void directory_keepsTheData_andIsNamedInTheLog(CapturedOutput output) {
        contexts()
                .run(context ->
                        context.getBean(DeltaTraceDatabase.class).execute(Query.add("users", Map.of("name", "Taro"))));

        contexts()
                .run(context -> assertThat(context.getBean(DeltaTraceDatabase.class)
                                .snapshot()
                                .size("users"))
                        .isEqualTo(1));
        assertThat(output).contains("DeltaTrace keeps its data in " + directory);
    }

    @Test
    void withoutADirectory_thereAreNoFiles() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DeltaTraceAutoConfiguration.class))
                .withPropertyValues("deltatrace.storage.durability=os")
                .run(context -> assertThat(
                                context.getBean(DeltaTraceDatabase.class).storage())
                        .isEmpty());
    }

    @Test
    void defaults_areThoseOfTheBuilder() {
        contexts()
                .run(context -> assertThat(statusOf(context.getBean(DeltaTraceDatabase.class)))
                        .satisfies(status -> assertThat(status.durability()).isEqualTo(Durability.ALWAYS))
                        .satisfies(status -> assertThat(status.readOnly()).isFalse()));
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            assertThat(statusOf(database).durability()).isEqualTo(Durability.ALWAYS);
        }
    }

    @Test
    void durability_isApplied() {
        contexts("deltatrace.storage.durability=interval", "deltatrace.storage.sync-interval=10ms")
                .run(context -> {
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    database.execute(Query.add("users", Map.of("n", 1)));
                    assertThat(statusOf(database).durability()).isEqualTo(Durability.INTERVAL);
                    while (statusOf(database).durableRevision() < 1) {
                        Thread.sleep(1);
                    }
                });
    }

    @Test
    void sizes_areApplied() {
        contexts(
                        "deltatrace.storage.segment-size=2KB",
                        "deltatrace.storage.snapshot-entries=7",
                        "deltatrace.storage.snapshot-size=1B")
                .run(context -> {
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    for (int n = 0; n < 30; n++) {
                        database.execute(Query.add("users", Map.of("n", n)));
                    }
                    assertThat(statusOf(database).segments()).isGreaterThan(5);
                    while (statusOf(database).snapshots() < 2) {
                        database.execute(Query.add("users", Map.of("n", -1)));
                    }
                });
    }

    @Test
    void readOnly_changesNothing() {
        contexts()
                .run(context ->
                        context.getBean(DeltaTraceDatabase.class).execute(Query.add("users", Map.of("name", "Taro"))));

        contexts("deltatrace.storage.read-only=true", "deltatrace.storage.check-on-open=false")
                .run(context -> {
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    assertThat(statusOf(database).readOnly()).isTrue();
                    assertThat(database.snapshot().size("users")).isEqualTo(1);
                });
    }

    @Test
    void readOnlyWithoutADirectory_failsTheStart() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DeltaTraceAutoConfiguration.class))
                .withPropertyValues("deltatrace.storage.read-only=true")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("deltatrace.storage.read-only needs deltatrace.storage.directory"));
    }

    @Test
    void recordedOutcomes_areApplied() {
        contexts("deltatrace.history.record=read").run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            database.execute(Query.count("users"));
            database.execute(Query.clear("users"));

            assertThat(database.history().entries(HistoryFilter.all()))
                    .extracting("outcome")
                    .containsExactly(Outcome.READ);
        });
    }

    @Test
    void customizers_comeAfterTheProperties_inTheirOrder() {
        contexts("deltatrace.storage.durability=always")
                .withUserConfiguration(Customizers.class)
                .run(context -> assertThat(statusOf(context.getBean(DeltaTraceDatabase.class))
                                .durability())
                        .isEqualTo(Durability.OS));
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        @Bean
        @Order(2)
        DeltaTraceDatabaseBuilderCustomizer later() {
            return builder -> builder.durability(Durability.OS);
        }

        @Bean
        @Order(1)
        DeltaTraceDatabaseBuilderCustomizer earlier() {
            return builder -> builder.durability(Durability.INTERVAL);
        }
    }

    @Test
    void lockedDirectory_failsTheStart_andIsExplained() {
        try (DeltaTraceDatabase holder = DeltaTraceDatabase.open(directory)) {
            contexts().run(context -> {
                assertThat(context).getFailure().rootCause().isInstanceOf(DirectoryLockedException.class);
                FailureAnalysis analysis = analysisOf(context.getStartupFailure());
                assertThat(analysis.getDescription()).contains("is in use by this process");
                assertThat(analysis.getAction()).contains("deltatrace.storage.directory");
            });
            assertThat(holder.snapshot().revision()).isZero();
        }
        contexts().run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void damagedJournal_failsTheStart_andIsExplained() throws IOException {
        contexts()
                .run(context ->
                        context.getBean(DeltaTraceDatabase.class).execute(Query.add("users", Map.of("name", "Taro"))));
        Path segment = directory.resolve("journal").resolve("0000000000000000001.ndjson");
        Files.writeString(segment, Files.readString(segment).replace("Taro", "Jiro"));

        contexts().run(context -> {
            assertThat(context).getFailure().rootCause().isInstanceOf(JournalDamagedException.class);
            FailureAnalysis analysis = analysisOf(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains(segment.toString(), "line 1, revision 1");
            assertThat(analysis.getAction()).contains("deltatrace.storage.read-only", "salvage");
        });
    }

    @Test
    void newerFormat_failsTheStart_andIsExplained() throws IOException {
        Files.writeString(directory.resolve("deltatrace.json"), "{\"format\":99}");

        contexts().run(context -> {
            FailureAnalysis analysis = analysisOf(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("has format 99");
            assertThat(analysis.getAction()).contains("newer one");
        });
    }

    @Test
    void fileInPlaceOfTheDirectory_isExplained() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        contexts("deltatrace.storage.directory=" + file)
                .run(context -> assertThat(
                                analysisOf(context.getStartupFailure()).getAction())
                        .contains("deltatrace.storage.directory"));
    }

    private static FailureAnalysis analysisOf(Throwable failure) {
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, problem) -> {});
        return analyzers.stream()
                .filter(analyzer -> analyzer instanceof StorageFailureAnalyzer)
                .map(analyzer -> analyzer.analyze(failure))
                .findFirst()
                .orElseThrow();
    }
}
