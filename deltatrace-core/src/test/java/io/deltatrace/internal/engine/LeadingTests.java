package io.deltatrace.internal.engine;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.condition.Condition;
import io.deltatrace.condition.ValueType;
import io.deltatrace.document.Document;
import io.deltatrace.query.Query;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import io.deltatrace.result.QueryResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** The first documents of a sorted scan are those of a list that is sorted as a whole, and so is what it fails with. */
class LeadingTests {

    private static final List<String> TEXTS = List.of("", "a", "b", "sample", "sample1", "é", "ā", "\uFF21", "😀");

    private static final List<ValueType> TYPES = List.of(ValueType.values());

    private static DatabaseState state(List<Document> documents) {
        return DatabaseState.EMPTY.with(
                "c", CollectionState.absent(1, CollectionIndexes.NONE).with(Rows.of(documents)));
    }

    /** Of every field but the first there are equal values. */
    private static Document document(Random random, int place, double regularity) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("place", place);
        fields.put("falling", -place / 3);
        fields.put("many", random.nextInt(1_000));
        fields.put("few", random.nextInt(3));
        fields.put("far", random.nextBoolean() ? random.nextLong() : Long.MAX_VALUE);
        fields.put("text", TEXTS.get(random.nextInt(TEXTS.size())));
        boolean regular = random.nextDouble() < regularity;
        Object[] others = {null, 1.5, "1", 2, true, List.of(1)};
        fields.put("almost", regular ? (Object) random.nextInt(100) : others[random.nextInt(others.length)]);
        fields.put("halves", place < 10 * Rows.WIDTH ? (Object) (place / 7) : "t" + place / 7);
        fields.put("nullable", regular ? "t" + random.nextInt(100) : null);
        return Document.of(fields);
    }

    private static List<Document> documents(Random random) {
        double[] regularities = {0.5, 0.999, 1};
        double regularity = regularities[random.nextInt(regularities.length)];
        List<Document> documents = new ArrayList<>();
        for (int i = random.nextInt(1_000); i > 0; i--) {
            documents.add(document(random, documents.size(), regularity));
        }
        return documents;
    }

    private static Sort sort(Random random) {
        Sort sort = new Sort(List.of());
        int count = random.nextInt(4);
        List<String> fields =
                List.of("place", "falling", "many", "few", "far", "text", "almost", "halves", "nullable", "missing");
        for (int k = 0; k < count; k++) {
            ValueType type = random.nextInt(8) > 0 ? ValueType.AUTO : TYPES.get(random.nextInt(TYPES.size()));
            sort = sort.thenBy(fields.get(random.nextInt(fields.size())), type);
            sort = random.nextBoolean() ? sort.descending() : sort;
        }
        return sort;
    }

    private static @Nullable Condition condition(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> null;
            case 1 -> field("place").lessThan(random.nextInt(1_000));
            case 2 -> field("few").equalTo(1);
            case 3 -> field("text").startsWith("s").or(field("many").greaterThan(500));
            default -> field("place").greaterThanOrEqualTo(0);
        };
    }

    @Property(tries = 1_000)
    void firstDocuments_areThoseOfAllSorted(@ForAll long seed) {
        Random random = new Random(seed);
        List<Document> documents = documents(random);
        DatabaseState state = state(documents);
        Condition condition = condition(random);
        Sort sort = sort(random);
        List<Document> met = condition == null
                ? documents
                : documents.stream().filter(condition.compile()).toList();
        for (int limit : List.of(0, 1, 2, 5, 20, 50, 100)) {
            int offset = random.nextInt(1 + limit);
            SearchQuery query =
                    condition == null ? Query.getAll("c") : Query.search("c").where(condition);
            QueryResult result =
                    Engine.read(state, query.sort(sort).offset(offset).limit(limit));
            List<Document> sorted;
            try {
                sorted = sort.apply(met);
            } catch (IllegalArgumentException e) {
                assertThat(result.errorMessage()).isEqualTo(e.getMessage());
                continue;
            }
            assertThat(result.orThrow().hitCount()).isEqualTo(met.size());
            assertThat(result.documents())
                    .isEqualTo(sorted.stream().skip(offset).limit(limit).toList());
        }
    }
}
