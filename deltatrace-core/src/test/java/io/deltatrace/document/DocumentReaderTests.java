package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;

class DocumentReaderTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":\"x",
                "{\"a\":[1,",
                "{\"a\":tru",
                "{\"a\":1}}",
                "{} {}",
                "{} x",
                "{}]",
                "[1]",
                "null",
                "1",
                "\"text\"",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":5.}",
                "{\"a\":0x10}",
                "{\"a\":tru}",
                "{\"a\":True}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                "{\"\\ud800\":1}",
                "/**/{}",
                "{} // comment"
            })
    void textThatIsNotOneJsonObject_isRejected(String json) {
        assertThatExceptionOfType(JsonFormatException.class).isThrownBy(() -> Document.parse(json));
    }

    @Test
    void whitespaceAroundTheObject_isAllowed() {
        assertThat(Document.parse(" \n\t{ \"a\" : 1 } \r\n ")).hasToString("{\"a\":1}");
    }

    @Test
    void problem_isLocatedByLineColumnAndPointer() {
        JsonFormatException e = problemWith("{\n  \"a\": {\"list\": [1,\n  oops]}}");

        assertThat(e.line()).isEqualTo(3);
        assertThat(e.column()).isEqualTo(3);
        assertThat(e.pointer()).isEqualTo("/a/list/1");
        assertThat(e.problem()).startsWith("Unrecognized token: was expecting");
        assertThat(e).hasMessage(e.problem() + " at line 3, column 3 (/a/list/1)");
    }

    @Test
    void problemWithTheWholeText_hasAnEmptyPointer() {
        JsonFormatException e = problemWith("[1]");

        assertThat(e.pointer()).isEmpty();
        assertThat(e.problem()).isEqualTo("Expected an object");
        assertThat(e).hasMessage("Expected an object at line 1, column 1");
    }

    @Test
    void trailingText_isLocated() {
        JsonFormatException e = problemWith("{\"a\": 1}\n {}");

        assertThat(e.problem()).isEqualTo("Unexpected text after the document");
        assertThat(e.line()).isEqualTo(2);
        assertThat(e.column()).isEqualTo(2);
    }

    @Test
    void halfASurrogatePair_isLocated() {
        JsonFormatException e = problemWith("{\"a\": [\"fine\", \"\\ud83d\"]}");

        assertThat(e.problem()).contains("half a surrogate pair");
        assertThat(e.pointer()).isEqualTo("/a/1");
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 399, 400, 401, 5_000, 100_000})
    void objectsNestedTooDeep_areRejectedAtTheFirstLevelTooMany(int depth) {
        JsonFormatException e = problemWith("{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1));

        assertThat(e.problem()).isEqualTo("Objects and arrays are nested deeper than 100");
        assertThat(e.pointer()).isEqualTo("/a".repeat(100));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 400, 100_000})
    void arraysNestedTooDeep_areRejectedAtTheFirstLevelTooMany(int depth) {
        JsonFormatException e = problemWith("{\"a\":" + "[".repeat(depth));

        assertThat(e.problem()).isEqualTo("Objects and arrays are nested deeper than 100");
        assertThat(e.pointer()).isEqualTo("/a" + "/0".repeat(99));
    }

    @Test
    void arraysOfTheLargestDepth_areRead() {
        String json = "{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}";

        assertThat(Document.parse(json)).hasToString(json);
    }

    @Test
    void documentLargerThanTheLimit_isRejected() {
        String json = "{\"a\":\"12345\",\"bc\":[1]}";
        int size = 1 + 5 + 2 + 3 * JsonLimits.VALUE_SIZE;

        assertThat(read(json, size)).hasToString(json);
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> read(json, size - 1))
                .withMessageContaining("The document is larger than " + (size - 1) + " characters")
                .withMessageContaining("/bc/0");
    }

    @Test
    void sizeLimit_countsNamesAndStrings() {
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> read("{\"" + "n".repeat(100) + "\":null}", 100))
                .withMessageContaining("larger than 100 characters");
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> read("{\"a\":\"" + "s".repeat(100) + "\"}", 100))
                .withMessageContaining("larger than 100 characters");
    }

    @Test
    void eachDocumentOfAStream_hasItsOwnSize() {
        try (JsonParser parser = JsonStreams.parser("[{\"a\":\"123\"},{\"b\":\"456\"}]")) {
            parser.nextToken();
            DocumentReader reader = new DocumentReader(parser, new JsonLimits(1, 8));

            parser.nextToken();
            assertThat(reader.readDocument()).hasToString("{\"a\":\"123\"}");
            parser.nextToken();
            assertThat(reader.readDocument()).hasToString("{\"b\":\"456\"}");
        }
    }

    @Test
    void limitsBelowOne_areRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonLimits(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonLimits(1, 0));
    }

    @Test
    void utf8Bytes_areReadAsText() {
        byte[] bytes = "{\"city\": \"奈良 \uD83E\uDD8C\"}".getBytes(StandardCharsets.UTF_8);

        try (JsonParser parser = JsonStreams.parser(new ByteArrayInputStream(bytes))) {
            parser.nextToken();
            Document document = new DocumentReader(parser, JsonLimits.DEFAULT).readDocument();

            assertThat(document.get("city")).isEqualTo("奈良 \uD83E\uDD8C");
        }
    }

    @Test
    void readValue_readsAnyValue() {
        assertThat(value("[1, \"x\", null, {\"a\": true}]")).hasToString("[1, x, null, {\"a\":true}]");
        assertThat(value("\"x\"")).isEqualTo("x");
        assertThat(value("null")).isNull();
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> value(""))
                .withMessageContaining("Expected a value");
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                arguments("0", 0L),
                arguments("-0", 0L),
                arguments("-0.0", -0.0),
                arguments("9223372036854775807", Long.MAX_VALUE),
                arguments("-9223372036854775808", Long.MIN_VALUE),
                arguments("9223372036854775808", new BigInteger("9223372036854775808")),
                arguments("12345678901234567890", new BigInteger("12345678901234567890")),
                arguments("0.1", 0.1),
                arguments("19.99", 19.99),
                arguments("1.0", 1.0),
                arguments("1E3", 1000.0),
                arguments("1e+3", 1000.0),
                arguments("25e-1", 2.5),
                arguments("1e22", 1e22),
                arguments("0.30000000000000004", 0.1 + 0.2),
                arguments("1.7976931348623157E308", Double.MAX_VALUE),
                arguments("4.9E-324", Double.MIN_VALUE),
                arguments("0.10000000000000000000", 0.1),
                arguments("0e1000000000", 0.0),
                arguments("1e400", new BigDecimal("1e400")),
                arguments("-1e400", new BigDecimal("-1e400")),
                arguments("1e-400", new BigDecimal("1e-400")),
                arguments("0.1234567890123456789", new BigDecimal("0.1234567890123456789")),
                arguments("9007199254740993.5", new BigDecimal("9007199254740993.5")),
                arguments("1.2345678E7", 1.2345678E7),
                arguments("1.234567890123456789E+18", 1234567890123456789L),
                arguments("1e10000", new BigDecimal("1e10000")),
                arguments("1e-10000", new BigDecimal("1e-10000")));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void number_isReadAsTheSimplestExactKind(String text, Number expected) {
        Document document = Document.parse("{\"n\":" + text + "}");

        assertThat(document.get("n")).isEqualTo(expected);
        assertThat(Document.parse(document.toString())).isEqualTo(document).hasSameHashCodeAs(document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e10001",
                "1e-10001",
                "1e1000000000",
                "1E2147483648",
                "1.5E-2147483647",
                "1e99999999999",
                "0.0e-99999999999"
            })
    void numberWithAHugeExponent_isRejected(String number) {
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> Document.parse("{\"n\":" + number + "}"))
                .withMessage("The number is out of range at line 1, column 6 (/n)");
    }

    @Test
    void numberOfALittleTooManyDigits_isRejected() {
        assertThat(Document.parse("{\"n\":" + "9".repeat(900) + "}").get("n"))
                .isEqualTo(new BigInteger("9".repeat(900)));
        assertThat(Document.parse("{\"n\":-1" + "0".repeat(899) + "}").get("n"))
                .isEqualTo(BigInteger.TEN.pow(899).negate());
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> Document.parse("{\"n\":1" + "0".repeat(900) + "}"))
                .withMessageContaining("is out of range");
        String digits = "9".repeat(950);

        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> Document.parse("{\"n\":" + digits + "}"))
                .withMessageNotContaining("99")
                .withMessageContaining("is out of range");
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> Document.parse("{\"n\":0." + digits + "}"))
                .withMessageContaining("is out of range");
    }

    @Test
    void limitsOfTheParserItself_haveAPlaceToo() {
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> Document.parse("{\"n\":" + "9".repeat(1_001) + "}"))
                .satisfies(e -> {
                    assertThat(e.line()).isEqualTo(1);
                    assertThat(e.column()).isPositive();
                    assertThat(e.getMessage())
                            .doesNotContain("StreamReadConstraints")
                            .contains("at line 1, column ");
                });
    }

    @Test
    void numberOfManyDigits_isRejected() {
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> Document.parse("{\"n\":" + "9".repeat(1_000_000) + "}"))
                .withMessageContaining("exceeds the maximum");
    }

    private static JsonFormatException problemWith(String json) {
        return catchThrowableOfType(JsonFormatException.class, () -> Document.parse(json));
    }

    private static Document read(String json, int maxDocumentSize) {
        try (JsonParser parser = JsonStreams.parser(json)) {
            parser.nextToken();
            return new DocumentReader(parser, new JsonLimits(1, maxDocumentSize)).readDocument();
        }
    }

    private static Object value(String json) {
        try (JsonParser parser = JsonStreams.parser(json)) {
            parser.nextToken();
            return new DocumentReader(parser, JsonLimits.DEFAULT).readValue();
        }
    }

    @Test
    void largeObjects_sideBySide_haveOnlyTheirOwnFields() {
        String first = fields("a", 12);
        String second = "{\"b3\":true,\"a5\":1," + fields("b", 12).substring(1);
        String third = "{\"a1\":2," + fields("b", 10).substring(1);

        assertThat(Document.parse("{\"list\":[" + first + "," + second + "," + third + "]}"))
                .isEqualTo(Document.of(
                        Map.of("list", List.of(Document.parse(first), Document.parse(second), Document.parse(third)))));
    }

    private static String fields(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + prefix + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));
    }
}
