package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTests {

    private static final Document DOCUMENT = Document.parse("""
            {
              "a": {"b": {"c": 1, "d": null}, "s": "text", "list": [{"x": 1}]},
              "": {"": "empty names"},
              "a.b": "a name with a dot"
            }""");

    @Test
    void path_readsNestedValues() {
        assertThat(FieldPath.of("a.b.c").read(DOCUMENT)).isEqualTo(1L);
        assertThat(FieldPath.of("a.b").read(DOCUMENT)).isEqualTo(Document.parse("{\"c\": 1, \"d\": null}"));
        assertThat(FieldPath.of("a.s").read(DOCUMENT)).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing",
                "a.missing",
                "a.missing.c",
                "a.b.d",
                "a.b.d.e",
                "a.b.c.d",
                "a.s.length",
                "a.list.x",
                "a.list.0",
                "a.list.0.x",
                "a.",
                ".a",
                "a..b"
            })
    void pathWithSomethingMissingOrNoObjectOnTheWay_isNull(String path) {
        assertThat(FieldPath.of(path).read(DOCUMENT)).isNull();
    }

    @Test
    void everyDot_separatesAndAnEmptyNameIsAName() {
        assertThat(FieldPath.of("a..b").segments()).containsExactly("a", "", "b");
        assertThat(FieldPath.of("").segments()).containsExactly("");
        assertThat(FieldPath.of("a.").segments()).containsExactly("a", "");
        assertThat(FieldPath.of(".").read(DOCUMENT)).isEqualTo("empty names");
    }

    @Test
    void segmentWithADot_isRejected_becauseItsTextWouldMeanSomethingElse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FieldPath(List.of("a.b")))
                .withMessage("A name in a field path cannot have a dot: a.b");
    }

    @Test
    void pathWithoutNames_isRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FieldPath(List.of()))
                .withMessageContaining("at least one name");
    }

    @Test
    void segments_areCopied() {
        List<String> segments = new ArrayList<>(List.of("a", "b"));
        FieldPath path = new FieldPath(segments);

        segments.add("c");

        assertThat(path.segments()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource({"a", "a.b.c", "a..b", "."})
    void toString_isTheDottedText(String text) {
        assertThat(FieldPath.of(text)).hasToString(text).isEqualTo(FieldPath.of(text));
    }

    @Test
    void reader_followsDocumentsOfAlternatingShapes() {
        FieldReader reader = FieldPath.of("user.age").reader();
        List<Document> documents = List.of(
                Document.parse("{\"user\": {\"name\": \"x\", \"age\": 1}}"),
                Document.parse("{\"id\": 0, \"user\": {\"age\": 2, \"name\": \"x\"}}"),
                Document.parse("{\"user\": {\"name\": \"x\", \"age\": 3}}"),
                Document.parse("{\"user\": \"nobody\"}"),
                Document.parse("{\"user\": {}}"),
                Document.parse("{}"),
                Document.parse("{\"user\": {\"name\": \"x\", \"age\": 4}}"),
                Document.parse("{\"user\": {\"name\": \"x\", \"age\": 5}}"));

        List<Object> ages = new ArrayList<>();
        documents.forEach(document -> ages.add(reader.read(document)));

        assertThat(ages).containsExactly(1L, 2L, 3L, null, null, null, 4L, 5L);
    }

    @Test
    void reader_readsObjectsOfOneShapeAtEachLevel() {
        FieldReader reader = FieldPath.of("a.a.a").reader();

        assertThat(reader.read(Document.parse("{\"a\": {\"a\": {\"a\": 1}}}"))).isEqualTo(1L);
        assertThat(reader.read(Document.parse("{\"a\": {\"a\": {\"a\": 2}}}"))).isEqualTo(2L);
        assertThat(reader.read(Document.parse("{\"a\": {\"a\": {\"b\": 3}}}"))).isNull();
    }
}
