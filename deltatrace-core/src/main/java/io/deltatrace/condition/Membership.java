package io.deltatrace.condition;

import io.deltatrace.document.DocumentMapper;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Met by a document whose field is, or is not, one of some values. Equality is that of {@link ValueType#AUTO}; a missing
 * field is null, and null may be among the values.
 *
 * @param field the path to the field
 * @param values the values, in any order
 * @param negated whether the field must be none of the values
 */
public record Membership(FieldPath field, List<@Nullable Object> values, boolean negated) implements FieldCondition {

    private static final int SCAN_LIMIT = 8;

    /** Converts the values as a document's are. */
    public Membership {
        Objects.requireNonNull(field, "field");
        List<@Nullable Object> converted = new ArrayList<>(values.size());
        for (Object value : values) {
            converted.add(DocumentMapper.standard().toValue(value));
        }
        values = Collections.unmodifiableList(converted);
    }

    @Override
    public ValueTest compileForValues() {
        Predicate<@Nullable Object> test = values.size() <= SCAN_LIMIT ? this::isListed : lookup();
        return raw -> test.test(raw) != negated;
    }

    private boolean isListed(@Nullable Object field) {
        for (Object value : values) {
            if (Values.equal(value, field)) {
                return true;
            }
        }
        return false;
    }

    private Predicate<@Nullable Object> lookup() {
        Map<Integer, List<@Nullable Object>> byHash = new HashMap<>();
        for (Object value : values) {
            byHash.computeIfAbsent(Values.hash(value), hash -> new ArrayList<>())
                    .add(value);
        }
        return field -> {
            for (Object value : byHash.getOrDefault(Values.hash(field), List.of())) {
                if (Values.equal(value, field)) {
                    return true;
                }
            }
            return false;
        };
    }

    @Override
    public <R extends @Nullable Object> R accept(ConditionVisitor<R> visitor) {
        return visitor.membership(this);
    }
}
