package io.deltatrace.condition;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionTests {

    private static final Condition A = field("a").equalTo(true);
    private static final Condition B = field("b").equalTo(true);
    private static final Condition C = field("c").equalTo(true);

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void andOrNot_areThoseOfLogic(boolean a, boolean b) {
        Document document = Document.builder().put("a", a).put("b", b).build();

        assertThat(A.and(B).compile().test(document)).isEqualTo(a && b);
        assertThat(A.or(B).compile().test(document)).isEqualTo(a || b);
        assertThat(A.not().compile().test(document)).isEqualTo(!a);
    }

    @Test
    void emptyAnd_isMetByEveryDocument() {
        assertThat(new And(List.of()).compile()).accepts(Document.empty(), Document.parse("{\"a\": 1}"));
        assertThat(Condition.all()).isEqualTo(new And(List.of()));
    }

    @Test
    void emptyOr_isMetByNoDocument() {
        assertThat(new Or(List.of()).compile()).rejects(Document.empty(), Document.parse("{\"a\": 1}"));
    }

    @Test
    void emptyConditions_areNeutralWhereTheyAreExtended() {
        Document document = Document.parse("{\"a\": true}");

        assertThat(Condition.all().and(A)).isEqualTo(new And(List.of(A)));
        assertThat(new Or(List.of()).or(A).compile()).accepts(document).rejects(Document.empty());
        assertThat(new And(List.of()).not().compile()).rejects(document);
        assertThat(new Or(List.of()).not().compile()).accepts(document);
    }

    @Test
    void nestedConditions_areEvaluatedInside() {
        Condition condition = A.and(B.or(C.not()).not());

        assertThat(condition.compile())
                .accepts(Document.parse("{\"a\": true, \"b\": false, \"c\": true}"))
                .rejects(
                        Document.parse("{\"a\": false, \"b\": false, \"c\": true}"),
                        Document.parse("{\"a\": true, \"b\": true, \"c\": true}"),
                        Document.parse("{\"a\": true, \"b\": false, \"c\": false}"));
    }

    @Test
    void chainsOfOneKind_areFlat() {
        assertThat(A.and(B).and(C)).isEqualTo(new And(List.of(A, B, C)));
        assertThat(A.or(B).or(C)).isEqualTo(new Or(List.of(A, B, C)));
        assertThat(A.and(B).or(C)).isEqualTo(new Or(List.of(new And(List.of(A, B)), C)));
        assertThat(A.or(B).and(C)).isEqualTo(new And(List.of(new Or(List.of(A, B)), C)));
        assertThat(A.not().not()).isEqualTo(new Not(new Not(A)));
    }

    @Test
    void extendingACondition_leavesItAlone() {
        Condition both = A.and(B);

        both.and(C);

        assertThat(both).isEqualTo(new And(List.of(A, B)));
    }

    @Test
    void conditions_areCopied() {
        List<Condition> conditions = new ArrayList<>(List.of(A));
        And and = new And(conditions);
        Or or = new Or(conditions);

        conditions.add(B);

        assertThat(and.conditions()).containsExactly(A);
        assertThat(or.conditions()).containsExactly(A);
    }

    @Test
    void depth_countsTheLongestWay() {
        assertThat(A.depth()).isEqualTo(1);
        assertThat(Condition.all().depth()).isEqualTo(1);
        assertThat(new Or(List.of()).depth()).isEqualTo(1);
        assertThat(A.not().depth()).isEqualTo(2);
        assertThat(A.and(B.or(C.not())).depth()).isEqualTo(4);
    }

    static Stream<Arguments> nestings() {
        return Stream.of(
                arguments("and", (UnaryOperator<Condition>) inner -> new And(List.of(inner))),
                arguments("or", (UnaryOperator<Condition>) inner -> new Or(List.of(A, inner))),
                arguments("not", (UnaryOperator<Condition>) Condition::not));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nestings")
    void conditionsNestedDeeperThanAHundred_areRejected(String kind, UnaryOperator<Condition> nest) {
        Condition deepest = A;
        for (int i = 1; i < Condition.MAX_DEPTH; i++) {
            deepest = nest.apply(deepest);
        }
        Condition hundred = deepest;

        assertThat(hundred.depth()).as(kind).isEqualTo(100);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nest.apply(hundred))
                .withMessageContaining("nested deeper than 100");
    }

    @Test
    void chainOfAThousand_isOneLevelDeeperThanItsParts() {
        Condition all = Condition.all();
        Condition any = new Or(List.of());
        for (long i = 0; i < 1_000; i++) {
            all = all.and(field("n").greaterThan(i));
            any = any.or(field("n").equalTo(i));
        }

        assertThat(all.depth()).isEqualTo(2);
        assertThat(all.compile()).accepts(Document.parse("{\"n\": 1000}")).rejects(Document.parse("{\"n\": 999}"));
        assertThat(any.depth()).isEqualTo(2);
        assertThat(any.compile()).accepts(Document.parse("{\"n\": 999}")).rejects(Document.parse("{\"n\": 1000}"));
    }

    @Test
    void nullCondition_isRejected() {
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> A.and(null));
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> new Not(null));
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                arguments(A.and(B), "and"),
                arguments(A.or(B), "or"),
                arguments(A.not(), "not"),
                arguments(A, "comparison"),
                arguments(field("a").contains("x"), "textMatch"),
                arguments(field("a").in(1, 2), "membership"),
                arguments(field("a").matches("x"), "regex"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void accept_callsTheMethodForItsKind(Condition condition, String kind) {
        assertThat(condition.<String>accept(new KindVisitor())).isEqualTo(kind);
    }

    @Test
    void patternThatDoesNotCompile_failsTheWholeCondition() {
        Condition invalid = new Regex(FieldPath.of("a"), "(");

        assertThatIllegalArgumentException().isThrownBy(() -> A.and(invalid).compile());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> A.or(invalid.not()).compile());
    }

    private static final class KindVisitor implements ConditionVisitor<String> {

        @Override
        public String and(And condition) {
            return "and";
        }

        @Override
        public String or(Or condition) {
            return "or";
        }

        @Override
        public String not(Not condition) {
            return "not";
        }

        @Override
        public String comparison(Comparison condition) {
            return "comparison";
        }

        @Override
        public String textMatch(TextMatch condition) {
            return "textMatch";
        }

        @Override
        public String membership(Membership condition) {
            return "membership";
        }

        @Override
        public String regex(Regex condition) {
            return "regex";
        }
    }
}
