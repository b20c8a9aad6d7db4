package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say about building, in blocks and within lines, names what there is: it is not carried out. */
class BuildCommandTests {

    private static final Pattern WITHIN_A_LINE = Pattern.compile("`((?:mvn|\\.ci/|benchmarks/)[^`\\n]*)`");
    private static final List<String> KNOWN =
            List.of("clean", "test", "package", "verify", "install", "deploy", "-B", "-ntp", "-q", "-am", "-pl");

    static List<String> commands() {
        Stream<String> inBlocks = DocumentBlock.of(BlockKind.BUILD).stream()
                .flatMap(block -> block.content().lines());
        Stream<String> inLines = DocumentBlock.documents().stream()
                .flatMap(document ->
                        WITHIN_A_LINE.matcher(DocumentBlock.prose(document)).results())
                .map((MatchResult found) -> found.group(1));
        return Stream.concat(inBlocks, inLines).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_namesWhatThereIs(String command) throws IOException {
        List<String> words = Arrays.asList(command.strip().split("\\s+"));
        List<String> arguments = words.subList(1, words.size());
        if (words.get(0).equals("mvn")) {
            assertMavenTakes(arguments);
        } else {
            assertThat(DocumentBlock.ROOT.resolve(words.get(0))).isExecutable();
            assertBenchmarksTake(words.get(0), arguments);
        }
    }

    /** An option of the script, a parameter that some benchmark has, or a benchmark and maybe one of its methods. */
    private static void assertBenchmarksTake(String script, List<String> arguments) throws IOException {
        String benchmarks = sources().stream()
                .filter(file -> file.contains("/benchmarks/src/main/"))
                .map(BuildCommandTests::read)
                .collect(Collectors.joining());
        for (String argument : arguments) {
            if (argument.startsWith("--")) {
                assertThat(DocumentBlock.read(script)).contains(argument);
            } else if (argument.contains("=")) {
                assertThat(benchmarks).containsPattern("\\b" + argument.replaceFirst("=.*", "") + ";");
            } else if (!argument.startsWith("-")) {
                String[] names = argument.split("\\.", -1);
                assertThat(benchmarks).contains("class " + names[0] + " ");
                assertThat(benchmarks).contains(names.length == 1 ? "" : " " + names[1] + "(");
            }
        }
    }

    private static void assertMavenTakes(List<String> arguments) throws IOException {
        String poms = DocumentBlock.read("pom.xml")
                + DocumentBlock.read("sample-app/pom.xml")
                + DocumentBlock.read("deltatrace-core/pom.xml");
        String before = "";
        for (String argument : arguments) {
            if (before.equals("-pl")) {
                assertThat(poms).contains("<module>" + argument + "</module>");
            } else if (argument.startsWith("-Dtest=") || argument.startsWith("-Dit.test=")) {
                assertThat(sources())
                        .anyMatch(file -> file.endsWith("/" + argument.substring(argument.indexOf('=') + 1) + ".java"));
            } else if (argument.startsWith("-P")) {
                assertThat(poms).contains("<id>" + argument.substring("-P".length()) + "</id>");
            } else if (argument.startsWith("-Ddeltatrace.")) {
                String property = "\"" + argument.substring("-D".length()).replaceFirst("=.*", "") + "\"";
                assertThat(sources()).anyMatch(file -> read(file).contains(property));
            } else if (argument.contains(":")) {
                assertThat(poms)
                        .contains("<artifactId>" + argument.replaceFirst(":.*", "") + "-maven-plugin</artifactId>");
            } else if (!argument.startsWith("-D")) {
                assertThat(argument).isIn(KNOWN);
            }
            before = argument;
        }
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(DocumentBlock.ROOT)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".java") && !file.contains("/target/"))
                    .toList();
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
