package io.deltatrace.spring.data;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.deltatrace.document.DocumentMapper;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.util.TokenBuffer;

/** How Jackson calls the properties of a type in JSON, and writes their values. Thread-safe. */
final class JsonProperties {

    private final JsonMapper mapper;
    private final DocumentMapper documents;
    private final Map<Class<?>, Map<String, JsonProperty>> types = new ConcurrentHashMap<>();

    /** With the application's mapper, or Jackson's defaults if it has none; documents may keep the objects that are made of them. */
    JsonProperties(@Nullable JsonMapper mapper, boolean keepObjects) {
        this.mapper = mapper == null ? JsonMapper.shared() : mapper;
        DocumentMapper converting = mapper == null ? DocumentMapper.standard() : DocumentMapper.of(mapper);
        this.documents = converting.keepObjects(keepObjects);
    }

    /**
     * A property in JSON.
     *
     * @param name what it is called
     * @param isUnwrapped whether it is no field of its own, but its fields are those of what it is in
     * @param ownFormat its writer, if an annotation says that its values are not written as others of their type are
     */
    record JsonProperty(
            String name, boolean isUnwrapped, @Nullable BeanPropertyWriter ownFormat) {}

    /** Converts what is stored. */
    DocumentMapper documents() {
        return documents;
    }

    /** The properties of a type that are written, by their names in Java. */
    Map<String, JsonProperty> of(Class<?> type) {
        return types.computeIfAbsent(type, this::introspect);
    }

    private Map<String, JsonProperty> introspect(Class<?> type) {
        SerializationContext context = mapper._serializationContext();
        JavaType javaType = mapper.constructType(type);
        BeanDescription description =
                context.introspectBeanDescription(javaType, context.introspectClassAnnotations(javaType));
        Map<String, JsonProperty> properties = new LinkedHashMap<>();
        for (BeanPropertyDefinition property : description.findProperties()) {
            AnnotatedMember member = property.getAccessor();
            if (member != null) {
                boolean formatted = member.hasAnnotation(JsonFormat.class) || member.hasAnnotation(JsonSerialize.class);
                properties.put(
                        property.getInternalName(),
                        new JsonProperty(
                                property.getName(),
                                member.hasAnnotation(JsonUnwrapped.class),
                                formatted ? writer(context.findValueSerializer(javaType), property.getName()) : null));
            }
        }
        return properties;
    }

    private static @Nullable BeanPropertyWriter writer(ValueSerializer<?> serializer, String name) {
        for (Iterator<PropertyWriter> writers = serializer.properties(); writers.hasNext(); ) {
            if (writers.next() instanceof BeanPropertyWriter writer
                    && writer.getName().equals(name)) {
                return writer;
            }
        }
        return null;
    }

    /** A value as it is stored in a property. */
    @Nullable
    Object stored(@Nullable Object value, @Nullable JsonProperty property) {
        BeanPropertyWriter format = property == null ? null : property.ownFormat();
        return value != null && format != null && fits(value, format)
                ? formatted(value, format)
                : documents.toValue(value);
    }

    private static boolean fits(Object value, BeanPropertyWriter format) {
        return ClassUtils.resolvePrimitiveIfNecessary(format.getType().getRawClass())
                .isInstance(value);
    }

    private @Nullable Object formatted(Object value, BeanPropertyWriter format) {
        SerializationContext context = mapper._serializationContext();
        ValueSerializer<Object> own = format.getSerializer();
        ValueSerializer<Object> serializer =
                own == null ? context.findPrimaryPropertySerializer(value.getClass(), (BeanProperty) format) : own;
        try (TokenBuffer tokens = context.bufferForValueConversion()) {
            serializer.serialize(value, tokens, context);
            try (JsonParser parser = tokens.asParser(mapper._deserializationContext())) {
                return documents.toValue(mapper.readValue(parser, Object.class));
            }
        }
    }
}
