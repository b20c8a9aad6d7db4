package io.deltatrace.document;

import com.fasterxml.jackson.annotation.JacksonAnnotation;
import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import io.deltatrace.document.RecordMapping.Component;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.CreatorProperty;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializer;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedClassResolver;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.BeanSerializer;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.UnrolledBeanSerializer;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.std.NullSerializer;

/**
 * Finds out from Jackson whether it would do with a record what {@link RecordMapping} does. Names, order and set-up are Jackson's; a
 * record of which anything is out of the ordinary, such as an annotation of Jackson's, a module for one of its types, or a component
 * of a type that is not known here, has no such mapping, and Jackson converts it.
 */
final class RecordMappings {

    /** Final types without parts that need no context; they are converted by Jackson one at a time. */
    private static final Set<Class<?>> SIMPLE = Set.of(
            BigDecimal.class,
            BigInteger.class,
            Duration.class,
            LocalDate.class,
            LocalDateTime.class,
            LocalTime.class,
            OffsetDateTime.class,
            UUID.class);

    private final DocumentMapper documents;
    private final UsualTypes types;
    private final SerializationContext writing;
    private final DeserializationContext reading;

    /** The records that are being looked at; one that has itself in it is left to Jackson. */
    private final Set<Class<?>> open = new HashSet<>();

    private RecordMappings(DocumentMapper documents, JsonMapper mapper) {
        this.documents = documents;
        this.types = new UsualTypes(mapper);
        this.writing = mapper._serializationContext();
        this.reading = mapper._deserializationContext();
    }

    /** The mapping of a type; null if it is no record, or if Jackson has to convert it. */
    static @Nullable RecordMapping find(Class<?> type, DocumentMapper documents, JsonMapper mapper) {
        if (!type.isRecord()
                || Map.class.isAssignableFrom(type)
                || Collection.class.isAssignableFrom(type)
                || !isOrdinary(mapper)) {
            return null;
        }
        RecordMappings mappings = new RecordMappings(documents, mapper);
        try {
            return mappings.record(type);
        } catch (RuntimeException | IllegalAccessException e) {
            // Jackson says what is wrong with it when it is converted; or may do what this class may not.
            return null;
        }
    }

