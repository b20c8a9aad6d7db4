package io.deltatrace.document;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.NumberOutput;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Converts between the caller's objects and documents. Maps, lists, arrays and plain values are converted directly; records,
 * JavaBeans, {@code java.time}, enums, {@link java.util.Optional} and whatever else by a Jackson mapper. Thread-safe.
 *
 * <p>The keys of a map must be strings. In a record or JavaBean the mapper may write other keys, such as enums, as strings.
 *
 * <p>Lists and maps in a record may be unmodifiable. A record that can never change is not made again each time that the same
 * document is read: the document keeps the one that was made of it, which takes about the memory of the record with its parts and
 * 24 bytes, and whoever reads it next with this mapper and as the same class gets that one, so its constructor must depend on
 * nothing but its arguments. A record can never change if its components are texts, numbers, booleans, enums, {@code java.time}
 * types, UUIDs, other such records, and lists and maps of these, or of type {@code Object}, unless its constructor
 * replaces a list or a map by one that can be changed; by {@link List#copyOf} and {@link Map#copyOf} it may.
 *
 * <p>A {@link BigDecimal} comes back with the same value, but not always with the same scale: 1.10 is stored as 1.1.
 */
public final class DocumentMapper {

    private static final DocumentMapper STANDARD = of(JsonMapper.builder()
            .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
            .build());

    private final JsonMapper mapper;
    private final boolean keeps;

    /** Kept with the classes, so that no class loader is kept alive. */
    private final ClassValue<Optional<RecordMapping>> records = new ClassValue<>() {

        @Override
        protected Optional<RecordMapping> computeValue(Class<?> type) {
            return Optional.ofNullable(RecordMappings.find(type, DocumentMapper.this, mapper));
        }
    };

    private DocumentMapper(JsonMapper mapper, boolean keeps) {
        this.mapper = mapper;
        this.keeps = keeps;
    }

    /** Converts with Jackson's defaults. */
    public static DocumentMapper standard() {
        return STANDARD;
    }

    /** Converts as the given mapper is set up to; later changes to it are not seen. */
    public static DocumentMapper of(JsonMapper mapper) {
        return new DocumentMapper(
                mapper.rebuild()
                        .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                        .addModule(new NoInternals())
                        .build(),
                true);
    }

    /** This mapper, which leaves objects with documents as described above, or makes a new one each time. */
    public DocumentMapper keepObjects(boolean keep) {
        return keep == keeps ? this : new DocumentMapper(mapper, keep);
    }

    /**
     * The document of a map, a record or a JavaBean.
     *
     * @throws IllegalArgumentException if the object is not a JSON object, or holds a value that JSON cannot express; the
     *     message has the path to it
     */
    public Document toDocument(Object source) {
        Object value = toValue(Objects.requireNonNull(source, "A document cannot be made of null"));
        if (value instanceof Document document) {
            return document;
        }
        throw new IllegalArgumentException(
                "Expected an object, but " + source.getClass().getName() + " is " + Values.describe(value));
    }

    /**
     * The value, of a kind a document can hold, of any object.
     *
     * @throws IllegalArgumentException if it holds a value that JSON cannot express; the message has the path to it
     */
    public @Nullable Object toValue(@Nullable Object source) {
        return value(source, 0);
    }

    /** The value of a field, as {@link #toValue(Object)}; a problem is reported as that field's. */
    @Nullable
    Object toValue(String field, @Nullable Object source) {
        try {
            return value(source, 1);
        } catch (UnsupportedValue e) {
            throw e.within(field);
        }
    }

    /**
     * The object of the given type that a value describes.
     *
     * @throws IllegalArgumentException if the type does not fit the value
     */
    @SuppressWarnings("unchecked") // a primitive type would not take what is in its box
    public <T> T toObject(Object value, Class<T> type) {
        return (T) toObject(value, type, mapping(type));
    }

    private Object toObject(Object value, Class<?> type, @Nullable RecordMapping mapping) {
        if (mapping == null && type.isInstance(value)) {
            return value;
        }
        Object object = mapping == null ? ValueMapping.UNSURE : toRecord(value, mapping);
        return object == ValueMapping.UNSURE
                ? convert(value, parser -> mapper.readValue(parser, type), type.getTypeName())
                : object;
    }

    /**
     * The objects of the given type that documents describe, in an unmodifiable list.
     *
     * @throws IllegalArgumentException if the type does not fit a document
     */
    public <T> List<T> toObjects(List<Document> documents, Class<T> type) {
        RecordMapping mapping = mapping(type);
        Object[] objects = new Object[documents.size()];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = toObject(documents.get(i), type, mapping);
        }
        return unmodifiable(objects);
    }

    /** What is in the array is known to be of the type, and looking at each would take longer than taking them from the documents. */
    @SuppressWarnings("unchecked")
    private static <T> List<T> unmodifiable(Object[] objects) {
        return (List<T>) Collections.unmodifiableList(Arrays.asList(objects));
    }

    private @Nullable RecordMapping mapping(Class<?> type) {
        return type.isRecord() ? records.get(type).orElse(null) : null;
    }

    private Object toRecord(Object value, RecordMapping mapping) {
        Object kept = value instanceof Document document ? document.kept(mapping) : null;
        if (kept != null) {
            return kept;
        }
        try {
            Object object = mapping.toObject(value);
            if (keeps && object != ValueMapping.UNSURE && mapping.isImmutable(object)) {
                ((Document) value).keep(mapping, object);
            }
            return object;
        } catch (IllegalArgumentException e) {
            // Jackson says where in it the problem is.
            return ValueMapping.UNSURE;
        }
    }

    /** As {@link #toObject(Object, Class)}, for a generic type. */
    public <T> T toObject(Object value, TypeReference<T> type) {
        return convert(
                value, parser -> mapper.readValue(parser, type), type.getType().getTypeName());
    }

    private static <T> T convert(Object value, Function<JsonParser, T> read, String typeName) {
        try (TokenBuffer tokens = TokenBuffer.forGeneration()) {
            DocumentWriter.writeToForeign(tokens, value);
            return read.apply(tokens.asParser(ObjectReadContext.empty()));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    UnsupportedValue.at(
                            "Cannot convert " + Values.describe(value) + " to " + typeName + ": "
                                    + MappingProblem.reading(value, e),
                            UnsupportedValue.pathOf(e)),
                    ForeignFailure.of(e));
        }
    }

    private @Nullable Object value(@Nullable Object source, int depth) {
        if (source == null || source instanceof Boolean || source instanceof Document || source instanceof ArrayValue) {
            return source;
        }
        if (source instanceof String string) {
            return Values.requireText(string);
        }
        if (source instanceof Number number) {
            return number(number);
        }
        if (source instanceof Record) {
            RecordMapping mapping = records.get(source.getClass()).orElse(null);
            if (mapping != null) {
                return record(source, mapping);
            }
        }
        if (source instanceof Map<?, ?> map) {
            return object(map, depth + 1);
        }
        if (source instanceof Collection<?> collection) {
            return array(collection, depth + 1);
        }
        return source.getClass().isArray() && !(source instanceof byte[])
                ? array(listOf(source), depth + 1)
                : bean(source);
    }

    private @Nullable Object record(Object source, RecordMapping mapping) {
        try {
            return mapping.toValue(source);
        } catch (RuntimeException e) {
            // Jackson says where in it the problem is.
            return bean(source);
        }
    }

    /** The value of an object without parts that is in a record, where Jackson writes it. */
    Object scalar(Object source) {
        return Objects.requireNonNull(bean(source));
    }

    private @Nullable Object number(Number number) {
        if (number instanceof Long) {
            return number;
        }
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof Double || number instanceof Float) {
            double value = number instanceof Float
                    ? Double.parseDouble(NumberOutput.toString(number.floatValue(), true))
                    : number.doubleValue();
            if (!Double.isFinite(value)) {
                throw new UnsupportedValue(value + " is not a JSON number");
            }
            return value;
        }
        if (number instanceof BigInteger integer) {
            return Values.integer(integer);
        }
        return number instanceof BigDecimal decimal ? Values.decimal(decimal) : bean(number);
    }

    private Document object(Map<?, ?> map, int depth) {
        checkDepth(depth);
        DocumentBuilder builder = Document.builder();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                Object key = entry.getKey();
                throw new UnsupportedValue("A key is "
                        + (key == null ? "null" : "a " + key.getClass().getName()) + " rather than a string");
            }
            try {
                builder.putValue(Values.requireText(name), value(entry.getValue(), depth));
            } catch (UnsupportedValue e) {
                throw e.within(name);
            }
        }
        return builder.build();
    }

    private ArrayValue array(Collection<?> list, int depth) {
        checkDepth(depth);
        List<@Nullable Object> elements = new ArrayList<>(list.size());
        for (Object element : list) {
            try {
                elements.add(value(element, depth));
            } catch (UnsupportedValue e) {
                throw e.within(elements.size());
            }
        }
        return new ArrayValue(elements.toArray());
    }

    private static List<@Nullable Object> listOf(Object array) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            list.add(Array.get(array, i));
        }
        return list;
    }

    private static void checkDepth(int depth) {
        if (depth > Document.MAX_DEPTH) {
            throw new UnsupportedValue(
                    "Objects and arrays are nested deeper than " + Document.MAX_DEPTH + ", or in a cycle");
        }
    }

    private @Nullable Object bean(Object source) {
        if (source.getClass().isHidden()) {
            throw new UnsupportedValue("A document cannot hold a lambda");
        }
        try (TokenBuffer tokens = mapper.writeValueIntoBuffer(source);
                JsonParser parser = tokens.asParser(ObjectReadContext.empty())) {
            parser.nextToken();
            return read(parser);
        } catch (JacksonException e) {
            throw new UnsupportedValue(MappingProblem.writing(e), UnsupportedValue.pathOf(e), ForeignFailure.of(e));
        }
    }

    private static @Nullable Object read(JsonParser parser) {
        try {
            return new DocumentReader(parser, JsonLimits.DEFAULT).readValue();
        } catch (JsonFormatException e) {
            throw new UnsupportedValue(e.problem(), UnsupportedValue.pathOf(parser.streamReadContext()), e);
        }
    }

    /** Refuses to take a JDK object such as a thread or a stream for a JavaBean. */
    private static final class NoInternals extends SimpleModule {

        private static final long serialVersionUID = 1L;

        NoInternals() {
            super("deltatrace-no-jdk-internals");
            setSerializerModifier(new ValueSerializerModifier() {
                private static final long serialVersionUID = 1L;

                @Override
                public ValueSerializer<?> modifySerializer(
                        SerializationConfig config, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
                    Class<?> type = bean.getBeanClass();
                    boolean internal = serializer instanceof BeanSerializerBase
                            && (type.getName().startsWith("java.")
                                    || type.getName().startsWith("jdk.")
                                    || type.getName().startsWith("sun."));
                    return internal ? new Refusal(type) : serializer;
                }
            });
        }
    }

    private static final class Refusal extends ValueSerializer<Object> {

        private final Class<?> type;

        Refusal(Class<?> type) {
            this.type = type;
        }

        @Override
        public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
            context.reportBadDefinition(type, "A document cannot hold a " + type.getName());
        }
    }
}
