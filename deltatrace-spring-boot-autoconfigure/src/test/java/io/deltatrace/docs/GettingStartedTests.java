package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.autoconfigure.ClassPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Does what the guide for beginners says: writes its files, compiles them, starts the application and calls it. */
class GettingStartedTests {

    private static final Pattern PACKAGE = Pattern.compile("^package ([a-z.]+);", Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile("^(?:public )?(?:class|interface|record) (\\w+)", Pattern.MULTILINE);
    private static final Pattern MAIN = Pattern.compile("static void main");
    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    /** Where the reader is to stop the application and to start it again. */
    private static final String AGAIN = "## Stop it and start it again";

    @TempDir
    private Path folder;

    private String main = "";

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void guide_leadsToAHistory() throws Exception {
        Shell.need("bash", "curl", "jq");
        Path sources = Files.createDirectories(folder.resolve("src/main/java"));
        Path classes = Files.createDirectories(folder.resolve("target/classes"));
        List<DocumentBlock> calls = new ArrayList<>();
        for (DocumentBlock block : DocumentBlock.in(BlockKind.GUIDE)) {
            switch (BlockKind.of(block)) {
                case APPLICATION -> write(block.content(), sources);
                case CONFIGURATION -> Files.writeString(classes.resolve("application.properties"), block.content());
                case CALLS -> calls.add(block);
                default -> assertThat(BlockKind.of(block)).isIn(BlockKind.POM, BlockKind.BUILD);
            }
        }
        ClassPath.compile(sources, classes);
        long again = DocumentBlock.read(BlockKind.GUIDE)
                .lines()
                .takeWhile(line -> !line.equals(AGAIN))
                .count();

        call(classes, calls.stream().filter(block -> block.line() <= again).toList());
        call(classes, calls.stream().filter(block -> block.line() > again).toList());
    }

    private void write(String source, Path sources) throws IOException {
        String home = found(PACKAGE, source);
        String type = found(TYPE, source);
        Path file = sources.resolve(home.replace('.', '/')).resolve(type + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        if (MAIN.matcher(source).find()) {
            main = home + "." + type;
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    /** Starts the application, where it stands, in a process of its own, makes the calls, and stops it as a user does. */
    private void call(Path classes, List<DocumentBlock> blocks) throws Exception {
        assertThat(blocks).isNotEmpty();
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
