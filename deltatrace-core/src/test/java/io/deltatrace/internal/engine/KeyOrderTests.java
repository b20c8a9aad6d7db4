package io.deltatrace.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.document.Document;
import io.deltatrace.document.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyOrderTests {

    /** In order; what is in one list is equal. */
    private static final List<List<Object>> ORDERED = List.of(
            List.of(false),
            List.of(true),
            List.of(new BigDecimal("-1e400")),
            List.of(-1e300),
            List.of(Long.MIN_VALUE, -0x1p63),
            List.of(-1L, -1.0),
            List.of(0L, 0.0, -0.0),
            List.of(Double.MIN_VALUE),
            List.of(new BigDecimal("0.1000000000000000000000000001")),
            List.of(0.1),
            List.of(1L, 1.0, new BigDecimal("1.00")),
            List.of((1L << 53)),
            List.of((1L << 53) + 1),
            List.of(Long.MAX_VALUE),
            List.of(new BigInteger("9223372036854775808"), 0x1p63),
            List.of(new BigInteger("9223372036854775809")),
            List.of(1e300),
            List.of(new BigInteger("1" + "0".repeat(400))),
            List.of(List.of()),
            List.of(List.of(1L), List.of(1.0)),
            List.of(List.of(1L, false)),
            List.of(List.of(2L)),
            List.of(Document.empty()),
            List.of(Document.parse("{\"a\":1}"), Document.parse("{\"a\":1.0}")),
            List.of(Document.parse("{\"a\":1,\"b\":2}"), Document.parse("{\"b\":2,\"a\":1}")),
            List.of(Document.parse("{\"a\":2}")),
            List.of(Document.parse("{\"b\":1}")),
            List.of(""),
            List.of("\u0000"),
            List.of("a"),
            List.of("a\u0000"),
            List.of("ab"),
            List.of("abc"),
            List.of("abcd"),
            List.of("abce"),
            List.of("\uD7FF"),
            List.of("\uE000"),
            List.of("\uFFFF"),
            List.of("\uD800\uDC00"),
            List.of("\uDBFF\uDFFF"),
            Collections.singletonList(null));

    @Test
    void values_areInOrder_andSoAreTheirCodes() {
        for (int i = 0; i < ORDERED.size(); i++) {
            for (int k = 0; k < ORDERED.size(); k++) {
                for (Object one : ORDERED.get(i)) {
                    for (Object other : ORDERED.get(k)) {
                        int expected = Integer.compare(i, k);
                        String described = one + " and " + other;
                        assertThat(Integer.signum(KeyOrder.compare(one, other)))
                                .as(described)
                                .isEqualTo(expected);
                        assertThat(Long.compare(KeyOrder.orderedCode(one), KeyOrder.orderedCode(other)))
                                .as(described)
                                .isIn(0, expected);
                    }
                }
            }
        }
    }

    @Test
    void equalValues_haveOneCode_andThatOfTheirKind() {
        for (List<Object> equal : ORDERED) {
            for (Object value : equal) {
                assertThat(Values.equal(value, equal.get(0))).isTrue();
                assertThat(KeyOrder.orderedCode(value)).isEqualTo(KeyOrder.orderedCode(equal.get(0)));
                assertThat(KeyOrder.hashedCode(value)).isEqualTo(KeyOrder.hashedCode(equal.get(0)));
                for (long code : new long[] {KeyOrder.orderedCode(value), KeyOrder.hashedCode(value)}) {
                    assertThat(KeyOrder.kindOf(code)).isEqualTo(KeyOrder.kind(value));
                    assertThat(code)
                            .isGreaterThan(KeyOrder.codeOf(KeyOrder.kind(value)))
                            .isLessThan(KeyOrder.codeOf(KeyOrder.kind(value)) + (1L << 61) - 1);
                }
            }
        }
    }

    /** Numbers that are near each other, in all forms that a document has for them. */
    @Provide
    Arbitrary<Number> numbers() {
        Arbitrary<Double> doubles = Arbitraries.oneOf(
                Arbitraries.doubles(),
                Arbitraries.integers().map(Integer::doubleValue),
                Arbitraries.of(0.0, -0.0, 1.0, -1.0, 0x1p53, -0x1p53, 0x1p53 - 1, Double.MAX_VALUE, Double.MIN_VALUE));
        Arbitrary<Integer> steps = Arbitraries.integers().between(-40, 40);
        return Combinators.combine(doubles, steps, Arbitraries.integers().between(0, 3))
                .as((number, step, form) -> near(number, step, form));
    }

    private static Number near(double number, int step, int form) {
        double other = number;
        for (int i = 0; i < Math.abs(step); i++) {
            other = step < 0 ? Math.nextDown(other) : Math.nextUp(other);
        }
        double finite = Double.isFinite(other) ? other : number;
        return switch (form) {
            case 0 -> finite;
            case 1 ->
                (Number) Document.of(Map.of("n", new BigDecimal(finite).toBigInteger()))
                        .get("n");
            case 2 -> (Number) Document.of(Map.of("n", (long) finite + step)).get("n");
            default ->
                Math.abs(finite) < 1e-20 || Math.abs(finite) > 1e20
                        ? finite
                        : (Number) Document.of(Map.of("n", new BigDecimal(finite).add(new BigDecimal("1E-30"))))
                                .get("n");
        };
    }

    @Property(tries = 3_000)
    void numbers_areInOrder_andACodeThatTellsAllIsOfOneNumber(
            @ForAll("numbers") Number one, @ForAll("numbers") Number other) {
        int order = Integer.signum(KeyOrder.compare(one, other));

        assertThat(Long.compare(KeyOrder.orderedCode(one), KeyOrder.orderedCode(other)))
                .isIn(0, order);
        if (order == 0) {
            assertThat(KeyOrder.hashedCode(one)).isEqualTo(KeyOrder.hashedCode(other));
        } else if (KeyOrder.tellsAll(KeyOrder.orderedCode(one))) {
            assertThat(KeyOrder.orderedCode(other)).isNotEqualTo(KeyOrder.orderedCode(one));
        }
        if (order != 0 && KeyOrder.tellsAll(KeyOrder.hashedCode(one))) {
            assertThat(KeyOrder.hashedCode(other)).isNotEqualTo(KeyOrder.hashedCode(one));
        }
    }

    @Test
    void codesOfMostIntegers_tellAll() {
        for (long integer : new long[] {0, 1, -1, 99_999, -1_700_000_000_000L, 1L << 47}) {
            assertThat(KeyOrder.tellsAll(KeyOrder.orderedCode(integer))).isTrue();
            assertThat(KeyOrder.tellsAll(KeyOrder.hashedCode(integer))).isTrue();
        }
        for (Object value : Arrays.asList("a", true, null, 0.1, Long.MAX_VALUE, List.of(1L))) {
            assertThat(KeyOrder.tellsAll(KeyOrder.hashedCode(value))).isFalse();
        }
        assertThat(KeyOrder.tellsAll(KeyOrder.orderedCode(0.1))).isFalse();
        assertThat(KeyOrder.tellsAll(KeyOrder.orderedCode(Long.MAX_VALUE))).isFalse();
    }

    @Property
    void stringsWithABeginning_areThoseBelowTheNextString(@ForAll String beginning, @ForAll long seed) {
        if (!isText(beginning)) {
            return;
        }
        String next = KeyOrder.afterAllWith(beginning);
        Random random = new Random(seed);
        for (String other : others(beginning, random)) {
            boolean inRange =
                    Values.compare(other, beginning) >= 0 && (next == null || Values.compare(other, next) < 0);
            assertThat(inRange).as(other).isEqualTo(other.startsWith(beginning));
        }
    }

    private static List<String> others(String beginning, Random random) {
        List<String> others = new ArrayList<>(List.of(
                beginning, beginning + "\u0000", beginning + "\uDBFF\uDFFF".repeat(3), "", "\uE000", "\uFFFF", "z"));
        String next = KeyOrder.afterAllWith(beginning);
        if (next != null) {
            others.add(next);
        }
        for (int i = 0; i < 20; i++) {
            others.add(beginning + Character.toString(0x20 + random.nextInt(0xD000)));
        }
        return others;
    }

    private static boolean isText(String string) {
        try {
            Values.requireText(string);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"a, b", "az, a{", "\uD7FF, \uE000", "a\uDBFF\uDFFF, b"})
    void nextString_countsTheLastCharacterUp(String beginning, String next) {
        assertThat(KeyOrder.afterAllWith(beginning)).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uDBFF\uDFFF", "\uDBFF\uDFFF\uDBFF\uDFFF"})
    void stringsWithTheGreatestBeginning_haveNoneAfterThem(String beginning) {
        assertThat(KeyOrder.afterAllWith(beginning)).isNull();
    }

    @Test
    void objects_areOrderedByTheirFieldsWhateverTheirOrder() {
        Document one = Document.of(Map.of("x", Arrays.asList(1, null)));
        Document other = Document.of(Map.of("x", Arrays.asList(1, "a")));

        assertThat(KeyOrder.compare(one, other)).isPositive();
        assertThat(KeyOrder.compare(other, one)).isNegative();
    }
}
