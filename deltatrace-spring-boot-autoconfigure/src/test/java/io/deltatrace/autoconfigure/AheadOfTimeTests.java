package io.deltatrace.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint;
import io.deltatrace.autoconfigure.event.DeltaTraceCommitEvent;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.security.oauth2.core.ClaimAccessor;

class AheadOfTimeTests {

    private static final ReflectionHintsPredicates REFLECTION = RuntimeHintsPredicates.reflection();

    @TempDir
    private Path temporary;

    /** As Spring does: by the file that names the registrars. */
    private static RuntimeHints hints(ClassLoader classLoader) {
        RuntimeHints hints = new RuntimeHints();
        SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class)
                .stream()
                .filter(registrar -> registrar instanceof DeltaTraceRuntimeHints)
                .forEach(registrar -> registrar.registerHints(hints, classLoader));
        return hints;
    }

    @Test
    void hints_haveWhatConditionsOfListenersRead() throws NoSuchMethodException {
        RuntimeHints hints = hints(getClass().getClassLoader());

        assertThat(REFLECTION.onMethodInvocation(DeltaTraceCommitEvent.class.getMethod("wroteTo", String.class)))
                .accepts(hints);
        for (Class<?> type : List.of(DeltaTraceCommitEvent.class, HistoryEntry.class, Cause.class, Actor.class)) {
            assertThat(Stream.of(type.getMethods()).filter(method -> method.getDeclaringClass() == type))
                    .isNotEmpty()
                    .allSatisfy(method ->
                            assertThat(REFLECTION.onMethodInvocation(method)).accepts(hints));
        }
    }

    @Test
    void hints_haveWhatIsAskedForByName_whereItIsThere() {
        assertThat(REFLECTION.onType(ClaimAccessor.class))
                .accepts(hints(getClass().getClassLoader()));
        assertThat(REFLECTION.onType(ClaimAccessor.class)).rejects(hints(new FilteredClassLoader(ClaimAccessor.class)));
    }

    @Test
    void hints_haveTheDescriptionThatIsServed() {
        assertThat(RuntimeHintsPredicates.resource().forResource("META-INF/deltatrace/openapi.json"))
                .accepts(hints(getClass().getClassLoader()));
    }

    @Test
    void application_isProcessedAheadOfTime_andRunsOnWhatWasGenerated() throws Exception {
        Path sources = temporary.resolve("sources");
        Path classes = temporary.resolve("classes");
        ClassPath.run(
                0,
                temporary,
                List.of(
                        SpringApplicationAotProcessor.class.getName(),
                        WritingApplication.class.getName(),
                        sources.toString(),
                        classes.toString(),
                        classes.toString(),
                        "io.deltatrace",
                        "application",
                        "--spring.main.web-application-type=none",
                        "--management.endpoints.web.exposure.include=deltatracehistory",
                        "--deltatrace.storage.directory=" + temporary.resolve("data")));
        assertThat(temporary.resolve("data")).doesNotExist();
        assertThat(metadata(classes))
                .contains(
                        DeltaTraceCommitEvent.class.getName(),
                        DeltaTraceHistoryEndpoint.class.getName(),
                        DeltaTraceHistoryEndpoint.HistoryDescriptor.class.getName(),
                        DeltaTraceProperties.Storage.class.getName());

        ClassPath.compile(sources, classes);
        String said = ClassPath.run(
                0,
                classes,
                List.of(
                        "-Dspring.aot.enabled=true",
                        "-Dspring.devtools.restart.enabled=false",
                        WritingApplication.class.getName(),
                        "--spring.main.web-application-type=none",
                        "--deltatrace.storage.directory=" + temporary.resolve("data")));

        assertThat(said)
                .contains("Starting AOT-processed WritingApplication")
                .contains("event: DeltaTraceCommitEvent[revision=1,", "starts: 1 in AppClassLoader");
        assertThat(temporary.resolve("data").resolve("journal")).isDirectory();
    }

    private static String metadata(Path classes) throws IOException {
        return Files.readString(
                classes.resolve("META-INF/native-image/io.deltatrace/application/reachability-metadata.json"));
    }
}
