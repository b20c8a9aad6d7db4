package io.deltatrace.condition;

import io.deltatrace.document.DocumentMapper;
import io.deltatrace.document.FieldPath;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Met by a document whose field stands in a relation to a value.
 *
 * <p>The field's value and the given value are both converted to the value type first. Where a conversion fails the
 * comparison is false, {@link Operator#NOT_EQUAL} included, which is therefore not the opposite of {@link Operator#EQUAL}.
 * The orderings are false where either side is null.
 *
 * @param operator the relation
 * @param field the path to the left side
 * @param value the right side
 * @param valueType what both sides are compared as
 */
public record Comparison(
        Operator operator, FieldPath field, @Nullable Object value, ValueType valueType) implements FieldCondition {

    /** A relation between two values. */
    public enum Operator {
        /** Left and right are equal. */
        EQUAL("equals_"),
        /** Left and right are comparable and not equal. */
        NOT_EQUAL("notEquals_"),
        /** Left is greater. */
        GREATER_THAN("greaterThan_"),
        /** Left is greater or equal. */
        GREATER_THAN_OR_EQUAL("greaterThanOrEqual_"),
        /** Left is less. */
        LESS_THAN("lessThan_"),
        /** Left is less or equal. */
        LESS_THAN_OR_EQUAL("lessThanOrEqual_");

        private final String wireName;

        Operator(String wireName) {
            this.wireName = wireName;
        }

        /** The node type in wire JSON. */
        public String wireName() {
            return wireName;
        }

        private boolean isOrdering() {
            return this != EQUAL && this != NOT_EQUAL;
        }

        private boolean accepts(int order) {
            return switch (this) {
                case GREATER_THAN -> order > 0;
                case GREATER_THAN_OR_EQUAL -> order >= 0;
                case LESS_THAN -> order < 0;
                case LESS_THAN_OR_EQUAL -> order <= 0;
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
            };
        }
    }

    /** Converts the value as a document's are. */
    public Comparison {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(valueType, "valueType");
        value = DocumentMapper.standard().toValue(value);
    }

    @Override
    public ValueTest compileForValues() {
        Object right = valueType.convert(value);
        if (right == ValueType.NOT_CONVERTIBLE || (operator.isOrdering() && value == null)) {
            return left -> false;
        }
        ValueTest test = operator.isOrdering() ? ordering(right) : equality(right);
        if (valueType == ValueType.AUTO && right instanceof Long number) {
            return IntegerRange.of(operator, number, test);
        }
        return valueType == ValueType.AUTO && right instanceof String text && !operator.isOrdering()
                ? new TextStart(text, true, operator == Operator.EQUAL, test)
                : test;
    }

    private ValueTest equality(@Nullable Object right) {
        boolean wanted = operator == Operator.EQUAL;
        return raw -> {
            Object left = valueType.convert(raw);
            return left != ValueType.NOT_CONVERTIBLE && valueType.equal(left, right) == wanted;
        };
    }

    private ValueTest ordering(@Nullable Object right) {
        return raw -> {
            Object left = raw == null ? ValueType.NOT_CONVERTIBLE : valueType.convert(raw);
            int order = valueType.compare(left, right);
            return order != ValueType.INCOMPARABLE && operator.accepts(order);
        };
    }

    @Override
    public <R extends @Nullable Object> R accept(ConditionVisitor<R> visitor) {
        return visitor.comparison(this);
    }
}
