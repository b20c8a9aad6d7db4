package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The calls of the documents, made by curl in a shell to a real server, one document after the other. */
class CurlExamplesTests {

    private static final Pattern PATH = Pattern.compile("localhost:8080(/[^\\s'\"?]*)");

    @TempDir
    private Path folder;

    static List<String> documents() {
        return calls().map(DocumentBlock::document)
                .distinct()
                .filter(document -> !document.equals(BlockKind.GUIDE))
                .toList();
    }

    private static Stream<DocumentBlock> calls() {
        return DocumentBlock.of(BlockKind.CALLS).stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void calls_areAnsweredAsTheDocumentSays(String document) throws Exception {
        Shell.need("bash", "curl", "jq", "grep");
        try (ConfigurableApplicationContext application = DocumentedApplication.start(folder.resolve("data"))) {
            Shell shell = new Shell(folder, DocumentedApplication.port(application));
            for (DocumentBlock block :
                    calls().filter(call -> call.document().equals(document)).toList()) {
                shell.assertDoes(block);
            }
        }
    }

    /**
     * The sample is another module, whose tests call it: they run what stands in the section "Try it" with its output. Of other
     * calls it is only seen that they are made there, too.
     */
    @Test
    void callsOfTheReadme_areMadeByTheTestsOfTheSample() throws IOException {
        StringBuilder sample = new StringBuilder();
        try (Stream<Path> files = Files.walk(DocumentBlock.ROOT.resolve("sample-app"))) {
            for (Path file : files.filter(file -> file.toString().matches(".*(src.test.*\\.java|\\.sh)"))
                    .toList()) {
                sample.append(Files.readString(file));
            }
        }
        String section = DocumentBlock.read(BlockKind.README).replaceFirst("(?s).*\n(## Try it\n.*?)\n## .*", "$1");
        boolean runsTheSection = sample.toString().contains("readme.indexOf(\"\\n## Try it\\n\")");
        assertThat(DocumentBlock.of(BlockKind.SAMPLE)).isNotEmpty().allSatisfy(block -> {
            boolean isRun = runsTheSection
                    && block.language().equals("bash")
                    && block.output() != null
                    && section.contains(block.content());
            assertThat(isRun
                            || PATH.matcher(block.content())
                                    .results()
                                    .allMatch(path -> sample.indexOf(path.group(1)) >= 0))
                    .as("The tests of the sample make the calls at %s", block.place())
                    .isTrue();
        });
    }
}
