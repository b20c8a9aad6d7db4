package io.deltatrace.docs;

import io.deltatrace.autoconfigure.ClassPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Does what the guide for beginners says: writes its files, compiles them, starts the application and calls it. */
class GettingStartedTests {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void guide_leadsToAHistory() throws Exception {
        Shell.need("bash", "curl", "jq");
        Guide guide = Guide.writtenTo(folder);
        Path classes = Files.createDirectories(folder.resolve("target/classes"));
        Path configuration = Path.of("application.properties");
        Files.copy(folder.resolve("src/main/resources").resolve(configuration), classes.resolve(configuration));
        ClassPath.compile(folder.resolve("src/main/java"), classes);

        call(guide.main(), classes, guide.calls());
        call(guide.main(), classes, guide.callsAfterRestart());
    }

    /** Starts the application, where it stands, in a process of its own, makes the calls, and stops it as a user does. */
    private void call(String main, Path classes, List<DocumentBlock> blocks) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process application = new ProcessBuilder(
                        java,
                        "-Dspring.devtools.restart.enabled=false",
                        "-cp",
                        ClassPath.with(classes),
                        main,
                        "--server.port=0")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(application.getInputStream(), StandardCharsets.UTF_8))) {
            Shell shell = new Shell(folder, port(output));
            for (DocumentBlock block : blocks) {
                shell.assertDoes(block);
            }
        } finally {
            application.destroy();
            application.waitFor();
        }
    }

    private static int port(BufferedReader output) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
        }
        throw new AssertionError(said.toString());
    }
}
