package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say about building, in blocks and within lines, names what there is: it is not carried out. */
class BuildCommandTests {

    private static final Pattern WITHIN_A_LINE = Pattern.compile("`((?:mvn|\\.ci/|benchmarks/)[^`\\n]*)`");
    private static final Set<String> PHASES = Set.of("clean", "test", "package", "verify", "install", "deploy");
    private static final List<String> SWITCHES = List.of("-B", "-ntp", "-q", "-am", "-o");

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
        List<String> sources = sources();
        List<String> words = Arrays.asList(command.strip().split("\\s+"));
        if (!words.get(0).equals("mvn")) {
            assertThat(DocumentBlock.ROOT.resolve(words.get(0))).isExecutable();
            for (String benchmark : words.subList(1, words.size())) {
                assertThat(sources.stream().anyMatch(file -> file.endsWith("benchmarks/" + benchmark + ".java")))
                        .as("There is a %s", benchmark)
                        .isTrue();
            }
            return;
        }
        String poms = DocumentBlock.read("pom.xml")
                + DocumentBlock.read("deltatrace-core/pom.xml")
                + DocumentBlock.read("sample-app/pom.xml");
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-pl")) {
                i++;
                assertThat(poms).contains("<module>" + words.get(i) + "</module>");
            } else if (word.startsWith("-Dtest=")) {
                assertThat(sources.stream().anyMatch(file -> file.endsWith("/" + word.substring(7) + ".java")))
                        .as("There is a test for %s", word)
                        .isTrue();
            } else if (word.startsWith("-Ddeltatrace.")) {
                String property = word.substring(2).split("=", 2)[0];
                assertThat(sources.stream().anyMatch(file -> contains(file, "\"" + property + "\"")))
                        .as("A test reads %s", property)
                        .isTrue();
            } else if (word.contains(":")) {
                assertThat(poms).contains("<artifactId>" + word.split(":", 2)[0] + "-maven-plugin</artifactId>");
            } else if (!word.startsWith("-D")) {
                assertThat(SWITCHES.contains(word) || PHASES.contains(word))
                        .as(word)
                        .isTrue();
            }
        }
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(DocumentBlock.ROOT)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".java") && !file.contains("/target/"))
                    .toList();
        }
    }

    private static boolean contains(String file, String text) {
        try {
            return Files.readString(Path.of(file)).contains(text);
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }
}
