package io.deltatrace.internal.engine;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Comparison;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.ConditionVisitor;
import io.deltatrace.condition.Membership;
import io.deltatrace.condition.Not;
import io.deltatrace.condition.Or;
import io.deltatrace.condition.Regex;
import io.deltatrace.condition.TextMatch;
import io.deltatrace.condition.ValueType;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a condition down without its values, which may be nobody's business: {@code age >= ? and name startsWith ?}. */
final class ConditionText implements ConditionVisitor<String> {

    private static final int MOST_PARTS = 8;

    private ConditionText() {}

    static String of(Condition condition) {
        return condition.accept(new ConditionText());
    }

    @Override
    public String and(And condition) {
        return condition.conditions().isEmpty() ? "true" : joined(condition.conditions(), " and ");
    }

    @Override
    public String or(Or condition) {
        return condition.conditions().isEmpty() ? "false" : joined(condition.conditions(), " or ");
    }

    /** Conditions come from other machines, and can have any number of parts. */
    private String joined(List<Condition> parts, String word) {
        String text = parts.stream().limit(MOST_PARTS).map(this::part).collect(Collectors.joining(word));
        return parts.size() <= MOST_PARTS ? text : text + word + (parts.size() - MOST_PARTS) + " more";
    }

    private String part(Condition condition) {
        boolean isCompound = condition instanceof And || condition instanceof Or;
        String text = condition.accept(this);
        return isCompound ? "(" + text + ")" : text;
    }

    @Override
    public String not(Not condition) {
        return "not (" + condition.condition().accept(this) + ")";
    }

    @Override
    public String comparison(Comparison condition) {
        String sign = switch (condition.operator()) {
            case EQUAL -> " = ?";
            case NOT_EQUAL -> " != ?";
            case GREATER_THAN -> " > ?";
            case GREATER_THAN_OR_EQUAL -> " >= ?";
            case LESS_THAN -> " < ?";
            case LESS_THAN_OR_EQUAL -> " <= ?";
        };
        ValueType type = condition.valueType();
        return condition.field() + (type == ValueType.AUTO ? "" : " as " + type.wireName()) + sign;
    }

    @Override
    public String membership(Membership condition) {
        return condition.field() + (condition.negated() ? " not in (?)" : " in (?)");
    }

    @Override
    public String textMatch(TextMatch condition) {
        String word = switch (condition.operator()) {
            case CONTAINS -> " contains ?";
            case STARTS_WITH -> " startsWith ?";
            case ENDS_WITH -> " endsWith ?";
        };
        return condition.field() + word;
    }

    @Override
    public String regex(Regex condition) {
        return condition.field() + " matches ?";
    }
}
