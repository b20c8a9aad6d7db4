package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;

class DocumentTests {

    private static final Document NARA = Document.parse("""
            {"name": "Nara", "geo": {"lat": 34.7, "lon": 135.8}, "tags": ["deer", "temple"], "mayor": null}""");

    @Test
    void get_findsTopLevelFieldsOnly() {
        assertThat(NARA.get("name")).isEqualTo("Nara");
        assertThat(NARA.get("geo")).isEqualTo(Document.parse("{\"lat\": 34.7, \"lon\": 135.8}"));
        assertThat(NARA.get("geo.lat")).isNull();
        assertThat(NARA.get("missing")).isNull();
    }

    @Test
    void at_walksADottedPath() {
        assertThat(NARA.at("geo.lat")).isEqualTo(34.7);
        assertThat(NARA.at("name")).isEqualTo("Nara");
        assertThat(NARA.at("geo.height")).isNull();
        assertThat(NARA.at("name.lat")).isNull();
    }

    @Test
    void has_isTrueForAFieldThatIsNull() {
        assertThat(NARA.has("mayor")).isTrue();
        assertThat(NARA.get("mayor")).isNull();
        assertThat(NARA.has("river")).isFalse();
    }

    @Test
    void names_areInTheOrderOfTheText() {
        assertThat(NARA.names()).containsExactly("name", "geo", "tags", "mayor");
        assertThat(NARA.size()).isEqualTo(4);
    }

    @Test
    void empty_hasNoFields() {
        assertThat(Document.empty().size()).isZero();
        assertThat(Document.empty().names()).isEmpty();
        assertThat(Document.empty()).hasToString("{}").isEqualTo(Document.parse("{}"));
    }

    @Test
    void with_replacesInPlaceAndAppendsWhatIsNew() {
        Document changed = NARA.with("name", "Nara City").with("mayor", "N. N.").with("river", "Saho");

        assertThat(changed.names()).containsExactly("name", "geo", "tags", "mayor", "river");
        assertThat(changed.get("name")).isEqualTo("Nara City");
        assertThat(changed.get("mayor")).isEqualTo("N. N.");
        assertThat(changed.get("river")).isEqualTo("Saho");
    }

    @Test
    void with_leavesTheOriginalAlone() {
        Document original = Document.parse("{\"a\": 1}");

        Document changed = original.with("a", 2).with("b", 3);

        assertThat(original).hasToString("{\"a\":1}");
        assertThat(changed).hasToString("{\"a\":2,\"b\":3}");
    }

    @Test
    void with_convertsTheValue() {
        assertThat(Document.empty().with("a", 5).get("a")).isEqualTo(5L);
        assertThat(Document.empty().with("a", Map.of("b", true)).get("a")).isEqualTo(Document.parse("{\"b\": true}"));
        assertThat(Document.empty().with("a", null).has("a")).isTrue();
    }

    @Test
    void withAll_setsEveryFieldOfTheOther() {
        Document base = Document.parse("{\"a\": 1, \"b\": {\"x\": 1, \"y\": 2}}");

        Document changed = base.withAll(Document.parse("{\"c\": 3, \"b\": {\"x\": 9}}"));

        assertThat(changed).hasToString("{\"a\":1,\"b\":{\"x\":9},\"c\":3}");
        assertThat(base.withAll(Document.empty())).isEqualTo(base);
    }

    @Test
    void changedDocument_isAsLargeAndDeepAsIfItWereReadAnew() {
        List<String> values = List.of("1", "\"text\"", "\"\"", "null", "{\"x\":{\"y\":[]}}", "[\"a\",[1]]", "{}");
        Random random = new Random(5);
        for (int tries = 0; tries < 2_000; tries++) {
            Document base = someOf(values, random);
            Document other = someOf(values, random);

            assertMeasuredAsIfReadAnew(base.withAll(other));
            assertMeasuredAsIfReadAnew(base.with("b", other.get("c")));
        }
    }

    private static void assertMeasuredAsIfReadAnew(Document changed) {
        assertThat(changed.extent())
                .as("%s", changed)
                .isEqualTo(Document.parse(changed.toString()).extent());
    }

    private static Document someOf(List<String> values, Random random) {
        String fields = Stream.of("a", "b", "c", "d")
                .filter(name -> random.nextInt(3) > 0)
                .map(name -> "\"" + name + "\":" + values.get(random.nextInt(values.size())))
                .collect(Collectors.joining(","));
        return Document.parse("{" + fields + "}");
    }

