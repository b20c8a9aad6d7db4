package io.deltatrace.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.query.Query;
import java.io.IOException;
import java.nio.file.Files;
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
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Starts applications as their main methods do, and reads what is printed. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

    @TempDir
    private Path directory;

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration(DeltaTraceAutoConfiguration.class)
    static class Application {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration(DeltaTraceAutoConfiguration.class)
    static class BrokenApplication {

        @Bean
        String broken(DeltaTraceDatabase database) {
            throw new IllegalStateException("broken after revision "
                    + database.execute(Query.add("users", Map.of("n", 1))).collectionSize());
        }
    }

    private ConfigurableApplicationContext start(Class<?> application, String... properties) {
        SpringApplication start = new SpringApplication(application);
        start.setWebApplicationType(WebApplicationType.NONE);
        List<String> arguments = new ArrayList<>(
                List.of("--spring.main.banner-mode=off", "--deltatrace.storage.directory=" + directory));
        arguments.addAll(List.of(properties));
        return start.run(arguments.toArray(new String[0]));
    }

    private void assertFails(CapturedOutput output, String description, String action, String... properties) {
        assertThatException().isThrownBy(() -> start(Application.class, properties));
        assertThat(output.toString())
                .containsSubsequence("APPLICATION FAILED TO START", "Description:", description, "Action:", action)
                .doesNotContain("Caused by");
    }

    @Test
    void lockedDirectory_isExplained(CapturedOutput output) {
        try (DeltaTraceDatabase holder = DeltaTraceDatabase.open(directory)) {
            assertThat(holder.collections()).isEmpty();
            assertFails(output, directory + " is in use by this process", "Stop the other application");
        }
    }

    @Test
    void damagedJournal_isExplained(CapturedOutput output) throws IOException {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            database.execute(Query.add("users", Map.of("name", "Taro")));
        }
        Path segment = directory.resolve("journal").resolve("0000000000000000001.ndjson");
        Files.writeString(segment, Files.readString(segment).replace("Taro", "Jiro"));

        assertFails(output, segment + ", line 1, revision 1", "deltatrace.storage.read-only=true");
    }

    @Test
    void indexThatCannotBeUnique_isExplained_andLeavesTheDirectoryUnlocked(CapturedOutput output) {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            database.execute(
                    Query.add("users", Map.of("email", "a@x"), Map.of("email", "b@x"), Map.of("email", "a@x")));
        }
        assertFails(
                output,
                "A unique index on 'email' of the collection 'users'",
                "Declare the index without 'unique'",
                "--deltatrace.collections.users.indexes[0].field=email",
                "--deltatrace.collections.users.indexes[0].unique=true");
        assertThat(output).doesNotContain("a@x");
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            assertThat(database.snapshot().size("users")).isEqualTo(3);
        }
    }

    @Test
    void newerFormat_isExplained(CapturedOutput output) throws IOException {
        Files.writeString(directory.resolve("deltatrace.json"), "{\"format\":99}");

        assertFails(output, directory + " has format 99", "Use the version of DeltaTrace that wrote the directory");
    }

    @Test
    void startThatFailsLater_releasesTheDirectory_andKeepsTheData() {
        for (int documents = 1; documents <= 2; documents++) {
            int expected = documents;
            assertThatException()
                    .isThrownBy(() -> start(BrokenApplication.class))
                    .withStackTraceContaining("broken after revision " + expected);
        }
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            assertThat(database.snapshot().size("users")).isEqualTo(2);
        }
    }

    @Test
    void closedAndStartedAgain_theDataIsThere() {
        for (int documents = 1; documents <= 3; documents++) {
            try (ConfigurableApplicationContext context = start(Application.class)) {
                DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                context.stop();
                context.start();
                database.execute(Query.add("users", Map.of("n", documents)));
                assertThat(database.snapshot().size("users")).isEqualTo(documents);
            }
        }
    }
}
