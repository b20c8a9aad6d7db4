package io.deltatrace.document;

import static io.deltatrace.document.AsJackson.JACKSON;
import static io.deltatrace.document.AsJackson.assertAsJackson;
import static io.deltatrace.document.AsJackson.isMapped;
import static io.deltatrace.document.AsJackson.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** A record is converted by method handles as Jackson would convert it, or by Jackson. */
class RecordMappingTests {

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "verde";
            }
        }
    }

    record Part(int number, Long size) {}

    record Whole(
            String name,
            long count,
            Integer small,
            short tiny,
            double ratio,
            Double maybe,
            boolean on,
            Boolean tristate,
            Instant at,
            Color color,
            BigDecimal price,
            LocalDate day,
            UUID id,
            Part part,
            List<Part> parts,
            List<String> tags,
            List<List<Long>> grid) {}

    @Provide
    Arbitrary<Whole> wholes() {
        Arbitrary<Long> longs = Arbitraries.longs();
        Arbitrary<Part> parts = Combinators.combine(Arbitraries.integers(), longs.injectNull(0.2))
                .as(Part::new);
        Arbitrary<Object[]> scalars = Combinators.combine(
                        Arbitraries.strings().injectNull(0.1),
                        longs,
                        Arbitraries.integers().injectNull(0.1),
                        Arbitraries.shorts(),
                        Arbitraries.doubles(),
                        Arbitraries.doubles().injectNull(0.1),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false).injectNull(0.3))
                .as((a, b, c, d, e, f, g, h) -> new Object[] {a, b, c, d, e, f, g, h});
        Arbitrary<Object[]> others = Combinators.combine(
                        Arbitraries.longs()
                                .between(-62_000_000_000L, 253_000_000_000L)
                                .map(Instant::ofEpochSecond)
                                .injectNull(0.1),
                        Arbitraries.of(Color.values()).injectNull(0.1),
                        Arbitraries.bigDecimals().injectNull(0.1),
                        Arbitraries.longs().between(-10_000, 50_000).map(LocalDate::ofEpochDay),
                        Arbitraries.longs().map(bits -> new UUID(bits, ~bits)))
                .as((a, b, c, d, e) -> new Object[] {a, b, c, d, e});
        return Combinators.combine(
                        scalars,
                        others,
                        parts.injectNull(0.2),
                        parts.injectNull(0.1).list().ofMaxSize(3).injectNull(0.1),
                        Arbitraries.strings().injectNull(0.1).list().ofMaxSize(3),
                        longs.list().ofMaxSize(3).list().ofMaxSize(2))
                .as((s, o, part, list, tags, grid) -> new Whole(
                        (String) s[0],
                        (Long) s[1],
                        (Integer) s[2],
                        (Short) s[3],
                        (Double) s[4],
                        (Double) s[5],
                        (Boolean) s[6],
                        (Boolean) s[7],
                        (Instant) o[0],
                        (Color) o[1],
                        (BigDecimal) o[2],
                        (LocalDate) o[3],
                        (UUID) o[4],
                        part,
                        list,
                        tags,
                        grid));
    }

    @Property(tries = 300)
    void record_isConvertedAsJacksonDoes(@ForAll("wholes") Whole whole) {
        assertAsJackson(JACKSON, whole);
    }

    @Test
    void ordinaryRecord_isConvertedByMethodHandles() {
        assertThat(isMapped(Whole.class, JACKSON)).isTrue();
    }

    static Stream<Object> strangeValues() {
        return Stream.of(
                "text",
                "",
                "12",
                "GREEN",
                "verde",
                "2024-02-29",
                "2024-02-29T12:30:15.5Z",
                "2024-02-29T12:30:15+01:00",
                12L,
                1L << 40,
                1.5,
                2.0,
                new BigDecimal("1.23456789012345678901"),
                true,
                List.of(),
                Arrays.asList("a", null),
                List.of(List.of(1L), List.of("x")),
                Map.of("number", 1, "size", 2),
                Map.of("number", 1, "size", 2, "more", 3),
                Map.of("size", 2));
    }

    @ParameterizedTest
    @MethodSource("strangeValues")
    void fieldWithAStrangeValue_isReadAsJacksonDoes(Object value) {
        Whole whole = whole();
        Document document = AsJackson.document(whole);
        for (String name : document.names()) {
            assertAsJackson(JACKSON, whole, document.with(name, value));
        }
    }

    @Test
    void documentOfAnotherShape_isReadAsJacksonDoes() {
        Whole whole = whole();
        Document document = AsJackson.document(whole);
        Document backwards = Document.empty();
        List<String> names = new ArrayList<>(document.names());
        for (int i = names.size() - 1; i >= 0; i--) {
            backwards = backwards.with(names.get(i), document.get(names.get(i)));
        }
        JsonMapper strict = JACKSON.rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        for (JsonMapper mapper : List.of(JACKSON, strict)) {
            assertAsJackson(mapper, whole, backwards);
            assertAsJackson(mapper, whole, document.with("another", 1));
            for (String name : names) {
                assertAsJackson(mapper, whole, document.without(name));
                assertAsJackson(mapper, whole, document.without(name).with("another", 1));
                assertAsJackson(mapper, whole, document.with(name, null));
            }
        }
    }

    private static Whole whole() {
        return new Whole(
                "name",
                1,
                2,
                (short) 3,
                4.5,
                6.0,
                true,
                null,
                Instant.EPOCH,
                Color.GREEN,
                new BigDecimal("1.10"),
                LocalDate.EPOCH,
                new UUID(1, 2),
                new Part(1, 2L),
                List.of(new Part(3, null)),
                List.of("a"),
                List.of(List.of(1L, 2L)));
    }

    record Positive(String name, long value) {
        Positive {
            Objects.requireNonNull(name);
            if (value < 0) {
                throw new IllegalArgumentException("Not positive");
            }
        }
    }

    @Test
    void recordThatRefuses_isRefusedWithJacksonsMessage() {
        assertThat(isMapped(Positive.class, JACKSON)).isTrue();

        assertAsJackson(JACKSON, new Positive("a", 1), Document.parse("{\"name\":\"a\",\"value\":-1}"));
        assertAsJackson(JACKSON, new Positive("a", 1), Document.parse("{\"name\":null,\"value\":1}"));
    }

    record Reordered(String b, String a) {}

    @Test
    void componentsThatAreWrittenInAnotherOrder_areReadIntoTheirPlaces() {
        JsonMapper mapper = JACKSON.rebuild()
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .build();

        assertThat(isMapped(Reordered.class, mapper)).isTrue();
        assertThat(DocumentMapper.of(mapper).toDocument(new Reordered("first", "second")))
                .hasToString("{\"a\":\"second\",\"b\":\"first\"}");
        assertAsJackson(mapper, new Reordered("first", "second"));
    }

    record Text(String a, double b) {}

    @Test
    void valueThatADocumentCannotHold_isRefusedWithJacksonsMessage() {
        assertAsJackson(JACKSON, new Text("\ud800", 1));
        assertAsJackson(JACKSON, new Text("a", Double.NaN));
    }

    record Renamed(@JsonProperty("other") String name, int a) {}

    record Hidden(String name, @JsonIgnore int secret) {}

    record Formatted(
            @JsonFormat(shape = JsonFormat.Shape.STRING) long number) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sparse(String a, String b) {}

    enum Coded {
        ONE;

        @JsonValue
        int code() {
            return 1;
        }
    }

    record WithCode(Coded code) {}

    record WithExtra(String name) {
        public int getLength() {
            return name.length();
        }
    }

    record Tree(String name, List<Tree> children) {}

    record Nothing() {}

    static Stream<Object> outOfTheOrdinary() {
        return Stream.of(
                new Renamed("a", 1),
                new Hidden("a", 1),
                new Formatted(1),
                new Sparse("a", null),
                new WithCode(Coded.ONE),
                new WithExtra("abc"),
                new Tree("a", List.of(new Tree("b", List.of()))));
    }

    @ParameterizedTest
    @MethodSource("outOfTheOrdinary")
    void recordThatIsOutOfTheOrdinary_isLeftToJackson(Object object) {
        assertThat(isMapped(object.getClass(), JACKSON)).isFalse();

        assertAsJackson(JACKSON, object);
    }

    static Stream<JsonMapper> ordinaryMappers() {
        return Stream.of(
                JACKSON,
                JACKSON.rebuild()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build(),
                JACKSON.rebuild()
                        .enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                        .build());
    }

    record Ordinary(String firstName, Color color, Instant at, long number) {}

    private static final Ordinary ORDINARY = new Ordinary("a", Color.GREEN, Instant.EPOCH, 1);

    @ParameterizedTest
    @MethodSource("ordinaryMappers")
    void settingsOfNamesAndEnums_areFollowed(JsonMapper mapper) {
        assertThat(isMapped(Ordinary.class, mapper)).isTrue();

        assertAsJackson(mapper, ORDINARY);
    }

    interface AsText {
        @JsonFormat(shape = JsonFormat.Shape.STRING)
        long number();
    }

    static Stream<JsonMapper> otherMappers() {
        return Stream.of(
                JACKSON.rebuild()
                        .enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .build(),
                JACKSON.rebuild().addMixIn(Ordinary.class, AsText.class).build(),
                JACKSON.rebuild()
                        .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
                        .build(),
                JACKSON.rebuild()
                        .changeDefaultPropertyInclusion(
                                inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_DEFAULT))
                        .build(),
                JACKSON.rebuild()
                        .withConfigOverride(
                                Instant.class,
                                override -> override.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.NUMBER)))
                        .build(),
                JACKSON.rebuild().enable(EnumFeature.WRITE_ENUMS_USING_INDEX).build(),
                unknown(JACKSON));
    }

    @ParameterizedTest
    @MethodSource("otherMappers")
    void otherSettings_areLeftToJackson(JsonMapper mapper) {
        assertThat(isMapped(Ordinary.class, mapper)).isFalse();

        assertAsJackson(mapper, ORDINARY);
    }

    @Test
    void typeThatIsNoRecord_hasNoMapping() {
        assertThat(isMapped(String.class, JACKSON)).isFalse();
        assertAsJackson(JACKSON, new Nothing());
    }
}
