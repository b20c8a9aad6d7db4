package io.deltatrace.condition;

import io.deltatrace.condition.Comparison.Operator;
import org.jspecify.annotations.Nullable;

/**
 * The test of a comparison with an integer: whether a value is, or is not, within some bounds.
 *
 * @param least the first integer within them
 * @param greatest the last integer within them, not less than the first
 * @param within whether it has to be
 * @param others the test of what is no integer of this size
 */
record IntegerRange(long least, long greatest, boolean within, ValueTest others) implements ValueTest {

    static IntegerRange of(Operator operator, long value, ValueTest others) {
        return switch (operator) {
            case EQUAL -> new IntegerRange(value, value, true, others);
            case NOT_EQUAL -> new IntegerRange(value, value, false, others);
            case LESS_THAN_OR_EQUAL -> new IntegerRange(Long.MIN_VALUE, value, true, others);
            case GREATER_THAN -> new IntegerRange(Long.MIN_VALUE, value, false, others);
            case GREATER_THAN_OR_EQUAL -> new IntegerRange(value, Long.MAX_VALUE, true, others);
            case LESS_THAN -> new IntegerRange(value, Long.MAX_VALUE, false, others);
        };
    }

    @Override
    public boolean test(@Nullable Object value) {
        return value instanceof Long number ? test(number.longValue()) : others.test(value);
    }

    private boolean test(long value) {
        return (Long.compareUnsigned(value - least, greatest - least) <= 0) == within;
    }

    /** Without a branch for each, as which of them pass cannot be foreseen. */
    @Override
    public int testAll(long[] integers, int candidates) {
        int passed = 0;
        for (int i = 0; i < integers.length; i++) {
            passed |= (test(integers[i]) ? 1 : 0) << i;
        }
        return passed & candidates;
    }
}
