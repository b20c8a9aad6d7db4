package io.deltatrace.condition;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.condition.Comparison.Operator;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ComparisonTests {

    private static final Map<Operator, String> SYMBOLS = Map.of(
            Operator.EQUAL, "=",
            Operator.NOT_EQUAL, "!=",
            Operator.GREATER_THAN, ">",
            Operator.GREATER_THAN_OR_EQUAL, ">=",
            Operator.LESS_THAN, "<",
            Operator.LESS_THAN_OR_EQUAL, "<=");

    @ParameterizedTest(name = "{0}: {1} {3} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    AUTO | 5                  | 5.0                | = >= <=
                    AUTO | 5                  | 6                  | != < <=
                    AUTO | 6.5                | 6                  | != > >=
                    AUTO | 9007199254740993   | 9007199254740992.0 | != > >=
                    AUTO | 12345678901234567890 | 12345678901234567891 | != < <=
                    AUTO | "a"                | "a"                | = >= <=
                    AUTO | "a"                | "b"                | != < <=
                    AUTO | "a"                | "A"                | != > >=
                    AUTO | "\uFFFD"           | "\uD83D\uDE00"     | != < <=
                    AUTO | "5"                | 5                  | !=
                    AUTO | true               | true               | =
                    AUTO | true               | false              | !=
                    AUTO | true               | 1                  | !=
                    AUTO | null               | null               | =
                    AUTO | missing            | null               | =
                    AUTO | null               | 5                  | !=
                    AUTO | missing            | 5                  | !=
                    AUTO | 5                  | null               | !=
                    AUTO | [1, 2]             | [1.0, 2]           | =
                    AUTO | [1]                | [2]                | !=
                    AUTO | {"a": 1, "b": 2}   | {"b": 2, "a": 1.0} | =
                    AUTO | {}                 | []                 | !=

                    INTEGER | 5                    | "5"                  | = >= <=
                    INTEGER | "5"                  | 6                    | != < <=
                    INTEGER | "-7"                 | -8                   | != > >=
                    INTEGER | "10"                 | "9"                  | != > >=
                    INTEGER | "+5"                 | 5                    | = >= <=
                    INTEGER | " 5 "                | 5                    | = >= <=
                    INTEGER | "12345678901234567890" | 12345678901234567890 | = >= <=
                    INTEGER | 9223372036854775807  | "9223372036854775808" | != < <=
                    INTEGER | 5.0                  | 5                    | none
                    INTEGER | 5                    | 5.0                  | none
                    INTEGER | "5.0"                | 5                    | none
                    INTEGER | "five"               | 5                    | none
                    INTEGER | ""                   | 5                    | none
                    INTEGER | "-"                  | 5                    | none
                    INTEGER | null                 | 5                    | none
                    INTEGER | 5                    | null                 | none
                    INTEGER | null                 | null                 | none
                    INTEGER | true                 | 1                    | none
                    INTEGER | [5]                  | 5                    | none

                    FLOAT | 5        | 5.0    | = >= <=
                    FLOAT | "5.5"    | 5.5    | = >= <=
                    FLOAT | " 1e3 "  | 1000   | = >= <=
                    FLOAT | 5.5      | "6"    | != < <=
                    FLOAT | 2.5      | 2      | != > >=
                    FLOAT | 0.1      | 0.1000000000001 | != < <=
                    FLOAT | -0.0     | 0      | = >= <=
                    FLOAT | "x"      | 5      | none
                    FLOAT | 5        | "x"    | none
                    FLOAT | "NaN"    | "NaN"  | none
                    FLOAT | "0x10"   | 16     | none
                    FLOAT | "1d"     | 1      | none
                    FLOAT | ""       | 0      | none
                    FLOAT | null     | 5      | none
                    FLOAT | null     | null   | none
                    FLOAT | true     | 1      | none
                    FLOAT | {}       | 1      | none

                    FLOAT_WITHIN_EPSILON | 1        | 1.0     | = >= <=
                    FLOAT_WITHIN_EPSILON | 0.3      | 0.30000000000000004 | = >= <=
                    FLOAT_WITHIN_EPSILON | 5e-13    | 0       | = >= <=
                    FLOAT_WITHIN_EPSILON | -5e-13   | 0       | = >= <=
                    FLOAT_WITHIN_EPSILON | 1.5e-12  | 0       | != > >=
                    FLOAT_WITHIN_EPSILON | -1.5e-12 | 0       | != < <=
                    FLOAT_WITHIN_EPSILON | "0.5"    | 0.5     | = >= <=
                    FLOAT_WITHIN_EPSILON | 1        | 2       | != < <=
                    FLOAT_WITHIN_EPSILON | "x"      | 2       | none
                    FLOAT_WITHIN_EPSILON | null     | 0       | none
                    FLOAT_WITHIN_EPSILON | null     | null    | none

                    BOOLEAN | true    | true    | =
                    BOOLEAN | true    | "TRUE"  | =
                    BOOLEAN | "False" | false   | =
                    BOOLEAN | true    | false   | !=
                    BOOLEAN | "true"  | "false" | !=
                    BOOLEAN | null    | true    | !=
                    BOOLEAN | missing | false   | !=

                    TEXT | "a"     | "a"     | = >= <=
                    TEXT | "a"     | "A"     | != > >=
                    TEXT | "a"     | "b"     | != < <=
                    TEXT | 5       | "5"     | = >= <=
                    TEXT | 10      | "9"     | != < <=
                    TEXT | 5.0     | "5.0"   | = >= <=
                    TEXT | 5.0     | 5       | != > >=
                    TEXT | true    | "true"  | = >= <=
                    TEXT | [1, 2]  | "[1,2]" | = >= <=
                    TEXT | null    | "null"  | =
                    TEXT | missing | null    | =
                    TEXT | "null"  | null    | =
                    TEXT | null    | "a"     | !=
                    TEXT | "a"     | null    | !=
                    TEXT | "\uFFFD" | "\uD83D\uDE00" | != < <=

                    TEXT_IGNORING_CASE | "Nara" | "nARA" | = >= <=
                    TEXT_IGNORING_CASE | "a"    | "B"    | != < <=
                    TEXT_IGNORING_CASE | "b"    | "A"    | != > >=
                    TEXT_IGNORING_CASE | "ÄÖ"   | "äö"   | = >= <=
                    TEXT_IGNORING_CASE | true   | "TRUE" | = >= <=
                    TEXT_IGNORING_CASE | null   | "NULL" | =
                    TEXT_IGNORING_CASE | null   | "a"    | !=

                    TIMESTAMP | "2024-02-29T12:00:00Z"      | "2024-02-29T21:00:00+09:00" | = >= <=
                    TIMESTAMP | "2024-02-29T12:00:00"       | "2024-02-29T12:00:00Z"      | = >= <=
                    TIMESTAMP | "2024-02-29"                | "2024-02-29 00:00:00.000"   | = >= <=
                    TIMESTAMP | "2024-02-29T12:00:00+09:00" | "2024-02-29T12:00:00Z"      | != < <=
                    TIMESTAMP | "2024-02-29T12:00:00.001Z"  | "2024-02-29T12:00:00Z"      | != > >=
                    TIMESTAMP | "yesterday"                 | "2024-02-29"                | none
                    TIMESTAMP | "2024-02-29"                | "yesterday"                 | none
                    TIMESTAMP | "yesterday"                 | "yesterday"                 | none
                    TIMESTAMP | 20240229                    | "2024-02-29"                | none
                    TIMESTAMP | null                        | "2024-02-29"                | none
                    TIMESTAMP | null                        | null                        | none
                    """)
    void relation_holdsForTheseOperatorsOnly(ValueType type, String left, String right, String holding) {
        Document document = left.equals("missing") ? Document.empty() : Document.parse("{\"f\": " + left + "}");
        Object value = Document.parse("{\"v\": " + right + "}").get("v");

        String held = Arrays.stream(Operator.values())
                .filter(operator -> comparison(operator, value, type).compile().test(document))
                .map(SYMBOLS::get)
                .collect(Collectors.joining(" "));

        assertThat(held).isEqualTo(holding.equals("none") ? "" : holding);
    }

    @Test
    void notEqual_isNotTheOppositeOfEqualWhereAConversionFails() {
        Document document = Document.parse("{\"f\": \"not a number\"}");

        Condition equal = comparison(Operator.EQUAL, 5L, ValueType.INTEGER);
        Condition notEqual = comparison(Operator.NOT_EQUAL, 5L, ValueType.INTEGER);

        assertThat(equal.compile().test(document)).isFalse();
        assertThat(notEqual.compile().test(document)).isFalse();
        assertThat(equal.not().compile().test(document)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1e-12", "-1e-12"})
    void differenceOfExactlyEpsilon_isNeitherEqualNorGreaterNorLess(double difference) {
        Document document = Document.builder().put("f", difference).build();

        assertThat(holds(Operator.EQUAL, document)).isFalse();
        assertThat(holds(Operator.NOT_EQUAL, document)).isTrue();
        assertThat(holds(Operator.GREATER_THAN, document)).isFalse();
        assertThat(holds(Operator.LESS_THAN, document)).isFalse();
        assertThat(holds(Operator.GREATER_THAN_OR_EQUAL, document)).isTrue();
        assertThat(holds(Operator.LESS_THAN_OR_EQUAL, document)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void orderings_areFalseWhereEitherSideIsNull(ValueType type) {
        Document present = Document.parse("{\"f\": \"2024-02-29\"}");
        Document absent = Document.parse("{\"f\": null}");

        for (Operator operator : Operator.values()) {
            if (operator != Operator.EQUAL && operator != Operator.NOT_EQUAL) {
                Condition withNull = comparison(operator, null, type);
                Condition withValue = comparison(operator, "2024-02-29", type);
                assertThat(withNull.compile()).rejects(present, absent, Document.empty());
                assertThat(withValue.compile()).rejects(absent, Document.empty());
            }
        }
    }

    @Test
    void compiledComparison_readsNestedFieldsOfDifferentShapes() {
        Condition condition = new Comparison(Operator.GREATER_THAN, FieldPath.of("a.b"), 5L, ValueType.AUTO);

        assertThat(condition.compile())
                .accepts(
                        Document.parse("{\"a\": {\"b\": 6}}"),
                        Document.parse("{\"x\": 0, \"a\": {\"y\": 0, \"b\": 7}}"))
                .rejects(Document.parse("{\"a\": {\"b\": 5}}"), Document.parse("{\"a\": 6}"), Document.empty());
    }

    private static boolean holds(Operator operator, Document document) {
        return comparison(operator, 0L, ValueType.FLOAT_WITHIN_EPSILON)
                .compile()
                .test(document);
    }

    private static Comparison comparison(Operator operator, Object value, ValueType type) {
        return new Comparison(operator, FieldPath.of("f"), value, type);
    }
}
