package io.deltatrace.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "deer park"     | r.p        | true
                    "deer park"     | ^park      | false
                    "deer park"     | park$      | true
                    "deer park"     | ^deer park$ | true
                    "deer park"     | DEER       | false
                    "deer park"     | (?i)DEER   | true
                    "deer park"     | ``         | true
                    "line\\nbreak"  | ^break     | false
                    "line\\nbreak"  | (?m)^break | true
                    "奈良 park"     | ^\\p{Han}+ | true
                    "x\uD83D\uDE00y" | ^x.y$     | true
                    12345           | 3\\d       | true
                    1.5             | ^1\\.5$    | true
                    true            | ^t         | true
                    [1, 2]          | ^\\[1,2\\]$ | true
                    {"a": 1}        | "a":1      | true
                    null            | null       | false
                    null            | .*         | false
                    """)
    void pattern_isFoundAnywhereInTheText(String field, String pattern, boolean expected) {
        assertThat(regex(pattern).compile().test(Document.parse("{\"f\": " + field + "}")))
                .isEqualTo(expected);
    }

    @Test
    void missingField_isNotMet() {
        assertThat(regex(".*").compile()).rejects(Document.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    abc[       | missing closing ]                      | 3
                    a(b        | missing closing )                      | 0
                    *a         | missing argument to repetition operator | 0
                    ab**       | invalid nested repetition operator     | 2
                    ab(?=c)    | invalid or unsupported Perl syntax     | 2
                    (a)\\1     | invalid escape sequence                | 3
                    [z-a]      | invalid character class range          | 1
                    x{1001}    | invalid repeat count                   | 1
                    a)b        | unexpected )                           | 1
                    """)
    void patternThatDoesNotCompile_isReportedWithErrorAndPosition(String pattern, String error, int position) {
        Regex regex = regex(pattern);

        assertThatIllegalArgumentException()
                .isThrownBy(regex::compile)
                .withMessageContaining("field 'f'")
                .withMessageContaining(error)
                .withMessageContaining("at position " + position);
    }

    @Test
    void patternThatIsTooLong_isRejected() {
        Regex longest = regex("a".repeat(Regex.MAX_SIZE));
        Regex tooLong = regex("a".repeat(Regex.MAX_SIZE + 1));

        assertThat(longest.compile()).accepts(Document.of(Map.of("f", "a".repeat(Regex.MAX_SIZE))));
        assertThatIllegalArgumentException()
                .isThrownBy(tooLong::compile)
                .withMessageContaining("longer than 2000 characters with its repetitions written out")
                .withMessageContaining("'f'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "((a{100}){100}){100}",
                "((a?){100}){100}",
                "(((a?){30}){30}){30}",
                "(?:(?P<x>a{50}){50})",
                "(a{1000}b{1000}){2}",
                "[ab]{1000}\\d{1000}.{1000}",
                "(\\Q{5\\E{900}){3}",
                "([]{}]{900}[^]a]{900}){2}",
                "([[:alpha:]{]{900}){3}"
            })
    void repetitionsThatWouldFillTheMemory_areRejected(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(regex(pattern)::compile)
                .withMessageContaining("with its repetitions written out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    (a{3}){2}      | aaaaaa
                    a{2,}b{,2}     | aab{,2}
                    [{}]{2}        | {}
                    \\{2\\}         | {2}
                    \\Qa{9999}\\E    | a{9999}
                    \\Q(           | (
                    [)(]{2}        | ()
                    x{1000}        | `%s`
                    \\x{3042}       | あいう
                    \\x{2028}?a{2}  | aa
                    \\p{Hiragana}{3} | あいう
                    a{,2001}       | a{,2001}
                    """)
    void repetitionsWithinTheLimit_areUnderstood(String pattern, String text) {
        assertThat(regex(pattern).compile()).accepts(Document.of(Map.of("f", text.replace("%s", "x".repeat(1_000)))));
    }

    @Test
    void patternOfOpenGroups_isRefusedAtOnceAndShortly() {
        for (String pattern : List.of("(".repeat(1_000_000), "(".repeat(300), "(".repeat(1_990) + ")".repeat(1_990))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(regex(pattern)::compile)
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(regex("()))")::compile)
                .withMessageContaining("unexpected ) at position 2");
        assertThatIllegalArgumentException()
                .isThrownBy(regex("(".repeat(201) + ")".repeat(201))::compile)
                .withMessageContaining("groups nested deeper than 200 at position 200");
    }

    /** Whatever the size estimate lets through or refuses, it must not refuse for a wrong reason. */
    @Test
    void randomPatterns_areRefusedOnlyIfTheyDoNotCompileOrAreLarge() {
        Random random = new Random(3);
        List<String> parts = List.of(
                "a",
                "b",
                "(",
                ")",
                "[",
                "]",
                "{",
                "}",
                "{2}",
                "{3,}",
                "{1,4}",
                "{,2}",
                "*",
                "+",
                "?",
                "|",
                "^",
                "$",
                ".",
                "\\\\",
                "\\d",
                "\\x{3042}",
                "\\p{L}",
                "\\pN",
                "\\Q",
                "\\E",
                "[^a]",
                "[[:alpha:]]",
                "(?:",
                "(?i)",
                "5");
        for (int i = 0; i < 50_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int length = 1 + random.nextInt(8); length > 0; length--) {
                pattern.append(parts.get(random.nextInt(parts.size())));
            }
            assertThat(compiles(pattern.toString())).as(pattern.toString()).isEqualTo(re2Compiles(pattern.toString()));
        }
    }

    private static boolean compiles(String pattern) {
        try {
            regex(pattern).compile();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean re2Compiles(String pattern) {
        try {
            com.google.re2j.Pattern.compile(pattern);
            return true;
        } catch (com.google.re2j.PatternSyntaxException e) {
            return false;
        }
    }

    @Test
    void largestPattern_runsOnASmallStack() throws InterruptedException {
        Document document = Document.of(Map.of("f", "b".repeat(2_000)));
        boolean[] found = new boolean[1];
        Thread thread = new Thread(
                null, () -> found[0] = regex("(a?){660}b").compile().test(document), "small stack", 512 * 1024);
        thread.start();
        thread.join();

        assertThat(found[0]).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"(a+)+$", "(a|aa)+$", "(.*a){20}$", "^(([a-z])+.)+[A-Z]([a-z])+$"})
    void patternThatBacktrackingCannotFinish_finishes(String pattern) {
        // A backtracking matcher would take longer than the build lives.
        Document document = Document.of(Map.of("f", "a".repeat(5_000) + "!"));

        assertThat(regex(pattern).compile()).rejects(document);
    }

    private static Regex regex(String pattern) {
        return new Regex(FieldPath.of("f"), pattern);
    }
}
