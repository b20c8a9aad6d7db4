package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Java examples of the documents stand in tests, word for word but for the white space, and so are run. */
class DocumentedExamplesTests {

    private static final Path ROOT = Path.of(System.getProperty("deltatrace.project.root"));
    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({
        "docs/causes.md, io/deltatrace/spring/cause/CauseExamplesTests.java",
        "docs/repositories.md, io/deltatrace/spring/data/RepositoryExamplesTests.java",
        "docs/transactions.md, io/deltatrace/spring/transaction/TransactionExamplesTests.java",
        "docs/clients.md, io/deltatrace/spring/web/ClientExamplesTests.java"
    })
    void examples_areRunByTests(String document, String test) throws IOException {
        List<String> examples = JAVA.matcher(Files.readString(ROOT.resolve(document)))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        String source = withoutSpace(Files.readString(ROOT.resolve("deltatrace-spring-boot-autoconfigure/src/test/java")
                .resolve(test)));

        assertThat(examples).isNotEmpty();
        assertThat(examples).allSatisfy(example -> assertThat(source).contains(withoutSpace(example)));
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }
}
