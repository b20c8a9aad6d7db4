package io.deltatrace.json;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Comparison;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.Membership;
import io.deltatrace.condition.Not;
import io.deltatrace.condition.Or;
import io.deltatrace.condition.Regex;
import io.deltatrace.condition.TextMatch;
import io.deltatrace.condition.ValueType;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a condition. Its fields may come in any order, so each node is collected first and made when it is complete. */
final class ConditionReader {

    private final JsonCursor in;
    private int nodes;

    ConditionReader(JsonCursor in) {
        this.in = in;
    }

    Condition read() {
        return read(1);
    }

    private Condition read(int depth) {
        if (depth > Condition.MAX_DEPTH) {
            throw in.failure("Conditions are nested deeper than " + Condition.MAX_DEPTH);
        }
        if (++nodes > in.limits().maxConditionNodes()) {
            throw in.failure("The condition has more than " + in.limits().maxConditionNodes() + " nodes");
        }
        Node node = new Node(depth);
        in.object(node);
        return in.construct(node::build);
    }

    private final class Node implements JsonCursor.FieldHandler {

        private final int depth;
        private @Nullable String type;
        private @Nullable List<Condition> conditions;
        private @Nullable Condition condition;
        private @Nullable FieldPath field;
        private @Nullable Object value;
        private @Nullable ValueType valueType;
        private @Nullable String pattern;
        private @Nullable List<@Nullable Object> values;

        Node(int depth) {
            this.depth = depth;
        }

        @Override
        public boolean read(String name) {
            switch (name) {
                case "type" -> type = in.string();
                case "conditions" -> conditions = in.list(() -> ConditionReader.this.read(depth + 1));
                case "condition" -> condition = ConditionReader.this.read(depth + 1);
                case "field" -> field = in.path();
                case "value" -> value = in.value();
                case "vType" -> valueType = in.orNull(() -> in.named("vType", ValueType.values(), ValueType::wireName));
                case "pattern" -> pattern = in.string();
                case "values" -> values = values();
                default -> {
                    return false;
                }
            }
            return true;
        }

        private List<@Nullable Object> values() {
            List<@Nullable Object> list = new ArrayList<>();
            in.elements(() -> list.add(in.value()));
            return list;
        }

        Condition build() {
            String node = require(type, "type");
            for (Comparison.Operator operator : Comparison.Operator.values()) {
                if (operator.wireName().equals(node)) {
                    return new Comparison(operator, field(), value, valueType == null ? ValueType.AUTO : valueType);
                }
            }
            for (TextMatch.Operator operator : TextMatch.Operator.values()) {
                if (operator.wireName().equals(node)) {
                    return new TextMatch(operator, field(), value);
                }
            }
            return switch (node) {
                case "and_" -> new And(require(conditions, "conditions"));
                case "or_" -> new Or(require(conditions, "conditions"));
                case "not_" -> new Not(require(condition, "condition"));
                case "regex_" -> new Regex(field(), require(pattern, "pattern"));
                case "in_" -> new Membership(field(), require(values, "values"), false);
                case "notIn_" -> new Membership(field(), require(values, "values"), true);
                default -> throw in.failure("Unknown condition type '" + Values.shown(node) + "'");
            };
        }

        private FieldPath field() {
            return require(field, "field");
        }

        private <T> T require(@Nullable T part, String name) {
            if (part == null) {
                throw in.failure("A condition" + (type == null ? "" : " of type " + type) + " needs '" + name + "'");
            }
            return part;
        }
    }
}
