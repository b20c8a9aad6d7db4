package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentBuilderTests {

    @Test
    void fields_areInTheOrderInWhichTheyWerePut() {
        Document document =
                Document.builder().put("b", 1).put("a", "x").put("c", null).build();

        assertThat(document).hasToString("{\"b\":1,\"a\":\"x\",\"c\":null}");
    }

    @Test
    void emptyBuilder_buildsTheEmptyDocument() {
        assertThat(Document.builder().build()).isEqualTo(Document.empty());
    }

    @Test
    void nameThatWasPutBefore_keepsItsPlaceAndTakesTheNewValue() {
        Document document =
                Document.builder().put("a", 1).put("b", 2).put("a", 3).build();

        assertThat(document).hasToString("{\"a\":3,\"b\":2}");
    }

    @Test
    void values_areConverted() {
        Document document = Document.builder()
                .put("int", 1)
                .put("list", List.of(1, Map.of("x", 2)))
                .put("document", Document.parse("{\"y\": 3}"))
                .build();

        assertThat(document).hasToString("{\"int\":1,\"list\":[1,{\"x\":2}],\"document\":{\"y\":3}}");
    }

    @Test
    void valueThatJsonCannotExpress_isRejected() {
        DocumentBuilder builder = Document.builder().put("a", 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.put("b", Map.of("x", List.of(1, Double.NaN))))
                .withMessageContaining("NaN is not a JSON number")
                .withMessageContaining("x[1]");
        assertThat(builder.build()).hasToString("{\"a\":1}");
    }

    @Test
    void nullName_isRejected() {
        assertThatNullPointerException().isThrownBy(() -> Document.builder().put(null, 1));
    }

    @Test
    void builderUsedFurther_doesNotChangeWhatItBuilt() {
        DocumentBuilder builder = Document.builder().put("a", 1);

        Document first = builder.build();
        Document second = builder.put("a", 2).put("b", 3).build();

        assertThat(first).hasToString("{\"a\":1}");
        assertThat(second).hasToString("{\"a\":2,\"b\":3}");
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8, 9, 16, 17, 1000})
    void manyFields_areAllKeptAndFound(int count) {
        DocumentBuilder builder = Document.builder();
        IntStream.range(0, count).forEach(i -> builder.put("name" + i, i));
        IntStream.range(0, count).filter(i -> i % 2 == 0).forEach(i -> builder.put("name" + i, -i));

        Document document = builder.build();

        assertThat(document.size()).isEqualTo(count);
        assertThat(IntStream.range(0, count)).allSatisfy(i -> {
            assertThat(document.names().get(i)).isEqualTo("name" + i);
            assertThat(document.get("name" + i)).isEqualTo(i % 2 == 0 ? -(long) i : (long) i);
        });
    }

    @Test
    void expectedShape_isUsedIfTheNamesArriveAsExpected() {
        Document expected = Document.parse("{\"a\": 1, \"b\": 2}");

        Document document = new DocumentBuilder(expected.shape())
                .putValue("a", 3L)
                .putValue("b", 4L)
                .build();

        assertThat(document.shape()).isSameAs(expected.shape());
        assertThat(document).hasToString("{\"a\":3,\"b\":4}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}",
                "{\"a\":1,\"b\":2,\"c\":3,\"d\":4}",
                "{\"a\":1,\"c\":3,\"b\":2}",
                "{\"c\":3,\"b\":2,\"a\":1}",
                "{\"x\":1,\"y\":2,\"z\":3}",
                "{}"
            })
    void namesThatArriveOtherwise_makeTheirOwnShape(String json) {
        Document wanted = Document.parse(json);
        DocumentBuilder builder = new DocumentBuilder(
                Document.parse("{\"a\": 0, \"b\": 0, \"c\": 0}").shape());

        wanted.asMap().forEach(builder::putValue);

        assertThat(builder.build()).hasToString(json);
        assertThat(builder.build().shape()).isSameAs(wanted.shape());
    }

    @Test
    void expectedNameThatIsRepeated_keepsItsPlace() {
        Shape expected = Document.parse("{\"a\": 0, \"b\": 0, \"c\": 0}").shape();

        Document document = new DocumentBuilder(expected)
                .putValue("a", 1L)
                .putValue("b", 2L)
                .putValue("a", 3L)
                .putValue("c", 4L)
                .build();

        assertThat(document).hasToString("{\"a\":3,\"b\":2,\"c\":4}");
    }
}
