package io.deltatrace.condition;

import org.jspecify.annotations.Nullable;

/**
 * The test of whether a text starts with another one, or whether it is or is not another one; if the other one is short, by what it
 * starts with alone.
 *
 * @param start the other one
 * @param whole whether it has to be the whole text
 * @param wanted whether the text passes if that is so
 * @param values the same test of any value
 */
record TextStart(String start, boolean whole, boolean wanted, ValueTest values) implements ValueTest {

    @Override
    public boolean test(@Nullable Object value) {
        return values.test(value);
    }

    @Override
    public int testAll(String[] texts, long[] prefixes, int candidates) {
        long prefix = TextPrefix.of(start);
        if (prefix == TextPrefix.UNKNOWN) {
            return ValueTest.super.testAll(texts, prefixes, candidates);
        }
        int length = Math.min(start.length(), TextPrefix.MOST);
        long mask = TextPrefix.mask(length, whole);
        boolean decided = start.length() <= TextPrefix.MOST;
        int passed = 0;
        for (int left = candidates; left != 0; left &= left - 1) {
            int i = Integer.numberOfTrailingZeros(left);
            long other = prefixes[i];
            boolean starts = ((other ^ prefix) & mask) == 0 && TextPrefix.length(other) >= length;
            boolean known = other != TextPrefix.UNKNOWN && (decided || !starts);
            if (known ? starts == wanted : values.test(texts[i])) {
                passed |= 1 << i;
            }
        }
        return passed;
    }
}
