package io.deltatrace.condition;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many instructions a pattern may compile to, estimated before it is compiled.
 *
 * <p>RE2/J takes time linear in the text, but unfolds repetitions: {@code ((a{1000}){1000}){1000}} would be a thousand million
 * instructions. RE2 itself limits nested repetitions to 1,000 in all; this limits their sum.
 */
final class PatternSize {

    /** How deep groups may be nested: the matcher goes into them by recursion. */
    static final int MAX_NESTING = 200;

    private static final String QUOTE_START = "\\Q";
    private static final String QUOTE_END = "\\E";

    private final String pattern;
    private final Deque<Long> outer = new ArrayDeque<>();
    private int position;
    private long size;
    private long lastItem;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    /**
     * The estimate; it says nothing of a pattern that does not compile.
     *
     * @throws PatternSyntaxException if a parenthesis is closed that was not opened, or groups are nested too deep
     */
    static long of(String pattern) {
        return new PatternSize(pattern).measure();
    }

    private long measure() {
        while (position < pattern.length()) {
            char c = pattern.charAt(position);
            if (c == '(') {
                openGroup();
            } else if (c == ')') {
                closeGroup();
            } else if (c == '{') {
                repeat();
            } else {
                add(c);
            }
        }
        while (!outer.isEmpty()) {
            size += outer.pop();
        }
        return size;
    }

    private void openGroup() {
        if (outer.size() == MAX_NESTING) {
            throw new PatternSyntaxException("groups nested deeper than " + MAX_NESTING, pattern.substring(position));
        }
        outer.push(size);
        size = 0;
        lastItem = 0;
        position++;
    }

    private void closeGroup() {
        if (outer.isEmpty()) {
            throw new PatternSyntaxException("unexpected )", pattern.substring(position));
        }
        lastItem = size + 1;
        size = outer.pop() + lastItem;
        position++;
    }

    private void add(char c) {
        if (pattern.startsWith(QUOTE_START, position)) {
            int end = pattern.indexOf(QUOTE_END, position);
            int stop = end < 0 ? pattern.length() : end;
            size += stop - position;
            position = end < 0 ? stop : stop + QUOTE_END.length();
        } else if (c == '[') {
            skipClass();
            size++;
        } else {
            position += c == '\\' ? escapeLength() : 1;
            size++;
        }
        lastItem = 1;
    }

    /** The braces of a code point or a class of characters are no repetition. */
    private int escapeLength() {
        boolean braces = position + 2 < pattern.length()
                && "xpP".indexOf(pattern.charAt(position + 1)) >= 0
                && pattern.charAt(position + 2) == '{';
        int end = braces ? pattern.indexOf('}', position) : -1;
        return end < 0 ? 2 : end + 1 - position;
    }

    /** A bracket right at the start of a class, or after its negation, stands for itself. */
    private void skipClass() {
        position++;
        if (pattern.startsWith("^", position)) {
            position++;
        }
        if (pattern.startsWith("]", position)) {
            position++;
        }
        while (position < pattern.length() && pattern.charAt(position) != ']') {
            boolean named = pattern.startsWith("[:", position);
            int end = named ? pattern.indexOf(":]", position) : -1;
            position = end >= 0 ? end + 2 : position + (pattern.charAt(position) == '\\' ? 2 : 1);
        }
        position++;
    }

    /** The count of a repetition replaces the one item before it; braces without a count are characters. */
    private void repeat() {
        int end = pattern.indexOf('}', position);
        long count = end < 0 ? -1 : count(pattern.substring(position + 1, end));
        if (count < 0) {
            add('{');
            return;
        }
        long repeated = saturated(lastItem, Math.max(1, count));
        size += repeated - lastItem;
        lastItem = repeated;
        position = end + 1;
    }

    private static long saturated(long item, long count) {
        return item > Integer.MAX_VALUE / count ? Integer.MAX_VALUE : item * count;
    }

    /** The largest number in {@code n}, {@code n,} or {@code n,m}; -1 if it is none of these. */
    private static long count(String body) {
        if (body.startsWith(",")) {
            return -1;
        }
        long largest = -1;
        for (String number : body.split(",", 2)) {
            if (number.length() > 6 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return -1;
            }
            largest = number.isEmpty() ? largest : Math.max(largest, Long.parseLong(number));
        }
        return largest;
    }
}
