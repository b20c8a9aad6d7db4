package io.deltatrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.document.Document;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Sorting by integers gives what any stable sort gives. */
class IntegerSortTests {

    @Provide
    Arbitrary<List<Long>> values() {
        return Arbitraries.oneOf(
                        Arbitraries.longs().between(-5, 5),
                        Arbitraries.longs(),
                        Arbitraries.of(Long.MIN_VALUE, -1L, 0L, 1L, Long.MAX_VALUE),
                        Arbitraries.longs().between(Long.MAX_VALUE - 3, Long.MAX_VALUE))
                .list()
                .ofMinSize(2)
                .ofMaxSize(200)
                .flatMap(list -> {
                    List<Long> ascending = new ArrayList<>(list);
                    Collections.sort(ascending);
                    List<Long> descending = new ArrayList<>(ascending);
                    Collections.reverse(descending);
                    return Arbitraries.of(list, ascending, descending);
                });
    }

    @Provide
    Arbitrary<List<Long>> narrow() {
        return Arbitraries.longs().between(-20, 20).list().ofMinSize(2).ofMaxSize(200);
    }

    private static void assertSorted(List<Long> values, boolean reversed, int most) {
        List<Document> documents = new ArrayList<>();
        for (Long value : values) {
            documents.add(Document.of(Map.of("value", value, "place", documents.size())));
        }
        Comparator<Document> order = Comparator.comparing(document -> (Long) document.get("value"));
        List<Document> expected = new ArrayList<>(documents);
        expected.sort(reversed ? order.reversed() : order);
        Sort sort = reversed ? Sort.by("value").descending() : Sort.by("value");

        assertThat(sort.apply(documents)).isEqualTo(expected);
        List<Document> first = sort.apply(documents, most);
        assertThat(first.subList(0, Math.min(first.size(), most)))
                .isEqualTo(expected.subList(0, Math.min(expected.size(), most)));
    }

    @Property(tries = 500)
    void integers_areSortedStably(
            @ForAll("values") List<Long> values, @ForAll boolean reversed, @ForAll @IntRange(max = 250) int most) {
        assertSorted(values, reversed, most);
    }

    @Property(tries = 500)
    void firstOfManyAlike_areThoseOfAStableSort(
            @ForAll("narrow") List<Long> values, @ForAll boolean reversed, @ForAll @IntRange(max = 20) int most) {
        assertSorted(values, reversed, most);
    }
}
