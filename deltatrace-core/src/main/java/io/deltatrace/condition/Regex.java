package io.deltatrace.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.Values;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Met by a document whose field has a text in which the pattern is found anywhere. Null has none.
 *
 * <p>Patterns come from other machines, so they are run by RE2/J, which takes time linear in the text for every pattern it
 * accepts; back references and look-around it does not have.
 *
 * @param field the path to the field
 * @param pattern in RE2 syntax
 */
public record Regex(FieldPath field, String pattern) implements FieldCondition {

    private static final int MAX_LENGTH = 10_000;

    /** How long a pattern may be when its repetitions are written out, in characters. */
    public static final int MAX_SIZE = 2_000;

    /** Requires both. */
    public Regex {
        Objects.requireNonNull(field, "field");
        Values.requireText(pattern);
    }

    @Override
    public ValueTest compileForValues() {
        Pattern compiled = compilePattern();
        return raw -> raw != null && compiled.matcher(Values.text(raw)).find();
    }

    private Pattern compilePattern() {
        try {
            if (pattern.length() > MAX_LENGTH || PatternSize.of(pattern) > MAX_SIZE) {
                throw wrong("it is longer than " + MAX_SIZE + " characters with its repetitions written out");
            }
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            // What RE2/J names is the rest of the pattern, or else the first part of it that looks so.
            String part = e.getPattern();
            int position = pattern.endsWith(part) ? pattern.length() - part.length() : pattern.indexOf(part);
            throw wrong(e.getDescription() + " at position " + Math.max(0, position));
        }
    }

    /** Says nothing of the pattern itself, which is looked for in values and may be a part of one. */
    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("The pattern for field '" + field + "' does not compile: " + why);
    }

    @Override
    public <R extends @Nullable Object> R accept(ConditionVisitor<R> visitor) {
        return visitor.regex(this);
    }
}
