package io.deltatrace.condition;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.deltatrace.condition.Comparison.Operator;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FieldTests {

    private static final FieldPath PATH = FieldPath.of("a.b");
    private static final Field FIELD = field("a.b");

    static Stream<Arguments> comparisons() {
        return Stream.of(
                arguments(FIELD.equalTo(5), Operator.EQUAL),
                arguments(FIELD.notEqualTo(5), Operator.NOT_EQUAL),
                arguments(FIELD.greaterThan(5), Operator.GREATER_THAN),
                arguments(FIELD.greaterThanOrEqualTo(5), Operator.GREATER_THAN_OR_EQUAL),
                arguments(FIELD.lessThan(5), Operator.LESS_THAN),
                arguments(FIELD.lessThanOrEqualTo(5), Operator.LESS_THAN_OR_EQUAL));
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void comparison_hasItsOperatorAndComparesAsTheValuesAre(Condition condition, Operator operator) {
        assertThat(condition).isEqualTo(new Comparison(operator, PATH, 5L, ValueType.AUTO));
    }

    @Test
    void as_setsTheTypeAndLeavesTheFieldAlone() {
        Field integers = FIELD.as(ValueType.INTEGER);

        assertThat(integers.lessThan("5")).isEqualTo(new Comparison(Operator.LESS_THAN, PATH, "5", ValueType.INTEGER));
        assertThat(FIELD.lessThan("5")).isEqualTo(new Comparison(Operator.LESS_THAN, PATH, "5", ValueType.AUTO));
    }

    static Stream<Object> moments() {
        Instant instant = Instant.parse("2024-02-29T12:30:15Z");
        return Stream.of(
                instant,
                OffsetDateTime.ofInstant(instant, ZoneOffset.ofHours(9)),
                ZonedDateTime.ofInstant(instant, ZoneOffset.ofHours(-3)));
    }

    @ParameterizedTest
    @MethodSource("moments")
    void momentInTime_isComparedAsATimestamp(Object moment) {
        Condition condition = FIELD.equalTo(moment);

        assertThat(((Comparison) condition).valueType()).isEqualTo(ValueType.TIMESTAMP);
        assertThat(condition.compile())
                .accepts(
                        Document.parse("{\"a\": {\"b\": \"2024-02-29T12:30:15Z\"}}"),
                        Document.parse("{\"a\": {\"b\": \"2024-02-29T21:30:15+09:00\"}}"))
                .rejects(Document.parse("{\"a\": {\"b\": \"2024-02-29T12:30:16Z\"}}"));
    }

    @Test
    void momentInTime_isComparedAsTheCallerSays() {
        assertThat(FIELD.as(ValueType.TEXT).equalTo(Instant.EPOCH))
                .isEqualTo(new Comparison(Operator.EQUAL, PATH, "1970-01-01T00:00:00Z", ValueType.TEXT));
    }

    @Test
    void dateWithoutTime_isComparedAsItIs() {
        assertThat(FIELD.equalTo(LocalDate.of(2024, 2, 29)))
                .isEqualTo(new Comparison(Operator.EQUAL, PATH, "2024-02-29", ValueType.AUTO));
    }

    @Test
    void nullChecks_compareWithNull() {
        assertThat(FIELD.isNull()).isEqualTo(new Comparison(Operator.EQUAL, PATH, null, ValueType.AUTO));
        assertThat(FIELD.isNotNull()).isEqualTo(new Comparison(Operator.NOT_EQUAL, PATH, null, ValueType.AUTO));
        assertThat(FIELD.equalTo(null)).isEqualTo(FIELD.isNull());
        assertThat(FIELD.isNull().compile())
                .accepts(Document.empty(), Document.parse("{\"a\": {\"b\": null}}"))
                .rejects(Document.parse("{\"a\": {\"b\": false}}"));
    }

    @Test
    void nullChecks_ignoreTheTypeOfTheField() {
        assertThat(FIELD.as(ValueType.INTEGER).isNull()).isEqualTo(FIELD.isNull());
        assertThat(FIELD.as(ValueType.INTEGER).isNotNull()).isEqualTo(FIELD.isNotNull());
    }

    @Test
    void textMatches_haveTheirOperator() {
        assertThat(FIELD.contains(5)).isEqualTo(new TextMatch(TextMatch.Operator.CONTAINS, PATH, 5L));
        assertThat(FIELD.contains(null)).isEqualTo(new TextMatch(TextMatch.Operator.CONTAINS, PATH, null));
        assertThat(FIELD.startsWith("x")).isEqualTo(new TextMatch(TextMatch.Operator.STARTS_WITH, PATH, "x"));
        assertThat(FIELD.endsWith("x")).isEqualTo(new TextMatch(TextMatch.Operator.ENDS_WITH, PATH, "x"));
    }

    @Test
    void membership_convertsItsValues() {
        List<Object> converted = Arrays.asList(1L, "MONDAY", null);

        assertThat(FIELD.in(1, DayOfWeek.MONDAY, null)).isEqualTo(new Membership(PATH, converted, false));
        assertThat(FIELD.notIn(1, DayOfWeek.MONDAY, null)).isEqualTo(new Membership(PATH, converted, true));
        assertThat(FIELD.in(Set.of(7))).isEqualTo(new Membership(PATH, List.of(7L), false));
        assertThat(FIELD.notIn(Set.of(7))).isEqualTo(new Membership(PATH, List.of(7L), true));
        assertThat(FIELD.in()).isEqualTo(new Membership(PATH, List.of(), false));
    }

    @Test
    void matches_hasThePattern() {
        assertThat(FIELD.matches("^x")).isEqualTo(new Regex(PATH, "^x"));
    }

    @Test
    void valueOfAnyJavaType_isConvertedAsADocumentIs() {
        assertThat(FIELD.equalTo(Map.of("x", 1)).compile())
                .accepts(Document.parse("{\"a\": {\"b\": {\"x\": 1.0}}}"))
                .rejects(Document.parse("{\"a\": {\"b\": {\"x\": 2}}}"));
        assertThat(FIELD.equalTo(new Point(1, 2)).compile())
                .accepts(Document.parse("{\"a\": {\"b\": {\"y\": 2, \"x\": 1}}}"));
    }

    @Test
    void valueThatJsonCannotExpress_isRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FIELD.equalTo(Double.NaN))
                .withMessageContaining("NaN is not a JSON number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FIELD.in("fine", new Thread()))
                .withMessageContaining("java.lang.Thread");
    }

    record Point(int x, int y) {}
}
