package io.deltatrace.internal.engine;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Comparison;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.Field;
import io.deltatrace.condition.Membership;
import io.deltatrace.condition.Not;
import io.deltatrace.condition.Or;
import io.deltatrace.condition.Regex;
import io.deltatrace.condition.TextMatch;
import io.deltatrace.condition.ValueType;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.query.Query;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is found leaf by leaf, from columns, is what is found document by document. */
class LeafTestTests {

    private static final List<String> FIELDS = List.of("number", "text", "mixed", "inner.number", "missing");

    /** A few, so that equal ones meet, and those between which a comparison is easily wrong by one. */
    private static final List<Long> INTEGERS =
            List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, -1L, 0L, 1L, 2L, Long.MAX_VALUE - 1, Long.MAX_VALUE);

    private static final List<String> TEXTS = List.of(
            "",
            "\0",
            "a",
            "a\0",
            "ab",
            "sample",
            "sample1",
            "sample12",
            "sample123",
            "sample13",
            "\u00ff",
            "\u00e9t\u00e9",
            "\u0101",
            "a\u0101",
            // Whose prefixes would be those of the last two, if characters were cut off.
            "\u0001",
            "b\u0001",
            "sample1\u0101",
            "sampl\u4e00",
            "A");

    private static Arbitrary<Object> integers() {
        return Arbitraries.of(INTEGERS).asGeneric();
    }

    private static Arbitrary<Object> texts() {
        return Arbitraries.of(TEXTS).asGeneric();
    }

    private static Arbitrary<Object> any() {
        return Arbitraries.oneOf(
                integers(),
                texts(),
                Arbitraries.of(
                                0.0,
                                1.0,
                                1.5,
                                true,
                                new BigDecimal("1.0"),
                                BigInteger.ONE.shiftLeft(63),
                                List.of(1L),
                                Map.of("number", 1L))
                        .asGeneric(),
                Arbitraries.just((Object) null));
    }

    private static Arbitrary<Document> documents() {
        return Combinators.combine(
                        integers(),
                        texts(),
                        any(),
                        integers(),
                        Arbitraries.of(true, true, true, false),
                        Arbitraries.integers().between(-3, 3))
                .as((number, text, mixed, inner, whole, small) -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("small", small);
                    if (whole) {
                        fields.put("number", number);
                    }
                    fields.put("text", text);
                    fields.put("mixed", mixed);
                    fields.put("inner", Map.of("number", inner));
                    return Document.of(fields);
                });
    }

    /** Some have whole leaves of one kind, some do not. */
    @Provide
    Arbitrary<List<Document>> collections() {
        Arbitrary<List<Document>> mixed = documents().list().ofMaxSize(100);
        Arbitrary<List<Document>> regular =
                documents().filter(document -> document.has("number")).list().ofMaxSize(100);
        return Arbitraries.oneOf(mixed, regular);
    }

    private static Arbitrary<Condition> simple() {
        Arbitrary<FieldPath> fields = Arbitraries.of(FIELDS).map(FieldPath::of);
        return Arbitraries.oneOf(
                Combinators.combine(
                                Arbitraries.of(Comparison.Operator.values()),
                                fields,
                                any(),
                                Arbitraries.frequencyOf(
                                        net.jqwik.api.Tuple.of(3, Arbitraries.just(ValueType.AUTO)),
                                        net.jqwik.api.Tuple.of(1, Arbitraries.of(ValueType.values()))))
                        .as(Comparison::new),
                Combinators.combine(Arbitraries.of(TextMatch.Operator.values()), fields, texts())
                        .as(TextMatch::new),
                Combinators.combine(fields, any().list().ofMaxSize(10), Arbitraries.of(true, false))
                        .as(Membership::new),
                Combinators.combine(fields, Arbitraries.of("a", "^s.*1", "1$")).as(Regex::new));
    }

    @Provide
    Arbitrary<Condition> conditions() {
        return Arbitraries.recursive(
                LeafTestTests::simple,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(3).map(And::new),
                        inner.list().ofMaxSize(3).map(Or::new),
                        inner.map(Not::new)),
                0,
                2);
    }

    private static List<Document> found(Rows rows, Condition condition) {
        List<Document> found = new ArrayList<>();
        rows.scan(LeafTest.of(condition), (leaf, prefix, passed) -> {
            for (int left = passed; left != 0; left &= left - 1) {
                found.add(leaf.documents()[Integer.numberOfTrailingZeros(left)]);
            }
            return true;
        });
        return found;
    }

    @Property(tries = 1_000)
    void scan_findsWhatMeetsTheCondition(
            @ForAll("collections") List<Document> documents, @ForAll("conditions") Condition condition) {
        List<Document> expected = documents.stream().filter(condition.compile()).toList();
        Rows rows = Rows.of(documents);

        // Once without columns, once while they are made, and once with those that are there.
        for (int round = 0; round < 3; round++) {
            assertThat(found(rows, condition)).isEqualTo(expected);
        }
        long first = rows.findFirst(LeafTest.of(condition));
        assertThat(rows.get(first)).isSameAs(expected.isEmpty() ? null : expected.get(0));
        assertThat(rows.transform(LeafTest.of(condition), document -> null).toList())
                .isEqualTo(
                        documents.stream().filter(condition.compile().negate()).toList());
    }

    /** A column is of the documents of one version of a leaf. */
    @Property(tries = 200)
    void changedRows_areFoundAsTheyAre(
            @ForAll("collections") List<Document> documents, @ForAll("conditions") Condition condition) {
        Rows rows = Rows.of(documents);
        for (int round = 0; round < 2; round++) {
            assertThat(found(rows, condition)).hasSizeBetween(0, documents.size());
        }
        Function<Document, Document> change =
                document -> document.with("number", 2).with("text", "sample12");
        Rows changed = rows;
        for (long row = 0; row < documents.size(); row += 3) {
            changed = changed.edit(row, change::apply);
        }
        Rows more = changed.append(documents);

        assertThat(found(more, condition))
                .isEqualTo(more.toList().stream().filter(condition.compile()).toList());
        assertThat(found(rows, condition))
                .isEqualTo(documents.stream().filter(condition.compile()).toList());
    }

    private static List<Document> search(List<Document> documents, SearchQuery query) {
        DatabaseState state = DatabaseState.EMPTY.with(
                "c", CollectionState.absent(1, CollectionIndexes.NONE).with(Rows.of(documents)));
        return Engine.read(state, query).documents();
    }

    /** Keys from columns are those from documents. */
    @Property(tries = 300)
    void sortedSearch_isInOrder(
            @ForAll("collections") List<Document> documents, @ForAll("conditions") Condition condition) {
        List<Document> some = documents.stream().filter(condition.compile()).toList();
        for (String by : List.of("number", "small")) {
            Sort sort = Sort.by(by);
            assertThat(search(documents, Query.search("c").where(condition).sort(sort)))
                    .isEqualTo(sort.apply(some));
            assertThat(search(
                            documents,
                            Query.search("c")
                                    .where(condition)
                                    .sort(sort.descending())
                                    .limit(3)))
                    .isEqualTo(sort.descending().apply(some).stream().limit(3).toList());
        }
    }

    private static List<Object> found(List<?> values, Condition condition) {
        List<Document> documents =
                values.stream().map(value -> Document.of(Map.of("f", value))).toList();
        return found(Rows.of(documents), condition).stream()
                .map(document -> document.get("f"))
                .toList();
    }

    @Test
    void integers_areComparedAsIntegersAre() {
        for (long right : INTEGERS) {
            Field f = field("f");
            assertThat(found(INTEGERS, f.equalTo(right))).isEqualTo(all(INTEGERS, left -> left == right));
            assertThat(found(INTEGERS, f.notEqualTo(right))).isEqualTo(all(INTEGERS, left -> left != right));
            assertThat(found(INTEGERS, f.lessThan(right))).isEqualTo(all(INTEGERS, left -> left < right));
            assertThat(found(INTEGERS, f.greaterThan(right))).isEqualTo(all(INTEGERS, left -> left > right));
            assertThat(found(INTEGERS, f.lessThanOrEqualTo(right))).isEqualTo(all(INTEGERS, left -> left <= right));
            assertThat(found(INTEGERS, f.greaterThanOrEqualTo(right))).isEqualTo(all(INTEGERS, left -> left >= right));
        }
    }

    @Test
    void texts_areComparedAsTextsAre() {
        for (String right : TEXTS) {
            Field f = field("f");
            assertThat(found(TEXTS, f.equalTo(right))).isEqualTo(all(TEXTS, right::equals));
            assertThat(found(TEXTS, f.notEqualTo(right))).isEqualTo(all(TEXTS, left -> !left.equals(right)));
            assertThat(found(TEXTS, f.startsWith(right))).isEqualTo(all(TEXTS, left -> left.startsWith(right)));
        }
    }

    private static <T> List<Object> all(List<T> values, Predicate<T> test) {
        return values.stream().filter(test).map(value -> (Object) value).toList();
    }

    @Test
    void leaf_testsOnlyWhatItIsAskedFor() {
        FieldPath field = FieldPath.of("f");
        for (List<?> values : List.of(INTEGERS, TEXTS, List.of(1, "a", true))) {
            Document[] documents = values.stream()
                    .map(value -> Document.of(Map.of("f", value)))
                    .toArray(Document[]::new);
            RowNode leaf = new RowNode((1 << documents.length) - 1, documents);
            for (int round = 0; round < 3; round++) {
                assertThat(leaf.test(field, field.reader(), value -> true, 0b101))
                        .isEqualTo(0b101);
            }
        }
    }

    @Test
    void oldestColumn_makesRoomForAnother() {
        List<Document> documents = new ArrayList<>();
        for (long i = 0; i < 40; i++) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (int f = 0; f < 10; f++) {
                fields.put("f" + f, i * f);
            }
            documents.add(Document.of(fields));
        }
        Rows rows = Rows.of(documents);
        for (int round = 0; round < 3; round++) {
            for (int f = 1; f < 10; f++) {
                assertThat(found(rows, field("f" + f).equalTo(7 * f))).containsExactly(documents.get(7));
            }
        }
    }
}
