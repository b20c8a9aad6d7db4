package io.deltatrace.condition;

import io.deltatrace.document.FieldPath;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A field of documents, from which conditions are built: {@code field("address.city").equalTo("Nara")}. Immutable.
 *
 * <p>Values are converted as those of {@link io.deltatrace.document.Document#of(Object)} are. A comparison with an {@link Instant}, {@link OffsetDateTime} or
 * {@link ZonedDateTime} compares {@linkplain ValueType#TIMESTAMP instants} unless {@link #as} says otherwise.
 */
public final class Field {

    private final FieldPath path;
    private final @Nullable ValueType type;

    private Field(FieldPath path, @Nullable ValueType type) {
        this.path = path;
        this.type = type;
    }

    /** The field at a dotted path, such as {@code address.geo.lat}. */
    public static Field field(String path) {
        return new Field(FieldPath.of(path), null);
    }

    /** This field, compared as the given type. */
    public Field as(ValueType valueType) {
        return new Field(path, valueType);
    }

    /** The field is equal to the value. */
    public Condition equalTo(@Nullable Object value) {
        return compare(Comparison.Operator.EQUAL, value);
    }

    /** The field is not equal to the value. */
    public Condition notEqualTo(@Nullable Object value) {
        return compare(Comparison.Operator.NOT_EQUAL, value);
    }

    /** The field is greater than the value. */
    public Condition greaterThan(Object value) {
        return compare(Comparison.Operator.GREATER_THAN, value);
    }

    /** The field is greater than the value or equal to it. */
    public Condition greaterThanOrEqualTo(Object value) {
        return compare(Comparison.Operator.GREATER_THAN_OR_EQUAL, value);
    }

    /** The field is less than the value. */
    public Condition lessThan(Object value) {
        return compare(Comparison.Operator.LESS_THAN, value);
    }

    /** The field is less than the value or equal to it. */
    public Condition lessThanOrEqualTo(Object value) {
        return compare(Comparison.Operator.LESS_THAN_OR_EQUAL, value);
    }

    /** The field is null or missing. */
    public Condition isNull() {
        return new Comparison(Comparison.Operator.EQUAL, path, null, ValueType.AUTO);
    }

    /** The field is there and not null. */
    public Condition isNotNull() {
        return new Comparison(Comparison.Operator.NOT_EQUAL, path, null, ValueType.AUTO);
    }

    /** The field is a list with an element equal to the value, or a string with the value as a part. */
    public Condition contains(@Nullable Object value) {
        return new TextMatch(TextMatch.Operator.CONTAINS, path, value);
    }

    /** The field's text starts with the prefix. */
    public Condition startsWith(String prefix) {
        return new TextMatch(TextMatch.Operator.STARTS_WITH, path, prefix);
    }

    /** The field's text ends with the suffix. */
    public Condition endsWith(String suffix) {
        return new TextMatch(TextMatch.Operator.ENDS_WITH, path, suffix);
    }

    /** The field is equal to one of the values. */
    public Condition in(@Nullable Object... values) {
        return in(Arrays.asList(values));
    }

    /** The field is equal to one of the values. */
    public Condition in(Collection<? extends @Nullable Object> values) {
        return new Membership(path, new ArrayList<@Nullable Object>(values), false);
    }

    /** The field is equal to none of the values. */
    public Condition notIn(@Nullable Object... values) {
        return notIn(Arrays.asList(values));
    }

    /** The field is equal to none of the values. */
    public Condition notIn(Collection<? extends @Nullable Object> values) {
        return new Membership(path, new ArrayList<@Nullable Object>(values), true);
    }

    /** The pattern, in RE2 syntax, is found anywhere in the field's text. */
    public Condition matches(String pattern) {
        return new Regex(path, pattern);
    }

    private Condition compare(Comparison.Operator operator, @Nullable Object value) {
        boolean timestamp =
                value instanceof Instant || value instanceof OffsetDateTime || value instanceof ZonedDateTime;
        ValueType valueType = type != null ? type : timestamp ? ValueType.TIMESTAMP : ValueType.AUTO;
        return new Comparison(operator, path, value, valueType);
    }
}
