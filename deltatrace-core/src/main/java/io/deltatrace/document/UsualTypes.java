package io.deltatrace.document;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;

/** The types that a mapper converts as one does that nobody has set up. Thread-safe. */
final class UsualTypes {

    private static final JsonMapper USUAL = JsonMapper.shared();

    private final JsonMapper mapper;

    /** Whether what is declared as something more general may be an object of a class, and is written in the usual way then. */
    private final ClassValue<Boolean> known = new ClassValue<>() {

        @Override
        protected Boolean computeValue(Class<?> type) {
            return (type.getClassLoader() == null || type == FieldMap.class || type == ElementList.class)
                    && Stream.of(String.class, Boolean.class, Number.class, Map.class, Collection.class)
                            .anyMatch(general -> general.isAssignableFrom(type))
                    && !isOverridden(type)
                    && isWritten(mapper.constructType(type));
        }
    };

    UsualTypes(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Whether a type is converted in the usual way, the deserializer being the one that it has. */
    boolean isUsual(JavaType type, ValueDeserializer<?> deserializer) {
        return isWritten(type)
                && deserializer.getClass()
                        == USUAL._deserializationContext()
                                .findRootValueDeserializer(type)
                                .getClass();
    }

    private boolean isWritten(JavaType type) {
        return mapper._serializationContext().findRootValueSerializer(type).getClass()
                == USUAL._serializationContext().findRootValueSerializer(type).getClass();
    }

    boolean isOverridden(Class<?> type) {
        return mapper.serializationConfig().findConfigOverride(type) != null
                || mapper.deserializationConfig().findConfigOverride(type) != null;
    }

    /** Whether maps with strings for keys are converted in the usual way, apart from what is in them. */
    boolean hasUsualKeys() {
        JavaType type = mapper.constructType(String.class);
        SerializationContext writing = mapper._serializationContext();
        DeserializationContext reading = mapper._deserializationContext();
        return !writing.isEnabled(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                && !isOverridden(Map.class)
                && !isOverridden(String.class)
                && writing.findKeySerializer(type, null).getClass()
                        == USUAL._serializationContext()
                                .findKeySerializer(type, null)
                                .getClass()
                && reading.findKeyDeserializer(type, null).getClass()
                        == USUAL._deserializationContext()
                                .findKeyDeserializer(type, null)
                                .getClass();
    }

    /** Whether numbers without a type are read as the numbers that they are in a document. */
    boolean hasUsualNumbers() {
        return Stream.of(
                        DeserializationFeature.USE_BIG_INTEGER_FOR_INTS,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.USE_JAVA_ARRAY_FOR_JSON_ARRAY)
                .noneMatch(mapper::isEnabled);
    }

    /** Whether the parts of a list or map of a type say themselves what they are. */
    boolean hasTypeInformation(JavaType type) {
        return mapper._serializationContext().findTypeSerializer(type) != null
                || mapper._deserializationContext().findTypeDeserializer(type) != null;
    }

    /**
     * Makes sure that an object that is declared as something more general is a text, a number, a boolean, a map or a collection
     * that is written in the usual way.
     *
     * @throws UnsupportedValue if it is not; Jackson may know how to write it
     */
    void require(Object object) {
        if (!known.get(object.getClass())) {
            throw new UnsupportedValue(
                    "A document cannot hold a " + object.getClass().getName());
        }
    }
}
