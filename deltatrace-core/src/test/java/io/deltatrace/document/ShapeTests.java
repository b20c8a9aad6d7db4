package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.SerializableString;

class ShapeTests {

    private static final int MOST_COLLECTIONS = 100;

    @Test
    void documentsWithTheSameNamesInTheSameOrder_shareAShape() {
        Document parsed = Document.parse("{\"shape_a\": 1, \"shape_b\": null}");
        Document built =
                Document.builder().put("shape_a", "x").put("shape_b", 2).build();
        Document extended = Document.parse("{\"shape_a\": 5}").with("shape_b", 6);
        Document reduced =
                Document.parse("{\"shape_a\": 5, \"gone\": 0, \"shape_b\": 6}").without("gone");

        assertThat(built.shape()).isSameAs(parsed.shape());
        assertThat(extended.shape()).isSameAs(parsed.shape());
        assertThat(reduced.shape()).isSameAs(parsed.shape());
    }

    @Test
    void documentsWithTheSameNamesInAnotherOrder_haveAnotherShape() {
        Document one = Document.parse("{\"shape_a\": 1, \"shape_b\": 2}");
        Document other = Document.parse("{\"shape_b\": 2, \"shape_a\": 1}");

        assertThat(other.shape()).isNotSameAs(one.shape());
        assertThat(other).isEqualTo(one);
    }

    @Test
    void replacingAValue_keepsTheShape() {
        Document document = Document.parse("{\"shape_a\": 1, \"shape_b\": 2}");

        assertThat(document.with("shape_a", "changed").shape()).isSameAs(document.shape());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 10, 100})
    void everyName_hasItsSlot(int count) {
        String[] names =
                IntStream.range(0, count).mapToObj(i -> "shape_name" + i).toArray(String[]::new);

        Shape shape = Shape.of(names, count);

        assertThat(shape.size()).isEqualTo(count);
        assertThat(shape.names()).containsExactly(names);
        assertThat(IntStream.range(0, count)).allSatisfy(i -> {
            assertThat(shape.slot(names[i])).isEqualTo(i);
            assertThat(shape.name(i)).isEqualTo(names[i]);
        });
        assertThat(shape.slot("shape_unknown")).isEqualTo(Shape.ABSENT);
        assertThat(Shape.of(names.clone(), count)).isSameAs(shape);
    }

    @Test
    void ofFewerNamesThanTheArrayHas_ignoresTheRest() {
        Shape shape = Shape.of(new String[] {"shape_a", "shape_b", "unused"}, 2);

        assertThat(shape.names()).containsExactly("shape_a", "shape_b");
    }

    @Test
    void namesInJson_areAtHandWhenTheyAreAskedForOften() {
        Shape shape = Shape.of(new String[] {"asked for often", "quoted \"name\""}, 2);

        for (int i = 0; i < 1_000; i++) {
            assertThat(shape.encoded()).isNull();
        }
        assertThat(shape.encoded())
                .extracting(SerializableString::getValue)
                .containsExactly("asked for often", "quoted \"name\"");
        assertThat(shape.encoded()).isSameAs(shape.encoded());
    }

    @Test
    void plusAndMinus_areShapesOfTheirNames() {
        Shape shape = Shape.of(new String[] {"shape_a", "shape_b", "shape_c"}, 3);

        assertThat(shape.plus("shape_d").names()).containsExactly("shape_a", "shape_b", "shape_c", "shape_d");
        assertThat(shape.minus(1).names()).containsExactly("shape_a", "shape_c");
        assertThat(shape.plus("shape_d").minus(3)).isSameAs(shape);
    }

    @Test
    void shapeThatNobodyUses_isCollected() {
        WeakReference<Shape> unused = new WeakReference<>(shapeOfNewDocument());

        for (int i = 0; i < MOST_COLLECTIONS && unused.get() != null; i++) {
            System.gc();
        }

        assertThat(unused.get()).isNull();
        assertThat(shapeOfNewDocument().names()).containsExactly("shape_seen_nowhere_else");
    }

    private static Shape shapeOfNewDocument() {
        return Document.parse("{\"shape_seen_nowhere_else\": 1}").shape();
    }
}
