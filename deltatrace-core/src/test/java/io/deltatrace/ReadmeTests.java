package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles and runs every Java example of the README, and compares what it prints with the block that follows it. */
class ReadmeTests {

    private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```.*?```text\\n(.*?)```", Pattern.DOTALL);
    private static final String IMPORTS = """
            import static io.deltatrace.condition.Field.field;

            import io.deltatrace.*;
            import io.deltatrace.cause.*;
            import io.deltatrace.history.*;
            import io.deltatrace.query.*;
            import io.deltatrace.result.*;
            import java.util.*;
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("examples")
    void example_compilesAndPrintsWhatTheReadmeSays(MatchResult example) throws Exception {
        assertThat(outputOf(example.group(1))).isEqualTo(example.group(2));
    }

    static Stream<MatchResult> examples() throws Exception {
        String readme = Files.readString(Path.of(System.getProperty("deltatrace.project.root"), "README.md"));
        List<MatchResult> examples = EXAMPLE.matcher(readme).results().toList();
        assertThat(examples).hasSize((int)
                Pattern.compile("```java").matcher(readme).results().count());
        return examples.stream();
    }

    private String outputOf(String code) throws Exception {
        Path source = directory.resolve("Example.java");
        Files.writeString(
                source,
                IMPORTS + "public class Example {\npublic static void main(String[] arguments) {\n" + code + "}\n}\n");
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
                directory.toString(),
                source.toString());
        assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream console = System.out;
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(console);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
