package io.deltatrace.condition;

import org.jspecify.annotations.Nullable;

/** Whether values pass. */
@FunctionalInterface
public interface ValueTest {

    /** Whether a value, of any kind that a document can hold, passes. */
    boolean test(@Nullable Object value);

    /**
     * Which of some integers pass.
     *
     * @param integers at most 32 of them
     * @param candidates a bit for each of those that are asked for, the lowest for the first
     * @return a bit for each of them that passes
     */
    default int testAll(long[] integers, int candidates) {
        int passed = 0;
        for (int left = candidates; left != 0; left &= left - 1) {
            int i = Integer.numberOfTrailingZeros(left);
            if (test(integers[i])) {
                passed |= 1 << i;
            }
        }
        return passed;
    }

    /**
     * Which of some texts pass.
     *
     * @param texts at most 32 of them
     * @param prefixes the {@link TextPrefix} of each
     * @param candidates as for integers
     * @return as for integers
     */
    default int testAll(String[] texts, long[] prefixes, int candidates) {
        int passed = 0;
        for (int left = candidates; left != 0; left &= left - 1) {
            int i = Integer.numberOfTrailingZeros(left);
            if (test(texts[i])) {
                passed |= 1 << i;
            }
        }
        return passed;
    }
}
