package io.deltatrace.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deltatrace.condition.TextMatch.Operator;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextMatchTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ["a", "b"]      | "b"      | true
                    ["a", "b"]      | "c"      | false
                    ["ab"]          | "a"      | false
                    [1, 2]          | 2.0      | true
                    [1]             | true     | false
                    [true]          | true     | true
                    [null]          | null     | true
                    [1]             | null     | false
                    []              | null     | false
                    [{"x": 1, "y": 2}] | {"y": 2, "x": 1.0} | true
                    [[1]]           | [1]      | true
                    [[1]]           | 1        | false
                    "deer park"     | "r p"    | true
                    "deer park"     | "Deer"   | false
                    "deer park"     | ""       | true
                    "a5b"           | 5        | false
                    "null"          | null     | false
                    12345           | "234"    | false
                    true            | "r"      | false
                    {"a": 1}        | "a"      | false
                    null            | "a"      | false
                    null            | null     | false
                    """)
    void contains_looksForAnElementOrAPartOfAString(String field, String value, boolean expected) {
        assertThat(matches(Operator.CONTAINS, field, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "deer park"  | "deer" | true
                    "deer park"  | "park" | false
                    "deer park"  | "Deer" | false
                    "deer park"  | ""     | true
                    12345        | "12"   | true
                    1.5          | "1."   | true
                    true         | "tr"   | true
                    [1, 2]       | "[1"   | true
                    null         | "n"    | false
                    null         | ""     | false
                    """)
    void startsWith_worksOnTheText(String field, String prefix, boolean expected) {
        assertThat(matches(Operator.STARTS_WITH, field, prefix)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "deer park"  | "park" | true
                    "deer park"  | "deer" | false
                    "deer park"  | "PARK" | false
                    "deer park"  | ""     | true
                    12345        | "45"   | true
                    5.0          | ".0"   | true
                    false        | "se"   | true
                    {"a": 1}     | "1}"   | true
                    null         | "l"    | false
                    null         | ""     | false
                    """)
    void endsWith_worksOnTheText(String field, String suffix, boolean expected) {
        assertThat(matches(Operator.ENDS_WITH, field, suffix)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"CONTAINS", "STARTS_WITH", "ENDS_WITH"})
    void missingField_isNeverMet(Operator operator) {
        Condition condition = new TextMatch(operator, FieldPath.of("a.f"), "");

        assertThat(condition.compile()).rejects(Document.empty(), Document.parse("{\"a\": {\"f\": null}}"));
    }

    @Test
    void startOrEndThatIsNoString_isRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TextMatch(Operator.STARTS_WITH, FieldPath.of("f"), 5L))
                .withMessage("A condition of type startsWith_ needs a string, not an integer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TextMatch(Operator.ENDS_WITH, FieldPath.of("f"), null))
                .withMessage("A condition of type endsWith_ needs a string, not null");
    }

    private static boolean matches(Operator operator, String field, String value) {
        Document document = Document.parse("{\"f\": " + field + ", \"v\": " + value + "}");
        return new TextMatch(operator, FieldPath.of("f"), document.get("v"))
                .compile()
                .test(document);
    }
}
