package io.deltatrace.condition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.FieldReader;
import io.deltatrace.document.Values;
import java.util.function.Predicate;

/**
 * Met by a document whose field has a text in which the pattern is found anywhere. Null has none.
 *
 * <p>Patterns come from other machines, so they are run by RE2/J, which takes time linear in the text for every pattern it
 * accepts; back references and look-around it does not have.
 *
 * @param field the path to the field
 * @param pattern in RE2 syntax
 */
public record Regex(FieldPath field, String pattern) implements Condition {

    /** The longest pattern that is compiled, in characters: what a pattern compiles to can be a thousand times its length. */
    public static final int MAX_PATTERN_LENGTH = 1_000;

    @Override
    public Predicate<Document> compile() {
        Pattern compiled = compilePattern();
        FieldReader reader = field.reader();
        return document -> {
            Object value = reader.read(document);
            return value != null && compiled.matcher(Values.text(value)).find();
        };
    }

    private Pattern compilePattern() {
        if (pattern.length() > MAX_PATTERN_LENGTH) {
            throw new IllegalArgumentException(
                    "The pattern for field '" + field + "' is longer than " + MAX_PATTERN_LENGTH + " characters");
        }
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            int position = Math.max(0, pattern.indexOf(e.getPattern()));
            throw new IllegalArgumentException(
                    "The pattern '" + pattern + "' for field '" + field + "' does not compile: " + e.getDescription()
                            + " at position " + position + ": `" + e.getPattern() + "`",
                    e);
        }
    }

    @Override
    public <R> R accept(ConditionVisitor<R> visitor) {
        return visitor.regex(this);
    }
}
