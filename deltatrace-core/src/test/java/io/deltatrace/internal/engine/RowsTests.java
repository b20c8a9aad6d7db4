package io.deltatrace.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deltatrace.document.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTests {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 33, 1023, 1024, 1025, 40_000})
    void appendedDocuments_keepTheirOrder(int count) {
        List<Document> documents = documents(count);

        assertThat(Rows.of(documents).toList()).isEqualTo(documents);
        assertThat(oneByOne(documents).toList()).isEqualTo(documents);
    }

    @Test
    void appendingToFullRows_growsTheTree_andLeavesTheOldVersionAlone() {
        Rows full = Rows.of(documents(1024));
        Rows more = full.append(documents(2));

        assertThat(full.toList()).hasSize(1024);
        assertThat(more.toList()).hasSize(1026);
        assertThat(more.get(1025)).isEqualTo(document(1));
        assertThat(full.get(1024)).isNull();
    }

    @Test
    void rowsThatLostEverything_goOnCountingFromWhereTheyWere() {
        Rows emptied = Rows.of(documents(5000)).transform(LeafTest.ALL, document -> null);
        Rows again = emptied.append(documents(3));

        assertThat(emptied.size()).isZero();
        assertThat(emptied.toList()).isEmpty();
        assertThat(again.toList()).isEqualTo(documents(3));
        assertThat(again.findFirst(LeafTest.ALL)).isEqualTo(5000);
        assertThat(again.get(5002)).isEqualTo(document(2));
    }

    @Test
    void clearedRows_neverGiveAnIdAgain() {
        Rows cleared = Rows.of(documents(40)).cleared();
        Rows again = cleared.append(documents(2));

        assertThat(cleared.size()).isZero();
        assertThat(cleared.cleared()).isSameAs(cleared);
        assertThat(again.findFirst(LeafTest.ALL)).isEqualTo(40);
        assertThat(again.get(0)).isNull();
        assertThat(again.toList()).isEqualTo(documents(2));
    }

    /** Ids are reserved that the tree is not high enough for: their last digits are those of other rows. */
    @Test
    void reservedIds_areNoOtherRows() {
        Rows rows = Rows.of(documents(10)).reserving(10_000);

        assertThat(rows.get(32)).isNull();
        assertThat(rows.get(1024 + 5)).isNull();
        Rows more = rows.put(37, document(37)).put(1024 + 5, document(99));
        assertThat(more.size()).isEqualTo(12);
        assertThat(more.get(5)).isEqualTo(document(5));
        assertThat(more.get(37)).isEqualTo(document(37));
        assertThat(more.get(1024 + 5)).isEqualTo(document(99));
        assertThat(rows.put(37, null)).isSameAs(rows);
    }

    @Test
    void putDocuments_areInTheOrderOfTheirRows_whereverTheyWere() {
        Random random = new Random(1);
        java.util.TreeMap<Long, Document> model = new java.util.TreeMap<>();
        Rows rows = Rows.EMPTY;
        for (int i = 0; i < 2_000; i++) {
            long row = random.nextInt(1 << random.nextInt(22));
            Document document = random.nextInt(3) == 0 ? null : document(i);
            rows = rows.put(row, document);
            if (document == null) {
                model.remove(row);
            } else {
                model.put(row, document);
            }
        }

        assertThat(rows.toList()).isEqualTo(List.copyOf(model.values()));
        assertThat(rows.size()).isEqualTo(model.size());
        assertThat(rows.reserving(1L << 40).append(documents(1)).get(1L << 40)).isEqualTo(document(0));
    }

    @Test
    void changeThatKeepsEveryDocument_keepsTheRows() {
        Rows rows = Rows.of(documents(100));

        assertThat(rows.transform(LeafTest.ALL, document -> document)).isSameAs(rows);
        assertThat(Rows.EMPTY.transform(LeafTest.ALL, document -> null)).isSameAs(Rows.EMPTY);
        assertThat(rows.append(List.of())).isSameAs(rows);
    }

    @Test
    void rowThatIsNotThere_isNoneAndCannotBeEdited() {
        Rows rows = Rows.of(documents(3));

        assertThat(rows.findFirst((leaf, candidates) -> 0)).isEqualTo(Rows.NONE);
        assertThat(rows.get(Rows.NONE)).isNull();
        assertThat(rows.get(3)).isNull();
        assertThatIllegalStateException().isThrownBy(() -> rows.edit(3, document -> document));
    }

    @Test
    void reader_readsRowsInAnyOrder() {
        Rows rows = Rows.of(documents(2_000)).edit(33, document -> null).reserving(1L << 20);
        Rows.Reader reader = rows.reader();

        for (long row : new long[] {0, 31, 32, 34, 63, 64, 1023, 1024, 1999, 40, 0}) {
            assertThat(reader.require(row)).isEqualTo(document(row));
        }
        for (long row : new long[] {Rows.NONE, 33, 2_000, 32_768 + 34, 1 << 20}) {
            assertThatIllegalStateException().isThrownBy(() -> reader.require(row));
            assertThat(reader.require(34)).isEqualTo(document(34));
        }
    }

    /** Random edits of rows and of a list whose removed places hold null must agree, and old versions must not change. */
    @Property(tries = 200)
    void anySequenceOfEdits_agreesWithAList(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps) {
        Random random = new Random(seed);
        List<Document> model = new ArrayList<>();
        Rows rows = Rows.EMPTY;
        for (int step = 0; step < steps; step++) {
            Rows before = rows;
            List<Document> contentsBefore = before.toList();
            switch (random.nextInt(4)) {
                case 0 -> {
                    List<Document> added = documents(random.nextInt(200));
                    model.addAll(added);
                    rows = rows.append(added);
                }
                case 1 -> {
                    int row = model.isEmpty() ? 0 : random.nextInt(model.size());
                    if (!model.isEmpty() && model.get(row) != null) {
                        Document changed = random.nextBoolean() ? document(-step) : null;
                        model.set(row, changed);
                        rows = rows.edit(row, document -> changed);
                    }
                }
                case 2 -> {
                    int divisor = 2 + random.nextInt(5);
                    model.replaceAll(document -> keep(document, divisor) ? document : null);
                    rows = rows.transform(LeafTest.ALL, document -> keep(document, divisor) ? document : null);
                }
                default -> {
                    Document changed = document(1_000 + step);
                    model.replaceAll(document -> document == null ? null : changed);
                    rows = rows.transform(LeafTest.ALL, document -> changed);
                }
            }
            assertThat(rows.toList()).isEqualTo(present(model));
            assertThat(rows.size()).isEqualTo(present(model).size());
            assertThat(before.toList()).isEqualTo(contentsBefore);
        }
        for (int row = 0; row < model.size(); row++) {
            assertThat(rows.get(row)).isSameAs(model.get(row));
        }
    }

    private static boolean keep(Document document, int divisor) {
        return document != null && (Long) document.get("n") % divisor != 0;
    }

    private static List<Document> present(List<Document> model) {
        return model.stream().filter(document -> document != null).toList();
    }

    private static Rows oneByOne(List<Document> documents) {
        Rows rows = Rows.EMPTY;
        for (Document document : documents) {
            rows = rows.append(List.of(document));
        }
        return rows;
    }

    private static List<Document> documents(int count) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(document(i));
        }
        return documents;
    }

    private static Document document(long n) {
        return Document.of(Map.of("n", n));
    }
}
