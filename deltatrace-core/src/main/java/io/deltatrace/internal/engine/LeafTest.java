package io.deltatrace.internal.engine;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.FieldCondition;
import io.deltatrace.condition.Not;
import io.deltatrace.condition.Or;
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
        if (condition == null) {
            return ALL;
        }
        if (condition instanceof And and) {
            return and(of(and.conditions()));
        }
        if (condition instanceof Or or) {
            return or(of(or.conditions()));
        }
        return condition instanceof Not not ? not(of(not.condition())) : field((FieldCondition) condition);
    }

    private static List<LeafTest> of(List<Condition> conditions) {
        return conditions.stream().map(LeafTest::of).toList();
    }

    private static LeafTest and(List<LeafTest> tests) {
        return (leaf, candidates) -> {
            int passed = candidates;
            for (int i = 0; i < tests.size() && passed != 0; i++) {
                passed = tests.get(i).test(leaf, passed);
            }
            return passed;
        };
    }

    private static LeafTest or(List<LeafTest> tests) {
        return (leaf, candidates) -> {
            int failed = candidates;
            for (int i = 0; i < tests.size() && failed != 0; i++) {
                failed &= ~tests.get(i).test(leaf, failed);
            }
            return candidates & ~failed;
        };
    }

    private static LeafTest not(LeafTest opposite) {
        return (leaf, candidates) -> candidates & ~opposite.test(leaf, candidates);
    }

    private static LeafTest field(FieldCondition condition) {
        ValueTest test = condition.compileForValues();
        FieldReader reader = condition.field().reader();
        return (leaf, candidates) -> leaf.test(condition.field(), reader, test, candidates);
    }
}
