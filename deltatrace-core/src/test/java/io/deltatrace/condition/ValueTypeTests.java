package io.deltatrace.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deltatrace.document.Document;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ValueTypeTests {

    @ParameterizedTest(name = "{0}: {1} {3} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    AUTO | 1      | 2      | <
                    AUTO | 1      | 1.0    | =
                    AUTO | 2      | 1.5    | >
                    AUTO | "a"    | "b"    | <
                    AUTO | "b"    | "a"    | >
                    AUTO | "B"    | "a"    | <
                    AUTO | "\uFFFD" | "\uD83D\uDE00" | <
                    AUTO | false  | true   | <
                    AUTO | true   | true   | =

                    INTEGER | 5      | "5"   | =
                    INTEGER | 5.9    | 5     | =
                    INTEGER | -5.9   | -5    | =
                    INTEGER | 6.1    | 5     | >
                    INTEGER | "10"   | "9"   | >
                    INTEGER | 1e19   | 5     | >
                    INTEGER | 12345678901234567890 | 12345678901234567891 | <

                    FLOAT | 5     | "5.0"   | =
                    FLOAT | "1e1" | 9       | >
                    FLOAT | 0.1   | 0.1000000000001 | <

                    FLOAT_WITHIN_EPSILON | 0.3 | 0.30000000000000004 | =
                    FLOAT_WITHIN_EPSILON | 1   | 2                   | <

                    BOOLEAN | false   | true   | <
                    BOOLEAN | true    | false  | >
                    BOOLEAN | 0       | false  | =
                    BOOLEAN | 0.0     | false  | =
                    BOOLEAN | 1       | true   | =
                    BOOLEAN | -2.5    | true   | =
                    BOOLEAN | "yes"   | true   | =
                    BOOLEAN | "Y"     | true   | =
                    BOOLEAN | "1"     | true   | =
                    BOOLEAN | "TRUE"  | true   | =
                    BOOLEAN | "no"    | false  | =
                    BOOLEAN | "N"     | false  | =
                    BOOLEAN | "0"     | false  | =
                    BOOLEAN | "False" | false  | =
                    BOOLEAN | "no"    | "yes"  | <

                    TEXT | "10"  | "9"   | <
                    TEXT | 10    | 9     | <
                    TEXT | true  | "true" | =
                    TEXT | "a"   | "B"   | >

                    TEXT_IGNORING_CASE | "a" | "B" | <
                    TEXT_IGNORING_CASE | "A" | "a" | =

                    TIMESTAMP | "2024-02-29T12:00:00Z" | "2024-02-29T21:00:00+09:00" | =
                    TIMESTAMP | "2024-02-29"           | "2024-02-29T00:00:00.001"   | <
                    """)
    void sortKeys_areOrdered(ValueType type, String left, String right, String order) {
        Object a = type.sortKey(value(left));
        Object b = type.sortKey(value(right));

        assertThat(symbol(type.compareSortKeys(a, b))).isEqualTo(order);
        assertThat(symbol(-type.compareSortKeys(b, a))).isEqualTo(order);
    }

    @ParameterizedTest
    @EnumSource
    void nulls_comeLast(ValueType type) {
        Object key = type.sortKey(type == ValueType.TIMESTAMP ? "2024-02-29" : "1");

        assertThat(type.sortKey(null)).isNull();
        assertThat(type.compareSortKeys(null, key)).isPositive();
        assertThat(type.compareSortKeys(key, null)).isNegative();
        assertThat(type.compareSortKeys(null, null)).isZero();
    }

    @ParameterizedTest(name = "{1} as {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    INTEGER              | "x"          | a string cannot be sorted as int_
                    INTEGER              | "5.5"        | a string cannot be sorted as int_
                    INTEGER              | true         | a boolean cannot be sorted as int_
                    FLOAT                | "x"          | a string cannot be sorted as floatStrict_
                    FLOAT                | []           | an array cannot be sorted as floatStrict_
                    FLOAT_WITHIN_EPSILON | {}           | an object cannot be sorted as floatEpsilon12_
                    BOOLEAN              | "on"         | a string cannot be sorted as boolean_
                    BOOLEAN              | []           | an array cannot be sorted as boolean_
                    TIMESTAMP            | "yesterday"  | a string cannot be sorted as datetime_
                    TIMESTAMP            | 20240229     | an integer cannot be sorted as datetime_
                    """)
    void keyThatIsNotOfTheType_failsWhenItIsCompared(ValueType type, String unsortable, String message) {
        Object bad = type.sortKey(value(unsortable));
        Object good = type.sortKey(type == ValueType.TIMESTAMP ? "2024-02-29" : "1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.compareSortKeys(bad, good))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.compareSortKeys(good, bad))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type.compareSortKeys(bad, bad))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    1     | "1"   | an integer cannot be compared with a string
                    true  | 1     | a boolean cannot be compared with an integer
                    "x"   | 1.5   | a string cannot be compared with a number
                    {}    | {}    | an object cannot be compared with an object
                    [1]   | [1]   | an array cannot be compared with an array
                    """)
    void valuesOfDifferentKindsOrWithoutOrder_failWhenTheyAreCompared(String left, String right, String message) {
        Object a = ValueType.AUTO.sortKey(value(left));
        Object b = ValueType.AUTO.sortKey(value(right));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValueType.AUTO.compareSortKeys(a, b))
                .withMessage(message);
    }

    @Test
    void mixedValues_areSortedAsTheType() {
        List<Object> values = Arrays.asList(null, "yes", 0L, true, "n", null, 2.5, false);

        List<Object> keys = values.stream()
                .map(ValueType.BOOLEAN::sortKey)
                .sorted(ValueType.BOOLEAN::compareSortKeys)
                .collect(Collectors.toList());

        assertThat(keys).containsExactly(false, false, false, true, true, true, null, null);
    }

    private static Object value(String json) {
        return Document.parse("{\"v\": " + json + "}").get("v");
    }

    private static String symbol(int order) {
        return order < 0 ? "<" : order > 0 ? ">" : "=";
    }
}