    private static boolean isOrdinary(JsonMapper mapper) {
        SerializationConfig config = mapper.serializationConfig();
        JsonInclude.Value inclusion = config.getDefaultPropertyInclusion();
        return config.getAnnotationIntrospector().getClass() == JacksonAnnotationIntrospector.class
                && includesAll(inclusion)
                && config.getActiveView() == null
                && mapper.deserializationConfig().getActiveView() == null
                && !config.isEnabled(SerializationFeature.WRAP_ROOT_VALUE)
                && !config.isEnabled(SerializationFeature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
                && !config.isEnabled(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                && !mapper.deserializationConfig().isEnabled(DeserializationFeature.UNWRAP_ROOT_VALUE)
                && !mapper.deserializationConfig().isEnabled(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                && mapper.deserializationConfig().getDefaultNullHandling().equals(JsonSetter.Value.empty());
    }

    private static boolean isOrdinary(ValueSerializer<?> serializer) {
        return (serializer.getClass() == BeanSerializer.class || serializer.getClass() == UnrolledBeanSerializer.class)
                && !serializer.usesObjectId()
                && ((BeanSerializerBase) serializer).getFilterId() == null;
    }

    private static boolean includesAll(JsonInclude.Value inclusion) {
        return Stream.of(inclusion.getValueInclusion(), inclusion.getContentInclusion())
                .allMatch(include ->
                        include == JsonInclude.Include.ALWAYS || include == JsonInclude.Include.USE_DEFAULTS);
    }

    private @Nullable RecordMapping record(Class<?> type) throws IllegalAccessException {
        if (types.isOverridden(type) || isAnnotated(type) || !open.add(type)) {
            return null;
        }
        ValueSerializer<?> serializer = writing.findRootValueSerializer(type);
        ValueDeserializer<?> deserializer = reading.findRootValueDeserializer(writing.constructType(type));
        Constructor<?> canonical = canonical(type);
        canonical.setAccessible(true);
        if (!isOrdinary(serializer)
                || deserializer.getClass() != BeanDeserializer.class
                || !reads((BeanDeserializer) deserializer, canonical)) {
            return null;
        }
        Map<String, Integer> places = places((BeanDeserializer) deserializer);
        List<Component> components = new ArrayList<>();
        for (Iterator<PropertyWriter> writers = serializer.properties(); writers.hasNext(); ) {
            Component component = component(type, writers.next(), places, (BeanDeserializer) deserializer);
            if (component == null) {
                return null;
            }
            components.add(component);
        }
        open.remove(type);
        boolean mayHaveOthers = !reading.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        return components.size() == canonical.getParameterCount()
                ? new RecordMapping(canonical, components, mayHaveOthers)
                : null;
    }

    private static Constructor<?> canonical(Class<?> type) {
        Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("A record without its constructor", e);
        }
    }

    private static Field field(Class<?> type, RecordComponent component) {
        try {
            return type.getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("A record without one of its fields", e);
        }
    }

    private static boolean reads(BeanDeserializer deserializer, Constructor<?> canonical) {
        return deserializer.getValueInstantiator().getClass() == StdValueInstantiator.class
                && deserializer.getValueInstantiator().canCreateFromObjectWith()
                && canonical.equals(
                        deserializer.getValueInstantiator().getWithArgsCreator().getAnnotated())
                && !deserializer.hasAnySetter()
                && !deserializer.isCaseInsensitive()
                && deserializer.getPropertyCount() == canonical.getParameterCount();
    }

    private static Map<String, Integer> places(BeanDeserializer deserializer) {
        Map<String, Integer> places = new HashMap<>();
        for (Iterator<SettableBeanProperty> all = deserializer.creatorProperties(); all.hasNext(); ) {
            SettableBeanProperty property = all.next();
            if (property.getClass() == CreatorProperty.class
                    && property.getInjectableValueId() == null
                    && !property.hasValueTypeDeserializer()) {
                places.put(property.getName(), property.getCreatorIndex());
            }
        }
        return places;
    }

    private @Nullable Component component(
            Class<?> type, PropertyWriter property, Map<String, Integer> places, BeanDeserializer deserializer)
            throws IllegalAccessException {
        Integer place = places.get(property.getName());
        if (place == null
                || property.getClass() != BeanPropertyWriter.class
                || ((BeanPropertyWriter) property).getTypeSerializer() != null
                || ((BeanPropertyWriter) property).willSuppressNulls()
                || writing.findNullValueSerializer(property).getClass() != NullSerializer.class
                || !includesAll(property.findPropertyInclusion(writing.getConfig(), type))) {
            return null;
        }
        RecordComponent component = type.getRecordComponents()[place];
        Method accessor = component.getAccessor();
        if (!property.getMember().getName().equals(accessor.getName())) {
            return null;
        }
        accessor.setAccessible(true);
        Field field = field(type, component);
        field.setAccessible(true);
        JavaType javaType = property.getType();
        ValueMapping mapping =
                mapping(javaType, deserializer.findProperty(place).getValueDeserializer());
        return mapping == null ? null : new Component(property.getName(), accessor, field, place, mapping);
    }

    private @Nullable ValueMapping mapping(JavaType type, ValueDeserializer<?> deserializer)
            throws IllegalAccessException {
        Class<?> raw = type.getRawClass();
        if (types.isOverridden(raw) || isAnnotated(raw)) {
            return null;
        }
        if (raw == List.class) {
            ValueMapping elements = parts(type, deserializer, ArrayList.class);
            return elements == null ? null : new ListMapping(elements, types);
        }
        if (raw == Map.class) {
            ValueMapping values = type.getKeyType().hasRawClass(String.class) && types.hasUsualKeys()
                    ? parts(type, deserializer, LinkedHashMap.class)
                    : null;
            return values == null ? null : new MapMapping(values, types);
        }
        if (raw.isRecord()) {
            return record(raw);
        }
        if (!types.isUsual(type, deserializer)) {
            return null;
        }
        if (raw.isEnum()) {
            return constants(raw);
        }
        if (raw == Object.class) {
            return types.hasUsualNumbers() && types.hasUsualKeys() ? new UntypedMapping(documents, types) : null;
        }
        return SIMPLE.contains(raw)
                ? new ScalarMapping(documents::scalar, value -> documents.toObject(value, raw))
                : ScalarMapping.ALL.get(raw);
    }

    /** The mapping of what is in a list or a map. */
    private @Nullable ValueMapping parts(JavaType type, ValueDeserializer<?> deserializer, Class<?> made)
            throws IllegalAccessException {
        JavaType content = type.getContentType();
        if (!(deserializer instanceof ContainerDeserializerBase<?> container)
                || !types.isUsual(type, deserializer)
                || types.hasTypeInformation(content)
                || container.getEmptyValue(reading).getClass() != made) {
            return null;
        }
        ValueDeserializer<?> ofParts = container.getContentDeserializer();
        return mapping(content, ofParts == null ? reading.findRootValueDeserializer(content) : ofParts);
    }

    /** Constants are what Jackson makes of each, if it finds each by it. */
    private @Nullable ValueMapping constants(Class<?> type) {
        Map<Object, Object> written = new HashMap<>();
        Map<Object, Object> read = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            Object value = documents.scalar(constant);
            if (!(value instanceof String) || documents.toObject(value, type) != constant) {
                return null;
            }
            written.put(constant, value);
            read.put(value, constant);
        }
        return new ScalarMapping(
                constant -> Objects.requireNonNull(written.get(constant)),
                value -> read.getOrDefault(value, ValueMapping.UNSURE));
    }

    private boolean isAnnotated(Class<?> type) {
        return isAnnotated(type, writing.getConfig()) || isAnnotated(type, reading.getConfig());
    }

    /** Whether anything of a type is annotated for Jackson, mix-ins included. */
    private static boolean isAnnotated(Class<?> type, MapperConfig<?> config) {
        AnnotatedClass annotated = AnnotatedClassResolver.resolve(config, config.constructType(type), config);
        Stream.Builder<Stream<Annotation>> all = Stream.builder();
        all.add(annotated.annotations());
        annotated.fields().forEach(field -> all.add(field.annotations()));
        annotated.memberMethods().forEach(method -> all.add(method.annotations()));
        annotated.getFactoryMethods().forEach(method -> all.add(method.annotations()));
        annotated.getConstructors().forEach(constructor -> {
            all.add(constructor.annotations());
            for (int i = 0; i < constructor.getParameterCount(); i++) {
                all.add(constructor.getParameter(i).annotations());
            }
        });
        return all.build().flatMap(annotations -> annotations).anyMatch(RecordMappings::isForJackson);
    }

    private static boolean isForJackson(Annotation annotation) {
        AnnotatedElement type = annotation.annotationType();
        return type.isAnnotationPresent(JacksonAnnotation.class)
                || type.isAnnotationPresent(JacksonAnnotationsInside.class)
                || annotation.annotationType().getName().startsWith("java.beans.");
    }
}
