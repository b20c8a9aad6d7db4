package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles and runs every Java example of the documents, one after the other, and compares what it prints with the block that
 * follows it. A shell command with such a block is run too, where the machine has the tools.
 */
class DocumentationTests {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentationTests.class);
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CHANGING =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z|[0-9a-f]{64}");
    private static final List<String> TOOLS = List.of("bash", "jq", "sed", "sha256sum");
    private static final String IMPORTS = """
            import static io.deltatrace.condition.Field.field;

            import io.deltatrace.*;
            import io.deltatrace.cause.*;
            import io.deltatrace.history.*;
            import io.deltatrace.index.*;
            import io.deltatrace.query.*;
            import io.deltatrace.result.*;
            import io.deltatrace.storage.*;
            import java.nio.file.*;
            import java.util.*;
            import java.util.stream.*;
            """;

    @TempDir
    private Path directory;

    private record Block(String language, String content) {}

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/history.md", "docs/indexes.md"})
    void examples_compileAndPrintWhatTheDocumentSays(String document) throws Exception {
        String text = Files.readString(Path.of(System.getProperty("deltatrace.project.root"), document));
        List<Block> blocks = BLOCK.matcher(text)
                .results()
                .map(block -> new Block(block.group(1), block.group(2)))
                .toList();
        int run = 0;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            Block next = i + 1 < blocks.size() ? blocks.get(i + 1) : new Block("", "");
            boolean shows = next.language().equals("text");
            if (block.language().equals("java")) {
                assertThat(shows)
                        .as("There is a block with the output of %s", block.content())
                        .isTrue();
                assertSame(outputOf(block.content(), ++run), next.content());
            } else if (block.language().equals("shell") && shows && hasTools()) {
                assertSame(outputOfShell(block.content()), next.content());
            }
        }
        assertThat(run).isPositive();
    }

    /** Instants and hashes are others each time. Where two hashes are shown they must be the same one still. */
    private static void assertSame(String actual, String expected) {
        assertThat(CHANGING.matcher(actual).replaceAll("*"))
                .isEqualTo(CHANGING.matcher(expected).replaceAll("*"));
        assertThat(actual.lines().distinct().count())
                .isEqualTo(expected.lines().distinct().count());
    }

    private static boolean hasTools() {
        List<String> path = List.of(System.getenv("PATH").split(File.pathSeparator));
        boolean all = TOOLS.stream()
                .allMatch(tool -> path.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, tool))));
        if (!all) {
            LOG.warn("The shell examples are not run: not all of {} are here", TOOLS);
        }
        return all;
    }

    private String outputOfShell(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-euo", "pipefail", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private String outputOf(String code, int number) throws Exception {
        Path classes = Files.createDirectory(directory.resolve("example" + number));
        Path source = classes.resolve("Example.java");
        Files.writeString(
                source,
                IMPORTS
                        + "public class Example {\npublic static void main(String[] arguments) throws Exception {\n"
                        + code.replace("Path.of(\"", "Path.of(\"" + directory + "/")
                        + "}\n}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int status = compiler.run(
                null,
                null,
                errors,
                "--release",
                "17",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
        assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream console = System.out;
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(console);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
