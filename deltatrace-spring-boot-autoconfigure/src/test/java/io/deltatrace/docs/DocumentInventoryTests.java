package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No document has a block that no test accounts for, or a link to what is not there. */
class DocumentInventoryTests {

    private static final Pattern FENCE = Pattern.compile("^```", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]+]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

    static List<String> documents() {
        return DocumentBlock.documents();
    }

    @Test
    void everyBlock_isOfAKindThatATestTakes() {
        assertThat(DocumentBlock.all())
                .as("Write a block so that BlockKind knows it, or give it a kind and a test")
                .hasSizeGreaterThan(50)
                .allSatisfy(block -> assertThat(BlockKind.of(block)).isNotNull());
    }

    @ParameterizedTest
    @EnumSource
    void everyKind_hasBlocks(BlockKind kind) {
        assertThat(DocumentBlock.of(kind)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyFence_belongsToABlock(String document) {
        long blocks = DocumentBlock.in(document).stream()
                .mapToLong(block -> block.output() == null ? 1 : 2)
                .sum();
        assertThat(FENCE.matcher(DocumentBlock.read(document)).results().count())
                .isEqualTo(2 * blocks);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLink_leadsSomewhere(String document) {
        assertThat(LINK.matcher(DocumentBlock.prose(document)).results().map(link -> link.group(1)))
                .filteredOn(target -> !target.startsWith("https://"))
                .allSatisfy(target -> {
                    String[] parts = target.split("#", 2);
                    Path from = DocumentBlock.ROOT.resolve(document);
                    Path file = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]);
                    assertThat(file).exists();
                    if (parts.length == 2) {
                        assertThat(HEADING.matcher(Files.readString(file))
                                        .results()
                                        .map(found -> anchor(found.group(1))))
                                .contains(parts[1]);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyDocument_isReachedFromTheReadme(String document) {
        String readme = DocumentBlock.read("README.md");
        assertThat(document.equals("README.md") || readme.contains("](" + document))
                .isTrue();
    }

    /** As those who show the documents make it. */
    private static String anchor(String heading) {
        return heading.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