    @Test
    void withAll_isMeasuredAtItsEnd() {
        String large = "x".repeat(Document.MAX_SIZE * 2 / 3);
        Document base = Document.of(Map.of("a", large)).with("b", "small");

        Document changed = base.withAll(Document.of(Map.of("b", large)).with("a", "small"));

        assertThat(changed.get("b")).isEqualTo(large);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> base.withAll(Document.of(Map.of("b", large))))
                .withMessageContaining("The document is larger than " + Document.MAX_SIZE + " characters");
    }

    @Test
    void without_removesOneField() {
        assertThat(NARA.without("geo").names()).containsExactly("name", "tags", "mayor");
        assertThat(NARA.without("name").names()).containsExactly("geo", "tags", "mayor");
        assertThat(NARA.without("mayor").names()).containsExactly("name", "geo", "tags");
        assertThat(NARA.without("missing")).isEqualTo(NARA);
        assertThat(Document.parse("{\"a\": 1}").without("a")).isEqualTo(Document.empty());
    }

    @Test
    void conformedTo_dropsWhatTheTemplateLacksAndAddsWhatItHas() {
        Document template = Document.parse("{\"b\": 0, \"c\": \"none\", \"a\": -1}");

        Document conformed = Document.parse("{\"a\": 1, \"x\": 2, \"b\": null}").conformedTo(template);

        assertThat(conformed).isEqualTo(Document.parse("{\"a\": 1, \"b\": null, \"c\": \"none\"}"));
    }

    @Test
    void conformedTo_aTemplateWithTheSameFields_changesNothing() {
        Document document = Document.parse("{\"a\": 1, \"b\": 2}");

        assertThat(document.conformedTo(Document.parse("{\"a\": 0, \"b\": 0}"))).isEqualTo(document);
        assertThat(document.conformedTo(Document.parse("{\"b\": 0, \"a\": 0}"))).isEqualTo(document);
        assertThat(document.conformedTo(Document.empty())).isEqualTo(Document.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a": 1, "b": 2}            | {"b": 2, "a": 1}
                    {"a": 1}                    | {"a": 1.0}
                    {"a": [1, {"b": 2, "c": 3}]} | {"a": [1.0, {"c": 3.0, "b": 2}]}
                    {"a": 0.0}                  | {"a": -0.0}
                    {"a": 100}                  | {"a": 1E2}
                    {"a": null}                 | {"a": null}
                    {}                          | {}
                    """)
    void equality_isThatOfJson(String one, String other) {
        assertThat(Document.parse(one))
                .isEqualTo(Document.parse(other))
                .hasSameHashCodeAs(Document.parse(other))
                .isNotEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a": 1}      | {"a": true}
                    {"a": 0}      | {"a": false}
                    {"a": 1}      | {"a": "1"}
                    {"a": null}   | {}
                    {"a": null}   | {"b": null}
                    {"a": 1}      | {"a": 1, "b": 2}
                    {"a": 1}      | {"b": 1}
                    {"a": [1, 2]} | {"a": [2, 1]}
                    {"a": [1]}    | {"a": [1, 1]}
                    {"a": []}     | {"a": {}}
                    {"a": {}}     | {"a": null}
                    """)
    void differentJson_isNotEqual(String one, String other) {
        assertThat(Document.parse(one)).isNotEqualTo(Document.parse(other));
    }

    @Test
    void asMap_showsTheFieldsInOrder() {
        Map<String, Object> map =
                Document.parse("{\"b\": 1, \"a\": {\"c\": null}, \"n\": null}").asMap();

        assertThat(map).containsExactly(entry("b", 1L), entry("a", Document.parse("{\"c\": null}")), entry("n", null));
        assertThat(map).containsKey("n").doesNotContainKey("c");
        assertThat(map.get("b")).isEqualTo(1L);
        assertThat(map.get("missing")).isNull();
    }

    @Test
    void asMap_cannotBeChanged() {
        Map<String, Object> map = Document.parse("{\"a\": 1}").asMap();

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> map.put("b", 2L));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> map.remove("a"));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(map::clear);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> map.keySet().remove("a"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> map.entrySet().iterator().next().setValue(2L));
        assertThat(map).containsExactly(entry("a", 1L));
    }

    @Test
    void arrays_cannotBeChanged() {
        @SuppressWarnings("unchecked")
        List<Object> tags = (List<Object>) NARA.get("tags");

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> tags.add("park"));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> tags.set(0, "park"));
        assertThat(tags).containsExactly("deer", "temple");
    }

    @Test
    void toString_isJson() {
        assertThat(NARA).hasToString("""
                        {"name":"Nara","geo":{"lat":34.7,"lon":135.8},"tags":["deer","temple"],"mayor":null}""");
        assertThat(Document.builder().put("a\"b", "line\nbreak").put("t", true).build())
                .hasToString("{\"a\\\"b\":\"line\\nbreak\",\"t\":true}");
    }

    @Test
    void as_makesAnObjectOfTheType() {
        assertThat(NARA.as(City.class)).isEqualTo(new City("Nara", List.of("deer", "temple")));
        assertThat(NARA.as(Document.class)).isSameAs(NARA);
    }

    @Test
    void as_makesAnObjectOfAGenericType() {
        Document scores = Document.parse("{\"a\": [1, 2], \"b\": []}");

        assertThat(scores.as(new TypeReference<Map<String, List<Integer>>>() {}))
                .containsExactly(entry("a", List.of(1, 2)), entry("b", List.of()));
    }

    @Test
    void as_failsForATypeThatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.parse("{\"name\": []}").as(City.class))
                .withMessageContaining("City")
                .withMessageContaining("name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NARA.as(new TypeReference<List<String>>() {}))
                .withMessageContaining("Cannot convert an object to java.util.List<java.lang.String>");
    }

    @Test
    void parsedDocument_mayBeAHundredLevelsDeep() {
        assertThat(Document.parse(nestedText(100))).hasToString(nestedText(100));
        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> Document.parse(nestedText(101)))
                .withMessageContaining("nested deeper than 100");
    }

    @Test
    void builtDocument_mayBeAHundredLevelsDeep() {
        Document ninetyNine = Document.parse(nestedText(99));
        Document hundred = Document.empty().with("a", ninetyNine);

        assertThat(hundred).hasToString(nestedText(100));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.empty().with("a", hundred))
                .withMessageContaining("nested deeper than 100");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Document.builder().put("a", List.of(ninetyNine)).build())
                .withMessageContaining("nested deeper than 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(Map.of("a", Map.of("b", ninetyNine))))
                .withMessageContaining("nested deeper than 100");
    }

    @Test
    void duplicateName_takesTheLastValueAtTheFirstPlace() {
        assertThat(Document.parse("{\"a\": 1, \"b\": 2, \"a\": 3}")).hasToString("{\"a\":3,\"b\":2}");
    }

    @Test
    void anyJacksonMapper_readsAndWritesADocument() {
        JsonMapper mapper = JsonMapper.builder().build();
        String json = """
                {"reason":"moved","change":{"b":1,"a":[1.1,{"z":null}]},"others":[{},{"q":true}]}""";

        Correction correction = mapper.readValue(json, Correction.class);

        assertThat(correction.change()).isEqualTo(Document.parse("{\"b\": 1, \"a\": [1.1, {\"z\": null}]}"));
        assertThat(correction.others()).containsExactly(Document.empty(), Document.parse("{\"q\": true}"));
        assertThat(mapper.writeValueAsString(correction)).isEqualTo(json);
    }

    @Test
    void textThatIsNoDocument_isAJacksonExceptionInAnApplicationsMapper() {
        tools.jackson.databind.json.JsonMapper mapper =
                tools.jackson.databind.json.JsonMapper.builder().build();

        assertThatExceptionOfType(tools.jackson.databind.exc.MismatchedInputException.class)
                .isThrownBy(() -> mapper.readValue("[1]", Document.class))
                .withMessageContaining("Expected an object");
    }

    @Test
    void number_keepsItsKindOnTheWayThroughJson() {
        Document document = Document.of(Map.of("x", 12345678.0, "y", 1e22, "z", 100.0));

        assertThat(Document.parse(document.toString()).get("x")).isEqualTo(12345678.0);
        assertThat(Document.parse(document.toString()).get("y")).isEqualTo(1e22);
        assertThat(Document.parse(document.toString()).get("z")).isEqualTo(100.0);
    }

    @Test
    void sharedParts_countEachTimeTheyAreUsed() {
        Document document = Document.of(Map.of("a", "x".repeat(100_000)));
        Document doubled = document;
        for (int i = 0; i < 7; i++) {
            doubled = Document.empty().with("l", doubled).with("r", doubled);
        }
        Document largest = doubled;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.empty().with("l", largest).with("r", largest))
                .withMessageContaining("The document is larger than " + Document.MAX_SIZE + " characters");
    }

    @Test
    void anyJacksonMapper_refusesADocumentThatIsNoObject() {
        JsonMapper mapper = JsonMapper.builder().build();

        assertThatExceptionOfType(DatabindException.class)
                .isThrownBy(() -> mapper.readValue("{\"change\": [1]}", Correction.class))
                .withMessageContaining("Expected an object")
                .withMessageContaining("change");
        assertThat(mapper.readValue("{\"change\": null}", Correction.class).change())
                .isNull();
    }

    private static String nestedText(int depth) {
        return "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
    }

    record City(String name, List<String> tags) {}

    record Correction(String reason, Document change, List<Document> others) {}
}
