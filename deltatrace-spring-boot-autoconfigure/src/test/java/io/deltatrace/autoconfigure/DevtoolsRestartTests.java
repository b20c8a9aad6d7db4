package io.deltatrace.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with Spring Boot's developer tools is restarted by touching one of its classes. */
class DevtoolsRestartTests {

    @TempDir
    private Path temporary;

    @Test
    void restartedApplication_opensTheSameDirectory_andFindsItsData() throws IOException {
        Path classes = Files.createDirectory(temporary.resolve("classes"));
        Path touched = ClassPath.copy(WritingApplication.class, classes);
        Process process = ClassPath.start(
                classes,
                List.of(
                        WritingApplication.class.getName(),
                        "--deltatrace.storage.directory=" + temporary.resolve("data"),
                        "--spring.main.keep-alive=true",
                        "--spring.main.web-application-type=none",
                        // The tools have something to say about an embedded SQL database of other tests.
                        "--spring.autoconfigure.exclude="
                                + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                        "--spring.devtools.livereload.enabled=false",
                        "--spring.devtools.restart.poll-interval=200ms",
                        "--spring.devtools.restart.quiet-period=100ms"));
        StringBuilder said = new StringBuilder();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (int start = 1; start <= 3; start++) {
                assertThat(nextStart(output, said))
                        .as(said.toString())
                        .isEqualTo("starts: " + start + " in RestartClassLoader");
                Files.setLastModifiedTime(touched, FileTime.from(Instant.now().plusSeconds(10L * start)));
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(said).doesNotContain("is in use", " ERROR ", " WARN ");
    }

    private static String nextStart(BufferedReader output, StringBuilder said) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.startsWith("starts: ") || line.equals("APPLICATION FAILED TO START")) {
                return line;
            }
        }
        return "The process has ended";
    }
}
