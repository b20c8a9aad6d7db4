package io.deltatrace.internal.engine;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Comparison;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.ConditionVisitor;
import io.deltatrace.condition.FieldCondition;
import io.deltatrace.condition.Membership;
import io.deltatrace.condition.Not;
import io.deltatrace.condition.Or;
import io.deltatrace.condition.Regex;
import io.deltatrace.condition.TextMatch;
import io.deltatrace.condition.ValueTest;
import io.deltatrace.document.FieldReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test of all documents of a leaf at once, one part of a condition after the other, as databases with columns do it (Boncz,
 * Zukowski, Nes: "MonetDB/X100: Hyper-pipelining query execution", CIDR 2005). For one run of a query; not thread-safe.
 */
@FunctionalInterface
interface LeafTest {

    /** The test that all documents pass. */
    LeafTest ALL = (leaf, candidates) -> candidates;

    /**
     * Which documents pass.
     *
     * @param leaf a node with documents
     * @param candidates a bit for each slot that is asked for, the lowest for the first
     * @return a bit for each of them that passes
     */
    int test(RowNode leaf, int candidates);

    /** The test of whether documents meet a condition; null is met by all. */
    static LeafTest of(@Nullable Condition condition) {
        return condition == null ? ALL : condition.accept(Compiler.INSTANCE);
    }

    /** Makes tests of conditions. */
    final class Compiler implements ConditionVisitor<LeafTest> {

        private static final Compiler INSTANCE = new Compiler();

        private Compiler() {}

        private List<LeafTest> tests(List<Condition> conditions) {
            return conditions.stream().map(condition -> condition.accept(this)).toList();
        }

        @Override
        public LeafTest and(And condition) {
            List<LeafTest> tests = tests(condition.conditions());
            return (leaf, candidates) -> {
                int passed = candidates;
                for (int i = 0; i < tests.size() && passed != 0; i++) {
                    passed = tests.get(i).test(leaf, passed);
                }
                return passed;
            };
        }

        @Override
        public LeafTest or(Or condition) {
            List<LeafTest> tests = tests(condition.conditions());
            return (leaf, candidates) -> {
                int failed = candidates;
                for (int i = 0; i < tests.size() && failed != 0; i++) {
                    failed &= ~tests.get(i).test(leaf, failed);
                }
                return candidates & ~failed;
            };
        }

        @Override
        public LeafTest not(Not condition) {
            LeafTest opposite = condition.condition().accept(this);
            return (leaf, candidates) -> candidates & ~opposite.test(leaf, candidates);
        }

        private static LeafTest field(FieldCondition condition) {
            ValueTest test = condition.compileForValues();
            FieldReader reader = condition.field().reader();
            return (leaf, candidates) -> leaf.column(condition.field(), reader).test(test, candidates);
        }

        @Override
        public LeafTest comparison(Comparison condition) {
            return field(condition);
        }

        @Override
        public LeafTest textMatch(TextMatch condition) {
            return field(condition);
        }

        @Override
        public LeafTest membership(Membership condition) {
            return field(condition);
        }

        @Override
        public LeafTest regex(Regex condition) {
            return field(condition);
        }
    }
}
