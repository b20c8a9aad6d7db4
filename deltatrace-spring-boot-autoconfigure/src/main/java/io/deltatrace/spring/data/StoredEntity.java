package io.deltatrace.spring.data;

import io.deltatrace.document.Document;
import io.deltatrace.query.Sort;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.core.PropertyPath;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.data.mapping.model.MappingInstantiationException;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * A type of entity, with the collection it is kept in and how it becomes a document. Thread-safe.
 *
 * @param <T> the type
 */
final class StoredEntity<T> {

    private final Class<T> type;
    private final String collection;
    private final PersistentEntity<Object, Mappings.EntityProperty> entity;
    private final JsonProperties json;
    private final Map<String, StoredField> fields = new ConcurrentHashMap<>();
    private final Mappings.EntityProperty idProperty;
    private final StoredField id;

    @SuppressWarnings("unchecked")
    StoredEntity(PersistentEntity<Object, Mappings.EntityProperty> entity, JsonProperties json) {
        this.type = (Class<T>) entity.getType();
        this.entity = entity;
        this.json = json;
        io.deltatrace.spring.data.Collection named = AnnotatedElementUtils.findMergedAnnotation(
                entity.getType(), io.deltatrace.spring.data.Collection.class);
        this.collection = named == null ? StringUtils.uncapitalize(type.getSimpleName()) : named.value();
        Mappings.EntityProperty property = entity.getIdProperty();
        Assert.state(property != null, () -> type.getName() + " needs a property with Spring Data's @Id");
        this.idProperty = property;
        this.id = field(property.getName());
        checkNewId();
    }

    /** An object that is made without an id must not seem to have one. */
    private void checkNewId() {
        boolean plain = !Modifier.isAbstract(type.getModifiers())
                && Arrays.stream(type.getDeclaredConstructors()).anyMatch(made -> made.getParameterCount() == 0);
        if (plain && idProperty.getType().isPrimitive()) {
            Assert.state(
                    Mappings.isNoId(id(BeanUtils.instantiateClass(type))),
                    () -> "The id of a new " + type.getSimpleName()
                            + " must be negative, because 0 is the id of the first" + " one that is stored: write `"
                            + idProperty.getName() + " = -1`, or let it be null");
        }
    }

    Class<T> type() {
        return type;
    }

    String collection() {
        return collection;
    }

    /** Converts what is stored. */
    JsonProperties json() {
        return json;
    }

    StoredField id() {
        return id;
    }

    /** The field of a property, which may be nested, such as {@code address.city}. */
    StoredField field(String property) {
        return fields.computeIfAbsent(property, name -> StoredField.of(PropertyPath.from(name, type), json));
    }

    /** An order as the database has it. */
    @Nullable
    Sort sort(org.springframework.data.domain.Sort sort) {
        List<Sort.Order> orders = new ArrayList<>();
        for (org.springframework.data.domain.Sort.Order order : sort) {
            boolean natural = switch (order.getNullHandling()) {
                case NATIVE -> true;
                case NULLS_LAST -> order.isAscending();
                case NULLS_FIRST -> order.isDescending();
            };
            if (!natural) {
                throw new InvalidDataAccessApiUsageException("Cannot sort by '" + order.getProperty() + "' with "
                        + order.getNullHandling() + ": null comes last, or first where the order is descending");
            }
            orders.add(field(order.getProperty()).order(order.isDescending(), order.isIgnoreCase()));
        }
        return orders.isEmpty() ? null : new Sort(orders);
    }

    /** The entity that a document describes. */
    T read(Document document) {
        return json.documents().toObject(document, type);
    }

    List<T> read(List<Document> documents) {
        return documents.stream().map(this::read).toList();
    }

    /** The document of an entity, in which every field that the class has is there. */
    Document write(T bean) {
        Document document = json.documents().toDocument(bean);
        Map<String, @Nullable Object> left = new LinkedHashMap<>();
        for (JsonProperties.JsonProperty property : json.of(type).values()) {
            if (!property.isUnwrapped() && !document.has(property.name())) {
                left.put(property.name(), null);
            }
        }
        return left.isEmpty() ? document : document.withAll(Document.of(left));
    }

    boolean isNew(T bean) {
        return entity.isNew(bean);
    }

    /** The id of an entity; null if it has none. */
    @Nullable
    Object id(T bean) {
        return entity.getIdentifierAccessor(bean).getIdentifier();
    }

    /** The id of an entity as it is stored. */
    Object storedId(T bean) {
        return Objects.requireNonNull(
                id.stored(id(bean)), () -> "A " + type.getSimpleName() + " that is not new needs an id");
    }

    /** The name of the field that the ids are in; only one of the document itself can be numbered. */
    String idName() {
        return id.path().toString();
    }

    Class<?> idType() {
        return ClassUtils.resolvePrimitiveIfNecessary(idProperty.getType());
    }

    /** Whether ids that are not given are numbers of the collection. */
    boolean isNumbered() {
        return idType() == Long.class || idType() == Integer.class;
    }

    /** The entity with another id, which may be as it is stored: itself if it is mutable, or a copy. */
    T withId(T bean, Object value) {
        return with(bean, idProperty, value);
    }

    boolean isVersioned() {
        return entity.hasVersionProperty();
    }

    StoredField version() {
        return field(entity.getRequiredVersionProperty().getName());
    }

    /** The version of an entity; null if it has none yet. */
    @Nullable
    Object version(T bean) {
        return entity.getPropertyAccessor(bean).getProperty(entity.getRequiredVersionProperty());
    }

    /** The version that a new entity gets: one that it cannot be mistaken for a new one by. */
    long firstVersion() {
        return entity.getRequiredVersionProperty().getType().isPrimitive() ? 1 : 0;
    }

    T withVersion(T bean, long value) {
        return with(bean, entity.getRequiredVersionProperty(), value);
    }

    @SuppressWarnings("unchecked")
    private T with(T bean, Mappings.EntityProperty property, Object value) {
        var accessor = entity.getPropertyAccessor((Object) bean);
        Class<?> wanted = ClassUtils.resolvePrimitiveIfNecessary(property.getType());
        Object converted = json.documents().toObject(value, wanted);
        try {
            accessor.setProperty(property, converted);
        } catch (MappingInstantiationException e) {
            throw ClassProjection.refused(type, e);
        }
        return (T) accessor.getBean();
    }
}
