package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles and runs every Java example of the documents that shows its output, one after the other, and compares what it prints
 * with the block that follows it. A shell command with such a block is run too, where the machine has the tools. All other blocks
 * are taken by tests of the Spring module, which also sees to it that there is none that nobody takes.
 */
class DocumentationTests {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentationTests.class);
    private static final Path ROOT = Path.of(System.getProperty("deltatrace.project.root"));
    private static final String CONTENT = "((?:(?!```).*\\n)*)```";
    private static final Pattern BLOCK =
            Pattern.compile("^```(java|shell)\\n" + CONTENT + "\\n\\s*^```text\\n" + CONTENT + "$", Pattern.MULTILINE);
    private static final Pattern CHANGING =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z|[0-9a-f]{64}");
    private static final List<String> TOOLS = List.of("bash", "jq", "sed", "sha256sum");
    private static final String IMPORTS = """
            import static io.deltatrace.condition.Field.field;

            import io.deltatrace.*;
            import io.deltatrace.access.*;
            import io.deltatrace.cause.*;
            import io.deltatrace.history.*;
            import io.deltatrace.index.*;
            import io.deltatrace.query.*;
            import io.deltatrace.result.*;
            import io.deltatrace.storage.*;
            import java.io.*;
            import java.nio.file.*;
            import java.time.*;
            import java.util.*;
            import java.util.stream.*;
            """;

    @TempDir
    private Path directory;

    /**
     * A block of a document that shows what it prints.
     *
     * @param language {@code java} or {@code shell}
     */
    private record Block(String language, String content, String output) {}

    /** The documents that have such blocks. */
    static List<String> documents() throws IOException {
        try (Stream<Path> guides = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md"),
                            guides.map(guide -> "docs/" + guide.getFileName()).filter(name -> name.endsWith(".md")))
                    .filter(document -> !blocks(document).isEmpty())
                    .sorted()
                    .toList();
        }
    }

    /** Calls of a server are left to the tests that have one. */
    private static List<Block> blocks(String document) {
        try {
            return BLOCK.matcher(Files.readString(ROOT.resolve(document)))
                    .results()
                    .map(block -> new Block(block.group(1), block.group(2), block.group(3)))
                    .filter(block -> !block.content().contains("curl "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void documentsWithExamples_areFound() throws IOException {
        assertThat(documents()).contains("README.md", "docs/history.md", "docs/indexes.md");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void examples_compileAndPrintWhatTheDocumentSays(String document) throws Exception {
        int run = 0;
        for (Block block : blocks(document)) {
            if (block.language().equals("java")) {
                assertSame(outputOf(block.content(), ++run), block.output());
            } else if (hasTools(block.content())) {
                assertSame(outputOfShell(block.content()), block.output());
            }
        }
    }

    /** Instants and hashes are others each time. Where two hashes are shown they must be the same one still. */
    private static void assertSame(String actual, String expected) {
        assertThat(CHANGING.matcher(actual).replaceAll("*"))
                .isEqualTo(CHANGING.matcher(expected).replaceAll("*"));
        assertThat(actual.lines().distinct().count())
                .isEqualTo(expected.lines().distinct().count());
    }

    /** Whether the machine has the tools that a command names. */
    private static boolean hasTools(String command) {
        List<String> path = List.of(System.getenv("PATH").split(File.pathSeparator));
        List<String> missing = TOOLS.stream()
                .filter(tool -> tool.equals("bash") || command.contains(tool))
                .filter(tool -> path.stream().noneMatch(folder -> Files.isExecutable(Path.of(folder, tool))))
                .toList();
        if (!missing.isEmpty()) {
            LOG.warn("A shell example is not run, because {} is not here: {}", missing, command);
        }
        return missing.isEmpty();
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
