package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say about building, in blocks and within lines, is carried out by {@link CarriedOutCommandTests}. */
class BuildCommandTests {

    private static final Pattern WITHIN_A_LINE =
            Pattern.compile("`((?:mvn |\\.ci/|benchmarks/|[\\w-]+/[\\w-]+\\.sh)[^`\\n]*)`");

    private static List<String> documented() {
        Stream<String> inBlocks = DocumentBlock.of(BlockKind.BUILD).stream()
                .flatMap(block -> block.content().lines());
        Stream<String> inLines = DocumentBlock.documents().stream()
                .flatMap(document ->
                        WITHIN_A_LINE.matcher(DocumentBlock.prose(document)).results())
                .map((MatchResult found) -> found.group(1));
        return Stream.concat(inBlocks, inLines).map(String::strip).distinct().toList();
    }

    @Test
    void everyCommandOfTheDocuments_isCarriedOut() {
        Stream<String> known = Stream.concat(
                BuildCommand.ALL.stream().map(BuildCommand::words), BuildCommand.ELSEWHERE.keySet().stream());
        assertThat(documented())
                .as("The commands of the documents, each with a row in BuildCommand")
                .containsExactlyInAnyOrderElementsOf(known.toList());
    }

    /** So that the full build, with all tests, need not be carried out once more. */
    @Test
    void continuousIntegration_runsTheWholeBuild() {
        assertThat(DocumentBlock.ROOT.resolve(".ci/run")).isExecutable();
        assertThat(DocumentBlock.read(".ci/run").lines()).contains("mvn -B -ntp verify");
    }
}
