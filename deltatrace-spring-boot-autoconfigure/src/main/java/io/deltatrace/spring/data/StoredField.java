package io.deltatrace.spring.data;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Comparison;
import io.deltatrace.condition.Comparison.Operator;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.Field;
import io.deltatrace.condition.Or;
import io.deltatrace.condition.ValueType;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.Timestamps;
import io.deltatrace.query.Sort;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.PropertyPath;
import org.springframework.data.core.TypeInformation;
import org.springframework.util.ClassUtils;

/**
 * A property of entities as a field of their documents. Values are compared as they are stored: moments as moments, text by code
 * point, and everything else as JSON.
 */
final class StoredField {

    private static final Set<Class<?>> ORDERED_AS_TEXT =
            Set.of(LocalDate.class, LocalDateTime.class, LocalTime.class, Character.class);
    private static final Map<Class<?>, Supplier<Object>> MOMENTS = Map.of(
            Instant.class, () -> Instant.EPOCH,
            OffsetDateTime.class, () -> Instant.EPOCH.atOffset(ZoneOffset.UTC),
            ZonedDateTime.class, () -> Instant.EPOCH.atZone(ZoneOffset.UTC),
            Date.class, () -> Date.from(Instant.EPOCH));

    private final FieldPath path;
    private final PropertyPath property;
    private final TypeInformation<?> type;
    private final JsonProperties json;
    private final JsonProperties.JsonProperty leaf;
    private final ValueType valueType;

    private StoredField(FieldPath path, PropertyPath property, JsonProperties json, JsonProperties.JsonProperty leaf) {
        this.path = path;
        this.property = property;
        this.type = property.getOwningType().getRequiredProperty(property.getSegment());
        this.json = json;
        this.leaf = leaf;
        Supplier<Object> moment = MOMENTS.get(javaType());
        boolean text = moment != null
                && json.stored(moment.get(), leaf) instanceof String written
                && Timestamps.parse(written) != null;
        this.valueType = text ? ValueType.TIMESTAMP : ValueType.AUTO;
    }

    /**
     * The field of a property.
     *
     * @throws IllegalArgumentException if the property is not stored as a field that a condition can name
     */
    static StoredField of(PropertyPath root, JsonProperties json) {
        List<String> names = new ArrayList<>();
        for (PropertyPath step = root; ; step = Objects.requireNonNull(step.next())) {
            JsonProperties.JsonProperty property =
                    json.of(step.getOwningType().getType()).get(step.getSegment());
            String where = "'" + root.toDotPath() + "' of "
                    + root.getOwningType().getType().getSimpleName();
            if (property == null || property.isUnwrapped()) {
                throw new IllegalArgumentException("The property " + where + " is not stored in a field of its own");
            }
            names.add(property.name());
            if (!step.hasNext()) {
                return new StoredField(new FieldPath(names), step, json, property);
            }
            TypeInformation<?> container = step.getOwningType().getRequiredProperty(step.getSegment());
            if (container.isCollectionLike() || container.isMap()) {
                throw new IllegalArgumentException("The property " + where
                        + " is in the elements of a list or a map, where no condition can look");
            }
        }
    }

    /** Where it is. */
    FieldPath path() {
        return path;
    }

    /** Its type in Java; of a list, that of the list. */
    Class<?> javaType() {
        return ClassUtils.resolvePrimitiveIfNecessary(type.getType());
    }

    boolean isList() {
        return type.isCollectionLike();
    }

    boolean isText() {
        return CharSequence.class.isAssignableFrom(javaType());
    }

    /** Whether the order of its values in Java is that of what is stored. */
    boolean isOrdered() {
        return isText()
                || Number.class.isAssignableFrom(javaType())
                || ORDERED_AS_TEXT.contains(javaType())
                || MOMENTS.containsKey(javaType());
    }

    /** A value as it is stored here. */
    @Nullable
    Object stored(@Nullable Object value) {
        return json.stored(value, leaf);
    }

    Condition isNull() {
        return Field.field(path.toString()).isNull();
    }

    Condition isNotNull() {
        return Field.field(path.toString()).isNotNull();
    }

    Condition equalTo(@Nullable Object value) {
        return value == null ? isNull() : compared(Operator.EQUAL, value, valueType);
    }

    /** Equal but for the case of its letters; it is told from a missing one, whose text would be {@code null}. */
    Condition equalIgnoringCase(String value) {
        return isNotNull().and(compared(Operator.EQUAL, value, ValueType.TEXT_IGNORING_CASE));
    }

    Condition compared(Operator operator, @Nullable Object value) {
        return compared(operator, value, valueType);
    }

    private Condition compared(Operator operator, @Nullable Object value, ValueType as) {
        return new Comparison(operator, path, stored(value), as);
    }

    /** Equal to one of the values, given as a collection or an array. */
    Condition in(@Nullable Object values) {
        Collection<?> list = values instanceof Collection<?> collection
                ? collection
                : Arrays.asList(org.springframework.util.ObjectUtils.toObjectArray(values));
        if (valueType == ValueType.TIMESTAMP) {
            return new Or(list.stream().map(this::equalTo).toList());
        }
        List<@Nullable Object> stored = new ArrayList<>();
        list.forEach(value -> stored.add(stored(value)));
        return Field.field(path.toString()).in(stored);
    }

    /** Is a list that has the value. */
    Condition contains(@Nullable Object value) {
        return Field.field(path.toString()).contains(stored(value));
    }

    /** The order by it. */
    Sort.Order order(boolean descending, boolean ignoringCase) {
        return new Sort.Order(path, descending, ignoringCase ? ValueType.TEXT_IGNORING_CASE : valueType);
    }

    /** What comes after a value in an order by this field, in which null is last, or first if it descends. */
    Condition after(@Nullable Object value, Sort.Order order) {
        if (value == null) {
            return order.reversed() ? isNotNull() : new Or(List.of());
        }
        if (value instanceof Boolean truth) {
            Condition other = truth == order.reversed() ? equalTo(!truth) : new Or(List.of());
            return order.reversed() ? other : other.or(isNull());
        }
        Operator operator = order.reversed() ? Operator.LESS_THAN : Operator.GREATER_THAN;
        Condition beyond = compared(operator, value, order.valueType());
        return order.reversed() ? beyond : beyond.or(isNull());
    }

    /** What is at the same place as a value in an order by this field. */
    Condition level(@Nullable Object value, Sort.Order order) {
        return value == null
                ? isNull()
                : new And(List.of(isNotNull(), compared(Operator.EQUAL, value, order.valueType())));
    }

    /** The name of the property, for messages. */
    @Override
    public String toString() {
        return property.getSegment();
    }
}
