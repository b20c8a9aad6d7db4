package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class DocumentMapperTests {

    private static final DocumentMapper MAPPER = DocumentMapper.standard();

    static Stream<Object> roundTripped() {
        return Stream.of(
                new Times(
                        Instant.parse("2024-02-29T12:30:15.123456789Z"),
                        LocalDate.of(2024, 2, 29),
                        Duration.ofMinutes(90).plusMillis(5)),
                new Choice(DayOfWeek.FRIDAY, Optional.of("set")),
                new Choice(DayOfWeek.MONDAY, Optional.empty()),
                new Order(
                        UUID.fromString("0d8a52a6-5f0c-4c53-9a33-0a7c8f0f6a11"),
                        new Item("pen", 3),
                        List.of(new Item("ink", 1), new Item("cap", 0)),
                        Map.of("left", new Item("nib", 2)),
                        new TreeSet<>(Set.of("b", "a"))),
                new Numbers(7, 8L, 1.1f, 2.5, new BigInteger("12345678901234567890"), true),
                new Account("x", List.of("a", "b")));
    }

    @ParameterizedTest
    @MethodSource("roundTripped")
    void object_survivesTheWayToADocumentAndBack(Object object) {
        Document document = MAPPER.toDocument(object);

        Object copy = MAPPER.toObject(document, object.getClass());

        assertThat(copy).isEqualTo(object);
        assertThat(Document.parse(document.toString())).isEqualTo(document);
    }

    @Test
    void times_areWrittenAsIsoText() {
        Document document = MAPPER.toDocument(Map.of(
                "instant", Instant.parse("2024-02-29T12:30:15.5Z"),
                "date", LocalDate.of(2024, 2, 29),
                "offset", OffsetDateTime.parse("2024-02-29T12:30:15+09:00"),
                "duration", Duration.ofMinutes(90)));

        assertThat(document.asMap())
                .containsOnly(
                        entry("instant", "2024-02-29T12:30:15.500Z"),
                        entry("date", "2024-02-29"),
                        entry("offset", "2024-02-29T12:30:15+09:00"),
                        entry("duration", "PT1H30M"));
    }

    @Test
    void offsetDateTime_staysTheSameInstant() {
        Departure departure = new Departure(OffsetDateTime.parse("2024-02-29T12:30:15+09:00"));

        Departure copy = MAPPER.toDocument(departure).as(Departure.class);

        assertThat(copy.at().toInstant()).isEqualTo(departure.at().toInstant());
    }

    @Test
    void mapOfAnything_survives() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "x");
        map.put("nothing", null);
        map.put("list", Arrays.asList(1L, null, List.of(), Map.of()));
        map.put("map", Map.of("deep", Map.of("deeper", false)));

        Document document = MAPPER.toDocument(map);

        assertThat(MAPPER.toObject(document, new TypeReference<Map<String, Object>>() {}))
                .hasToString(map.toString());
        assertThat(document.names()).containsExactly("text", "nothing", "list", "map");
    }

    @Test
    void arraysAndCollections_becomeArrays() {
        Document document = MAPPER.toDocument(Map.of(
                "ints", new int[] {1, 2},
                "nested", new Object[] {new String[] {"a"}, null},
                "set", new TreeSet<>(List.of(3, 1, 2))));

        assertThat(document).isEqualTo(Document.parse("{\"ints\":[1,2],\"nested\":[[\"a\"],null],\"set\":[1,2,3]}"));
        assertThat(MAPPER.toObject(document.get("ints"), int[].class)).containsExactly(1, 2);
    }

    @Test
    void optionalInAMap_isItsValueOrNull() {
        Document document =
                MAPPER.toDocument(Map.of("absent", Optional.empty(), "present", Optional.of(new Item("pen", 3))));

        assertThat(document.has("absent")).isTrue();
        assertThat(document.get("absent")).isNull();
        assertThat(document.get("present")).isEqualTo(Document.parse("{\"name\":\"pen\",\"count\":3}"));
    }

    @Test
    void document_isTakenAsItIs() {
        Document document = Document.parse("{\"a\": [1]}");

        assertThat(MAPPER.toDocument(document)).isSameAs(document);
        assertThat(MAPPER.toValue(document.get("a"))).isSameAs(document.get("a"));
    }

    @Test
    void laterChangeOfTheSource_doesNotReachTheDocument() {
        String[] tags = {"a"};
        Document document = MAPPER.toDocument(Map.of("tags", tags));

        tags[0] = "changed";

        assertThat(document).hasToString("{\"tags\":[\"a\"]}");
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                arguments(1, 1L),
                arguments((short) 2, 2L),
                arguments((byte) -3, -3L),
                arguments(Long.MAX_VALUE, Long.MAX_VALUE),
                arguments(new BigInteger("42"), 42L),
                arguments(new BigInteger("9223372036854775807"), Long.MAX_VALUE),
                arguments(new BigInteger("9223372036854775808"), new BigInteger("9223372036854775808")),
                arguments(new BigInteger("12345678901234567890"), new BigInteger("12345678901234567890")),
                arguments(1.1f, 1.1),
                arguments(16777216f, 16777216.0),
                arguments(0.1, 0.1),
                arguments(-0.0, -0.0),
                arguments(new BigDecimal("19.99"), 19.99),
                arguments(new BigDecimal("1.10"), 1.1),
                arguments(new BigDecimal("5"), 5L),
                arguments(new BigDecimal("12345678901234567890"), new BigInteger("12345678901234567890")),
                arguments(new BigDecimal("0.1234567890123456789"), new BigDecimal("0.1234567890123456789")),
                arguments(new BigDecimal("9007199254740993.5"), new BigDecimal("9007199254740993.5")),
                arguments(new BigDecimal("1e400"), new BigDecimal("1e400")));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void number_becomesTheSimplestExactKind(Number source, Number expected) {
        assertThat(MAPPER.toValue(source)).isEqualTo(expected);
        assertThat(MAPPER.toDocument(Map.of("n", List.of(source))).get("n")).isEqualTo(List.of(expected));
    }

    @Test
    void numbersOfARecord_areExact() {
        Document document = MAPPER.toDocument(new Prices(
                1.1f,
                new BigDecimal("19.99"),
                new BigDecimal("0.1234567890123456789"),
                new BigInteger("1" + "0".repeat(19))));

        assertThat(document.asMap())
                .containsExactly(
                        entry("rate", 1.1),
                        entry("price", 19.99),
                        entry("exact", new BigDecimal("0.1234567890123456789")),
                        entry("id", new BigInteger("10000000000000000000")));
    }

    @Test
    void mapperOfTheCaller_isUsedInBothDirections() {
        JsonMapper snakeCase = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        DocumentMapper mapper = DocumentMapper.of(snakeCase);
        Person person = new Person("Ada", "Lovelace");

        Document document = mapper.toDocument(person);

        assertThat(document).hasToString("{\"first_name\":\"Ada\",\"last_name\":\"Lovelace\"}");
        assertThat(mapper.toObject(document, Person.class)).isEqualTo(person);
        assertThat(mapper.toObject(document, new TypeReference<Person>() {})).isEqualTo(person);
    }

    @Test
    void objectThatIsNoJsonObject_isNoDocument() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MAPPER.toDocument("text"))
                .withMessage("Expected an object, but java.lang.String is a string");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MAPPER.toDocument(new int[] {1}))
                .withMessageContaining("is an array");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MAPPER.toDocument(DayOfWeek.MONDAY))
                .withMessageContaining("java.time.DayOfWeek is a string");
    }

    @Test
    @SuppressWarnings("ArrayRecordComponent")
    void bytes_areBase64_alsoInsideARecord() {
        record File(byte[] content, byte[] none) {}

        assertThat(Document.of(java.util.Map.of("content", new byte[] {1, 2, 3})))
                .hasToString("{\"content\":\"AQID\"}");
        assertThat(Document.of(new File(new byte[] {1, 2, 3}, null)))
                .hasToString("{\"content\":\"AQID\",\"none\":null}");
    }

    @Test
    void decimalInARecord_isTheSameAsInAMap() {
        record Amount(java.math.BigDecimal value) {}

        for (String text : List.of("9007199254740993", "5", "19.99", "1E+3", "0.1234567890123456789")) {
            java.math.BigDecimal value = new java.math.BigDecimal(text);
            Object inRecord = Document.of(new Amount(value)).get("value");
            assertThat(inRecord)
                    .isEqualTo(Document.of(java.util.Map.of("value", value)).get("value"));
        }
    }

    @Test
    void zonedAndOffsetTimes_keepZoneAndOffset() {
        record Moments(java.time.ZonedDateTime zoned, java.time.OffsetDateTime offset) {}
        Moments times = new Moments(
                java.time.ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, java.time.ZoneId.of("Asia/Tokyo")),
                java.time.OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 0, java.time.ZoneOffset.ofHours(9)));

        assertThat(Document.of(times).as(Moments.class)).isEqualTo(times);
        assertThat(io.deltatrace.condition.Field.field("zoned")
                        .equalTo(times.offset())
                        .compile())
                .accepts(Document.of(times));
    }

    @Test
    void nothing_isNoDocument() {
        org.assertj.core.api.Assertions.assertThatNullPointerException()
                .isThrownBy(() -> Document.of(null))
                .withMessage("A document cannot be made of null");
    }

    @Test
    void typeThatDoesNotFit_isReportedWithThePath() {
        Document document = Document.parse("{\"name\": \"pen\", \"count\": \"many\"}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MAPPER.toObject(document, Item.class))
                .withMessage("Cannot convert an object to " + Item.class.getTypeName()
                        + ": expected int, but found a string that does not fit at count");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MAPPER.toObject(document, new TypeReference<Map<String, Integer>>() {}))
                .withMessageContaining("at name");
    }

    record Times(Instant instant, LocalDate date, Duration duration) {}

    record Departure(OffsetDateTime at) {}

    record Choice(DayOfWeek day, Optional<String> note) {}

    record Item(String name, int count) {}

    record Order(UUID id, Item first, List<Item> items, Map<String, Item> named, Set<String> tags) {}

    record Numbers(int i, long l, float f, double d, BigInteger big, boolean b) {}

    record Prices(float rate, BigDecimal price, BigDecimal exact, BigInteger id) {}

    record Person(String firstName, String lastName) {}

    static final class Account {

        private String owner = "";
        private List<String> tags = List.of();

        Account() {}

        Account(String owner, List<String> tags) {
            this.owner = owner;
            this.tags = tags;
        }

        public String getOwner() {
            return owner;
        }

        public void setOwner(String owner) {
            this.owner = owner;
        }

        public List<String> getTags() {
            return tags;
        }

        public void setTags(List<String> tags) {
            this.tags = tags;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Account that && owner.equals(that.owner) && tags.equals(that.tags);
        }

        @Override
        public int hashCode() {
            return owner.hashCode();
        }
    }
}
