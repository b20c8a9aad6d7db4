package io.deltatrace.spring.data;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.Or;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.support.ExampleMatcherAccessor;

/** Makes the condition that an example means. The id of an example that is new says nothing. */
final class ExampleConditions {

    private final Mappings mappings;
    private final StoredEntity<?> entity;
    private final ExampleMatcherAccessor matcher;
    private final List<Condition> conditions = new ArrayList<>();

    private ExampleConditions(Mappings mappings, StoredEntity<?> entity, ExampleMatcher matcher) {
        this.mappings = mappings;
        this.entity = entity;
        this.matcher = new ExampleMatcherAccessor(matcher);
    }

    static Condition of(Example<?> example, Mappings mappings, StoredEntity<?> entity) {
        ExampleConditions made = new ExampleConditions(mappings, entity, example.getMatcher());
        made.collect("", example.getProbe());
        return example.getMatcher().isAllMatching() || made.conditions.isEmpty()
                ? new And(made.conditions)
                : new Or(made.conditions);
    }

    private void collect(String prefix, Object probe) {
        Mappings.Entity<?> described = mappings.getRequiredPersistentEntity(probe.getClass());
        PersistentPropertyAccessor<Object> values = described.getPropertyAccessor(probe);
        for (Mappings.EntityProperty property : described) {
            String path = prefix + property.getName();
            Object value = values.getProperty(property);
            boolean said = !(prefix.isEmpty() && property.isIdProperty() && Mappings.isNoId(value));
            if (said && !matcher.isIgnoredPath(path) && !property.isTransient()) {
                Optional<Object> transformed =
                        matcher.getValueTransformerForPath(path).apply(Optional.ofNullable(value));
                collect(path, property, transformed.orElse(null));
            }
        }
    }

    private void collect(String path, Mappings.EntityProperty property, @Nullable Object value) {
        if (value == null) {
            if (matcher.getNullHandler() == ExampleMatcher.NullHandler.INCLUDE) {
                conditions.add(entity.field(path).isNull());
            }
        } else if (property.isEntity() && !property.isCollectionLike() && !property.isMap()) {
            collect(path + ".", value);
        } else if (value instanceof CharSequence text) {
            conditions.add(matching(matcher.getStringMatcherForPath(path))
                    .condition(entity.field(path), text.toString(), matcher.isIgnoreCaseForPath(path)));
        } else {
            conditions.add(entity.field(path).equalTo(value));
        }
    }

    private static TextMatching matching(ExampleMatcher.StringMatcher wanted) {
        return switch (wanted) {
            case DEFAULT, EXACT -> TextMatching.EQUAL;
            case STARTING -> TextMatching.STARTING;
            case ENDING -> TextMatching.ENDING;
            case CONTAINING -> TextMatching.CONTAINING;
            case REGEX -> TextMatching.PATTERN;
        };
    }
}
