package io.deltatrace.condition;

import io.deltatrace.document.DocumentMapper;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.Values;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Met by a document whose field contains a value, or whose field's text starts or ends with one. A field that is null is
 * none of these.
 *
 * @param operator how the value must be found
 * @param field the path to the field
 * @param value what is looked for: any value for {@link Operator#CONTAINS}, a string for the others
 */
public record TextMatch(
        Operator operator, FieldPath field, @Nullable Object value) implements FieldCondition {

    /** Where a value must be found. */
    public enum Operator {
        /** An array has an element equal to the value, or a string has it as a part. */
        CONTAINS("contains_"),
        /** The field's text starts with the value. */
        STARTS_WITH("startsWith_"),
        /** The field's text ends with the value. */
        ENDS_WITH("endsWith_");

        private final String wireName;

        Operator(String wireName) {
            this.wireName = wireName;
        }

        /** The node type in wire JSON. */
        public String wireName() {
            return wireName;
        }
    }

    /** Converts the value as a document's are, and rejects a start or an end that is not a string. */
    public TextMatch {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(field, "field");
        value = DocumentMapper.standard().toValue(value);
        if (operator != Operator.CONTAINS && !(value instanceof String)) {
            throw new IllegalArgumentException(
                    "A condition of type " + operator.wireName() + " needs a string, not " + Values.describe(value));
        }
    }

    @Override
    public ValueTest compileForValues() {
        if (operator == Operator.CONTAINS) {
            return this::contains;
        }
        String affix = Values.text(value);
        return operator == Operator.ENDS_WITH
                ? raw -> raw != null && Values.text(raw).endsWith(affix)
                : new TextStart(
                        affix,
                        false,
                        true,
                        raw -> raw != null && Values.text(raw).startsWith(affix));
    }

    private boolean contains(@Nullable Object field) {
        if (field instanceof List<?> elements) {
            for (Object element : elements) {
                if (Values.equal(element, value)) {
                    return true;
                }
            }
            return false;
        }
        return field instanceof String text && value instanceof String part && text.contains(part);
    }

    @Override
    public <R extends @Nullable Object> R accept(ConditionVisitor<R> visitor) {
        return visitor.textMatch(this);
    }
}
