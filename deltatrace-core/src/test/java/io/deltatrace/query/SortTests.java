package io.deltatrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deltatrace.condition.ValueType;
import io.deltatrace.document.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SortTests {

    @Test
    void values_areOrdered_withNullLast_orFirstIfReversed() {
        assertThat(sorted(Sort.by("v"), 3, null, 1.5, 2)).containsExactly(1.5, 2L, 3L, null);
        assertThat(sorted(Sort.by("v").descending(), 3, null, 1.5, 2)).containsExactly(null, 3L, 2L, 1.5);
        assertThat(sorted(Sort.by("v"), "b", "a", "B")).containsExactly("B", "a", "b");
        assertThat(sorted(Sort.by("v"), true, false)).containsExactly(false, true);
    }

    @Test
    void equalDocuments_keepTheirOrder_inBothDirections() {
        List<Document> documents = List.of(row(1, "a"), row(2, "b"), row(1, "c"), row(2, "d"));

        assertThat(Sort.by("n").apply(documents)).extracting(d -> d.get("name")).containsExactly("a", "c", "b", "d");
        assertThat(Sort.by("n").descending().apply(documents))
                .extracting(d -> d.get("name"))
                .containsExactly("b", "d", "a", "c");
    }

    @Test
    void laterFields_decideWhereEarlierOnesAreEqual() {
        List<Document> documents = List.of(row(1, "a"), row(2, "b"), row(1, "c"));

        assertThat(Sort.by("n").descending().thenBy("name").descending().apply(documents))
                .extracting(d -> d.get("name"))
                .containsExactly("b", "c", "a");
        assertThat(Sort.by("n").thenBy("name", ValueType.TEXT).orders()).hasSize(2);
    }

    @Test
    void valueType_convertsFirst() {
        assertThat(sorted(Sort.by("v", ValueType.INTEGER), "10", "9", 8)).containsExactly(8L, "9", "10");
        assertThat(sorted(Sort.by("v", ValueType.TEXT), 10, 9)).containsExactly(10L, 9L);
        assertThat(sorted(
                        Sort.by("v", ValueType.TIMESTAMP),
                        "2024-01-01T00:00:00Z",
                        "2024-01-01T00:00:00+09:00",
                        "2023-12-31T20:00:00Z"))
                .containsExactly("2024-01-01T00:00:00+09:00", "2023-12-31T20:00:00Z", "2024-01-01T00:00:00Z");
    }

    @Test
    void valuesWithoutAnOrder_failWithFieldAndKinds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sorted(Sort.by("v"), 1, "a"))
                .withMessage("Cannot sort by 'v': a string cannot be compared with an integer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sorted(Sort.by("v"), List.of(1), List.of(2)))
                .withMessage("Cannot sort by 'v': an array cannot be compared with an array");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sorted(Sort.by("v", ValueType.INTEGER), 1, "x"))
                .withMessage("Cannot sort by 'v': a string cannot be sorted as int_");
    }

    @Test
    void orderThatIsNotTransitive_sortsAllTheSame() {
        Random random = new Random(7);
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            documents.add(Document.of(Map.of("v", random.nextDouble() * 5e-12, "i", i)));
        }
        documents.add(1_000, Document.of(Map.of("v", 1.0, "i", -1)));

        List<Document> sorted = Sort.by("v", ValueType.FLOAT_WITHIN_EPSILON).apply(documents);

        assertThat(sorted).hasSize(2_001).containsExactlyInAnyOrderElementsOf(documents);
        assertThat(sorted.get(2_000).get("i")).isEqualTo(-1L);
    }

    @Test
    void sortOfManyRuns_isStableAndSorted() {
        Random random = new Random(7);
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 1_003; i++) {
            documents.add(Document.of(Map.of("v", random.nextInt(20), "i", i)));
        }

        assertThat(Sort.by("v", ValueType.FLOAT_WITHIN_EPSILON).apply(documents))
                .isEqualTo(Sort.by("v").apply(documents));
    }

    @Test
    void conversionThatFails_failsBesideNullToo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sorted(Sort.by("v", ValueType.INTEGER), null, "x"))
                .withMessage("Cannot sort by 'v': a string cannot be sorted as int_");
        assertThatIllegalStateException().isThrownBy(() -> new Sort(List.of()).descending());
    }

    @Test
    void valuesThatNeedNotBeCompared_doNotFail() {
        assertThat(sorted(Sort.by("v", ValueType.INTEGER), "x")).containsExactly("x");
        assertThat(sorted(new Sort(List.of()), "b", 1, "a")).containsExactly("b", 1L, "a");
        List<Document> distinct = List.of(row(2, "a"), Document.of(Map.of("n", 1, "name", 5)));
        assertThat(Sort.by("n").thenBy("name").apply(distinct))
                .extracting(d -> d.get("n"))
                .containsExactly(1L, 2L);
    }

    private static Document row(int n, String name) {
        return Document.of(Map.of("n", n, "name", name));
    }

    private static List<Object> sorted(Sort sort, Object... values) {
        List<Document> documents = new ArrayList<>();
        for (Object value : Arrays.asList(values)) {
            Map<String, Object> fields = new HashMap<>();
            fields.put("v", value);
            documents.add(Document.of(fields));
        }
        List<Object> sorted = new ArrayList<>();
        sort.apply(documents).forEach(document -> sorted.add(document.get("v")));
        return sorted;
    }
}
