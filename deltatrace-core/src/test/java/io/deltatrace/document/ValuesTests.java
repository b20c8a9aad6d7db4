package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTests {

    private static final long TWO_TO_53 = 1L << 53;

    static Stream<Arguments> equalNumbers() {
        return Stream.of(
                arguments(1L, 1.0),
                arguments(0L, -0.0),
                arguments(0.0, -0.0),
                arguments(-5L, -5.0),
                arguments(TWO_TO_53, (double) TWO_TO_53),
                arguments(Long.MIN_VALUE, -0x1p63),
                arguments(100L, new BigDecimal("100.000")),
                arguments(0.1, new BigDecimal("0.1000000000000000055511151231257827021181583404541015625")),
                arguments(1L << 60, 0x1p60),
                arguments(BigInteger.ONE.shiftLeft(64), 0x1p64),
                arguments(new BigDecimal("1e400"), new BigDecimal("10e399")),
                arguments(new BigInteger("10000000000000000000000"), 1e22),
                arguments(new BigInteger("12345678901234567890"), new BigDecimal("12345678901234567890.0")));
    }

    @ParameterizedTest
    @MethodSource("equalNumbers")
    void numbersOfEqualValue_areEqualWhateverTheirType(Number one, Number other) {
        assertThat(Values.equal(one, other)).isTrue();
        assertThat(Values.equal(other, one)).isTrue();
        assertThat(Values.compare(one, other)).isZero();
        assertThat(Values.compare(other, one)).isZero();
        assertThat(Values.hash(one)).isEqualTo(Values.hash(other));
    }

    static Stream<Arguments> orderedNumbers() {
        return Stream.of(
                arguments(1L, 2L),
                arguments(1L, 1.5),
                arguments(-1.5, -1L),
                arguments(1.5, 1.6),
                arguments((double) TWO_TO_53, TWO_TO_53 + 1),
                arguments(-TWO_TO_53 - 1, -(double) TWO_TO_53),
                arguments(TWO_TO_53 - 1, (double) TWO_TO_53),
                arguments(1.5, TWO_TO_53 + 1),
                arguments(Long.MAX_VALUE, 0x1p63),
                arguments(Long.MAX_VALUE, 1e300),
                arguments(-1e300, Long.MIN_VALUE),
                arguments(Long.MAX_VALUE, new BigInteger("9223372036854775808")),
                arguments(new BigInteger("12345678901234567890"), new BigInteger("12345678901234567891")),
                arguments(new BigInteger("12345678901234567890"), new BigDecimal("12345678901234567890.5")),
                // The double nearest to 0.1 is a little more than that.
                arguments(new BigDecimal("0.1000000000000000000001"), 0.1),
                arguments(0x1p60, (1L << 60) + 1),
                arguments((1L << 60) + 2, new BigDecimal("1152921504606846979.5")),
                arguments(0x1p60, new BigDecimal("1152921504606846979.5")),
                arguments(Double.MAX_VALUE, new BigDecimal("1e400")),
                arguments(new BigDecimal("-1e400"), -Double.MAX_VALUE),
                arguments(0.0, new BigDecimal("1e-400")));
    }

    @ParameterizedTest
    @MethodSource("orderedNumbers")
    void numbers_areOrderedByValueWhateverTheirType(Number smaller, Number larger) {
        assertThat(Values.compare(smaller, larger)).isNegative();
        assertThat(Values.compare(larger, smaller)).isPositive();
        assertThat(Values.equal(smaller, larger)).isFalse();
        assertThat(Values.equal(larger, smaller)).isFalse();
    }

    @Test
    void valuesOfDifferentKinds_areNotEqual() {
        List<Object> kinds =
                Arrays.asList(null, 1L, true, "1", List.of(1L), Document.parse("{\"a\": 1}"), "true", "null");

        for (Object one : kinds) {
            for (Object other : kinds) {
                assertThat(Values.equal(one, other)).as("%s and %s", one, other).isEqualTo(one == other);
            }
        }
    }

    @Test
    void lists_areEqualIfTheirElementsAre() {
        List<Object> integers = Arrays.asList(1L, null, List.of(2L));
        List<Object> doubles = Arrays.asList(1.0, null, List.of(2.0));

        assertThat(Values.equal(integers, doubles)).isTrue();
        assertThat(Values.hash(integers)).isEqualTo(Values.hash(doubles));
        assertThat(Values.equal(integers, integers.subList(0, 2))).isFalse();
        assertThat(Values.equal(List.of(1L, 2L), List.of(2L, 1L))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``     | a
                    a      | b
                    a      | aa
                    Z      | a
                    9      | a
                    10     | 9
                    é      | 奈
                    \uFFFD | \uD83D\uDE00
                    \uE000 | \uD83E\uDD8C
                    \uD83D\uDE00 | \uD83D\uDE01
                    a\uFFFDz | a\uD83D\uDE00
                    """)
    void strings_areOrderedByCodePoint(String smaller, String larger) {
        assertThat(Values.compare(smaller, larger)).isNegative();
        assertThat(Values.compare(larger, smaller)).isPositive();
        assertThat(Values.compare(smaller, smaller)).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "x \\"y\\""           | x "y"
                    1                     | 1
                    1.0                   | 1.0
                    1.50                  | 1.5
                    -0.0                  | -0.0
                    12345678901234567890  | 12345678901234567890
                    1e400                 | 1E+400
                    true                  | true
                    null                  | null
                    [1, "x", null]        | [1,"x",null]
                    {"b": 1, "a": {}}     | {"b":1,"a":{}}
                    """)
    void text_isJsonExceptThatAStringIsItself(String json, String text) {
        assertThat(Values.text(Document.parse("{\"v\":" + json + "}").get("v"))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    null                  | null
                    "x"                   | a string
                    false                 | a boolean
                    1                     | an integer
                    12345678901234567890  | an integer
                    1.5                   | a number
                    1e400                 | a number
                    []                    | an array
                    {}                    | an object
                    """)
    void describe_namesTheKind(String json, String description) {
        assertThat(Values.describe(Document.parse("{\"v\":" + json + "}").get("v")))
                .isEqualTo(description);
    }

    /** Half a pair would make the message one that no JSON can have in it. */
    @ParameterizedTest
    @ValueSource(ints = {98, 99, 100})
    void shownText_isWholeCharacters_whereverItIsCut(int before) {
        String shown = Values.shown("x".repeat(before) + "\uD83E\uDD8C".repeat(60));

        assertThat(shown).startsWith("x".repeat(before)).endsWith("…").hasSize(101);
        assertThat(Values.requireText(shown)).isSameAs(shown);
        assertThat(shown.contains("?")).isEqualTo(before == 99);
    }

    @Test
    void shownText_isTheTextItself_ifItIsShort() {
        assertThat(Values.shown("x".repeat(98) + "\uD83E\uDD8C")).isEqualTo("x".repeat(98) + "\uD83E\uDD8C");
        assertThat(Values.shown("\uD83E")).isEqualTo("?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "größe",
                "\u5800\u8000",
                "\uFFFF",
                "\uD7FF",
                "\uE000",
                "a\uD83D\uDE00",
                "\uD83D\uDE00\uFFFD"
            })
    void unicodeText_isItself(String text) {
        assertThat(Values.requireText(text)).isSameAs(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D",
                "\uDE00",
                "\uDE00\uD83D",
                "a\uD83Db",
                "\uD83D\uDE00\uD83D",
                "\uFFFF\uDC00",
                "\u5800\u8000\uD800"
            })
    void halfASurrogatePair_isNoText(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Values.requireText(text))
                .withMessageContaining("half a surrogate pair");
    }
}
