package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java examples of the documents stand in tests, word for word but for the white space, and so are run. */
class DocumentedExamplesTests {

    /** The tests whose names end so are there for the examples. */
    private static final String TESTS = "ExamplesTests.java";

    private static final List<String> SOURCES = new ArrayList<>();

    @BeforeAll
    static void readTests() throws IOException {
        try (Stream<Path> files =
                Files.walk(DocumentBlock.ROOT.resolve("deltatrace-spring-boot-autoconfigure/src/test/java"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(TESTS)).toList()) {
                SOURCES.add(withoutSpace(Files.readString(file)));
            }
        }
    }

    static List<DocumentBlock> examples() {
        return DocumentBlock.of(BlockKind.EXAMPLE);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_isRunByATest(DocumentBlock example) {
        assertThat(SOURCES.stream().anyMatch(source -> source.contains(withoutSpace(example.content()))))
                .as("%s stands in a test whose name ends in %s: %s", example.place(), TESTS, example.content())
                .isTrue();
    }

    /** In a test classes are nested, and so static. */
    private static String withoutSpace(String code) {
        return code.replace("static class ", "class ").replaceAll("\\s+", "");
    }
}
