package io.deltatrace.spring.data;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.Association;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.data.mapping.context.AbstractMappingContext;
import org.springframework.data.mapping.model.AnnotationBasedPersistentProperty;
import org.springframework.data.mapping.model.BasicPersistentEntity;
import org.springframework.data.mapping.model.Property;
import org.springframework.data.mapping.model.SimpleTypeHolder;
import org.springframework.data.support.IsNewStrategy;
import tools.jackson.databind.json.JsonMapper;

/** The entities that are known, with what Spring Data knows of them and how Jackson writes them. Thread-safe. */
final class Mappings extends AbstractMappingContext<Mappings.Entity<?>, Mappings.EntityProperty> {

    private final JsonProperties json;
    private final Map<Class<?>, StoredEntity<?>> stored = new ConcurrentHashMap<>();

    Mappings(@Nullable JsonMapper mapper, boolean keepObjects) {
        this.json = new JsonProperties(mapper, keepObjects);
        setSimpleTypeHolder(new PlainTypes());
    }

    /** How the entities of a type are stored. */
    @SuppressWarnings("unchecked")
    <T> StoredEntity<T> stored(Class<T> type) {
        return (StoredEntity<T>) stored.computeIfAbsent(type, key -> {
            PersistentEntity<?, ?> entity = getRequiredPersistentEntity(key);
            return new StoredEntity<>((PersistentEntity<Object, EntityProperty>) entity, json);
        });
    }

    @Override
    protected <T> Entity<?> createPersistentEntity(TypeInformation<T> type) {
        return new Entity<>(type);
    }

    @Override
    protected EntityProperty createPersistentProperty(
            Property property, Entity<?> owner, SimpleTypeHolder simpleTypes) {
        return new EntityProperty(property, owner, simpleTypes);
    }

    /** What the JDK has is a plain value, and never looked into. */
    private static final class PlainTypes extends SimpleTypeHolder {

        PlainTypes() {
            super(Set.of(), true);
        }

        @Override
        public boolean isSimpleType(Class<?> type) {
            return type.getName().startsWith("java.") || super.isSimpleType(type);
        }
    }

    /** A type of entity, or of an object in one. */
    static final class Entity<T> extends BasicPersistentEntity<T, EntityProperty> {

        Entity(TypeInformation<T> type) {
            super(type);
        }

        /** A number that is negative is no id, and 0 is one: it is the first that a collection gives. */
        @Override
        protected IsNewStrategy getFallbackIsNewStrategy() {
            return bean -> {
                EntityProperty version = getVersionProperty();
                Object counted =
                        version == null ? null : getPropertyAccessor(bean).getProperty(version);
                return version == null
                        ? isNoId(getIdentifierAccessor(bean).getIdentifier())
                        : isNotCounted(version, counted);
            };
        }

        private static boolean isNotCounted(EntityProperty version, @Nullable Object counted) {
            return counted == null || (version.getType().isPrimitive() && ((Number) counted).longValue() == 0);
        }
    }

    /** Whether a value means that an entity has no id yet. */
    static boolean isNoId(@Nullable Object id) {
        return id == null || (id instanceof Number number && number.longValue() < 0);
    }

    /** A property of an entity. */
    static final class EntityProperty extends AnnotationBasedPersistentProperty<EntityProperty> {

        EntityProperty(Property property, PersistentEntity<?, EntityProperty> owner, SimpleTypeHolder simpleTypes) {
            super(property, owner, simpleTypes);
        }

        @Override
        protected Association<EntityProperty> createAssociation() {
            return new Association<>(this, null);
        }
    }
}
