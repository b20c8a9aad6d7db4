package io.deltatrace.document;

import static io.deltatrace.document.AsJackson.JACKSON;
import static io.deltatrace.document.AsJackson.assertAsJackson;
import static io.deltatrace.document.AsJackson.isMapped;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Maps, and what is declared as an object, in a record: converted as Jackson would convert them, or by Jackson. */
class MapMappingTests {

    record Part(int number, String text) {}

    record Bag(
            Map<String, Object> extra,
            Map<String, Part> parts,
            Map<String, Map<String, Long>> counts,
            Object any,
            List<Object> mixed) {

        static Bag of(Object any) {
            return new Bag(
                    Collections.singletonMap("any", any), Map.of(), Map.of(), any, Collections.singletonList(any));
        }
    }

    record Boxed<T>(T value) {}

    @Test
    void recordWithMaps_isConvertedByMethodHandles() {
        assertThat(isMapped(Bag.class, JACKSON)).isTrue();
        assertThat(isMapped(Boxed.class, JACKSON)).isTrue();
    }

    private static Arbitrary<Object> untyped() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(5).asGeneric(),
                Arbitraries.integers().asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.shorts().asGeneric(),
                Arbitraries.bytes().asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.floats().asGeneric(),
                Arbitraries.bigIntegers().asGeneric(),
                Arbitraries.bigDecimals().asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        return Arbitraries.recursive(
                () -> scalars.injectNull(0.1),
                deeper -> Arbitraries.oneOf(
                        deeper,
                        deeper.list().ofMaxSize(3).asGeneric(),
                        names().flatMap(name -> deeper.map(value -> map(name, value)))),
                0,
                3);
    }

    private static Object map(String name, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(name, value);
        map.put("other", 1);
        return map;
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().ofMaxLength(3);
    }

    @Provide
    Arbitrary<Bag> bags() {
        Arbitrary<Part> parts = Combinators.combine(
                        Arbitraries.integers(), Arbitraries.strings().ofMaxLength(2))
                .as(Part::new);
        return Combinators.combine(
                        Arbitraries.maps(names(), untyped()).ofMaxSize(12).injectNull(0.1),
                        Arbitraries.maps(names(), parts.injectNull(0.1)).ofMaxSize(3),
                        Arbitraries.maps(
                                        names(),
                                        Arbitraries.maps(
                                                        names(),
                                                        Arbitraries.longs().injectNull(0.1))
                                                .ofMaxSize(2))
                                .ofMaxSize(2),
                        untyped(),
                        untyped().list().ofMaxSize(3))
                .as(Bag::new);
    }

    @Property(tries = 500)
    void recordWithMaps_isConvertedAsJacksonDoes(@ForAll("bags") Bag bag) {
        assertAsJackson(JACKSON, bag);
    }

    enum Color {
        RED
    }

    record Coded(@JsonValue String code) {}

    static final class CodedMap extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1;

        @JsonValue
        String code() {
            return "coded";
        }
    }

    static final class CodedList extends ArrayList<Object> {
        private static final long serialVersionUID = 1;

        @JsonValue
        String code() {
            return "coded";
        }
    }

    static Stream<Object> strangeObjects() {
        Map<Object, Object> cycle = new HashMap<>();
        cycle.put("again", cycle);
        Object deep = 1;
        for (int i = 0; i < Document.MAX_DEPTH - 2; i++) {
            deep = List.of(deep);
        }
        IdentityHashMap<String, Object> twice = new IdentityHashMap<>();
        twice.put("a", 1);
        twice.put(new String("a"), 1);
        return Stream.of(
                new TreeMap<>(Map.of("b", 1, "a", 2)),
                Collections.unmodifiableMap(new TreeMap<>(Map.of("a", 2))),
                Collections.singletonMap(null, 1),
                Map.of(1, "one"),
                Map.of(Color.RED, "one"),
                new EnumMap<>(Map.of(TimeUnit.DAYS, 1)),
                new CodedMap(),
                new CodedList(),
                new Coded("a"),
                twice,
                Map.of("\ud800", 1),
                Map.of("a", "\ud800"),
                Set.of("a"),
                Arrays.asList(1, null),
                List.of(Instant.EPOCH),
                Optional.of("a"),
                Color.RED,
                TimeUnit.DAYS,
                Double.NaN,
                Float.POSITIVE_INFINITY,
                1.1f,
                new BigDecimal("1.10"),
                new BigDecimal("1E+3"),
                BigInteger.ONE.shiftLeft(70),
                BigInteger.ONE,
                new AtomicLong(3),
                new byte[] {1, 2},
                new char[] {'a'},
                new int[] {1},
                'c',
                Document.of(Map.of("a", 1)),
                Thread.currentThread(),
                cycle,
                deep,
                List.of(deep),
                List.of(List.of(deep)),
                List.of(List.of(List.of(deep))));
    }

    @ParameterizedTest
    @MethodSource("strangeObjects")
    void strangeObject_isWrittenAsJacksonDoes(Object object) {
        assertAsJackson(JACKSON, new Boxed<>(object));
        assertAsJackson(JACKSON, Bag.of(object));
        assertAsJackson(JACKSON, new Boxed<>(Map.of("inside", Map.of("of", object))));
    }

    @SuppressWarnings("unchecked")
    @ParameterizedTest
    @MethodSource("strangeObjects")
    void objectThatIsNotWhatIsDeclared_isWrittenAsJacksonDoes(Object object) {
        if (object instanceof Map<?, ?> map) {
            assertAsJackson(
                    JACKSON,
                    new Bag((Map<String, Object>) map, (Map<String, Part>) map, Map.of(), null, List.of()),
                    Document.empty());
        } else if (object instanceof List<?> list) {
            assertAsJackson(JACKSON, new Bag(Map.of(), Map.of(), Map.of(), 1, (List<Object>) list));
        }
    }

    static Stream<Object> strangeValues() {
        return Stream.of(
                "text",
                1L << 40,
                1.0,
                new BigDecimal("1.23456789012345678901"),
                BigInteger.ONE.shiftLeft(70),
                true,
                List.of(),
                List.of(Map.of("a", List.of(1))),
                Map.of(),
                Collections.singletonMap("a", null),
                Map.of("a", BigInteger.ONE.shiftLeft(70)),
                Map.of("a", Map.of("number", 1, "text", "b")),
                Map.of("a", Map.of("number", "one", "text", "b")));
    }

    @ParameterizedTest
    @MethodSource("strangeValues")
    void fieldWithAStrangeValue_isReadAsJacksonDoes(Object value) {
        Bag bag = Bag.of(1);
        Document document = AsJackson.document(bag);
        for (String name : document.names()) {
            assertAsJackson(JACKSON, bag, document.with(name, value));
        }
    }

    /** A number that is too large for a long makes Jackson read the record. */
    @Test
    void mapsAndListsThatJacksonReads_areThoseThatItMakes() {
        BigInteger large = BigInteger.ONE.shiftLeft(70);
        Document document = AsJackson.document(new Bag(Map.of("a", large), Map.of(), Map.of(), Map.of(), List.of()));
        Bag bag = DocumentMapper.standard().toObject(document, Bag.class);

        assertThat(Stream.of(bag.extra(), bag.parts(), bag.any()))
                .allSatisfy(map -> assertThat(map).isExactlyInstanceOf(LinkedHashMap.class));
        assertThat(bag.mixed()).isExactlyInstanceOf(ArrayList.class);
        assertThat(bag.extra()).isEqualTo(Map.of("a", large));
    }

    record Annotated(
            @JsonInclude(content = JsonInclude.Include.NON_NULL)
            Map<String, String> values) {}

    record Formatted(
            @JsonFormat(with = JsonFormat.Feature.WRITE_SORTED_MAP_ENTRIES)
            Map<String, Object> values) {}

    record Setting(@JsonSetter(contentNulls = Nulls.SKIP) Map<String, Object> values) {}

    record Other(Map<Integer, String> keys) {}

    record Special(TreeMap<String, String> sorted) {}

    static Stream<Object> outOfTheOrdinary() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("b", null);
        values.put("a", "x");
        return Stream.of(
                new Annotated(values),
                new Formatted(new LinkedHashMap<>(values)),
                new Setting(new LinkedHashMap<>(values)),
                new Other(Map.of(1, "a")),
                new Special(new TreeMap<>(values)));
    }

    @ParameterizedTest
    @MethodSource("outOfTheOrdinary")
    void mapThatIsOutOfTheOrdinary_isLeftToJackson(Object object) {
        assertThat(isMapped(object.getClass(), JACKSON)).isFalse();

        assertAsJackson(JACKSON, object);
    }

    private static final class LoudKeys extends ValueSerializer<String> {

        @Override
        public void serialize(String value, JsonGenerator generator, SerializationContext context) {
            generator.writeName(value + "!");
        }
    }

    private static final class LoudKey extends KeyDeserializer {

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return key + "!";
        }
    }

    private static JsonMapper with(SimpleModule module) {
        return JACKSON.rebuild().addModule(module).build();
    }

    static Stream<JsonMapper> otherMappers() {
        return Stream.of(
                JACKSON.rebuild()
                        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .build(),
                JACKSON.rebuild()
                        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .build(),
                JACKSON.rebuild()
                        .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                        .build(),
                JACKSON.rebuild()
                        .enable(DeserializationFeature.USE_JAVA_ARRAY_FOR_JSON_ARRAY)
                        .build(),
                JACKSON.rebuild()
                        .activateDefaultTyping(
                                BasicPolymorphicTypeValidator.builder()
                                        .allowIfBaseType(Object.class)
                                        .build(),
                                DefaultTyping.JAVA_LANG_OBJECT)
                        .build(),
                JACKSON.rebuild()
                        .withConfigOverride(
                                Map.class,
                                override -> override.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.POJO)))
                        .build(),
                with(new SimpleModule().addKeySerializer(String.class, new LoudKeys())),
                with(new SimpleModule().addKeyDeserializer(String.class, new LoudKey())),
                with(new SimpleModule().addAbstractTypeMapping(Map.class, TreeMap.class)),
                with(new SimpleModule().addSerializer(Map.class, ToStringSerializer.instance)));
    }

    @ParameterizedTest
    @MethodSource("otherMappers")
    void otherSettings_areLeftToJackson(JsonMapper mapper) {
        assertThat(isMapped(Bag.class, mapper)).isFalse();

        assertAsJackson(mapper, Bag.of(Map.of("b", 1.5, "a", 2)));
    }

    /** The record is mapped, as nothing says what is in it; what a module is for is left to Jackson. */
    @Test
    void moduleForWhatMayBeInAMap_isFollowed() {
        JsonMapper mapper = with(new SimpleModule()
                .addSerializer(Long.class, ToStringSerializer.instance)
                .addSerializer(TreeMap.class, ToStringSerializer.instance));

        assertAsJackson(mapper, new Boxed<>(1L));
        assertAsJackson(mapper, new Boxed<>(List.of(1L, 2)));
        assertAsJackson(mapper, new Boxed<>(Map.of("a", new TreeMap<>(Map.of("b", 1)))));
    }
}
