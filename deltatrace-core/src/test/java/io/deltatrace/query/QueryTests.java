package io.deltatrace.query;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.TemporalTrace;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryTests {

    private static final Condition ANY = Condition.all();
    private static final Cause CAUSE = Cause.of(Actor.human("alice"), "what", "why");

    @Test
    void everyFactory_makesTheQueryOfItsType() {
        Merge merge = Merge.of("c", "id", "out", Map.of("id", "base.id"));
        List<Query> queries = List.of(
                Query.add("c", Map.of("n", 1)),
                Query.update("c", Map.of("n", 1)).where(ANY),
                Query.updateOne("c", Map.of("n", 1)).where(ANY),
                Query.delete("c").where(ANY),
                Query.deleteOne("c").where(ANY),
                Query.search("c").where(ANY),
                Query.searchOne("c").where(ANY),
                Query.getAll("c"),
                Query.conformToTemplate("c", Map.of("n", 1)),
                Query.renameField("c", "a", "b"),
                Query.count("c"),
                Query.clear("c"),
                Query.clearAdd("c", Map.of("n", 1)),
                Query.removeCollection("c"),
                Query.merge(merge));

        assertThat(queries).extracting(Query::type).containsExactly(QueryType.values());
        assertThat(queries).allSatisfy(query -> {
            assertThat(query.target()).isEqualTo("c");
            assertThat(query.cause()).isNull();
            assertThat(query.because(CAUSE).cause()).isEqualTo(CAUSE);
            assertThat(query.because(CAUSE).type()).isEqualTo(query.type());
            assertThat(query.isWrite()).isEqualTo(query instanceof WriteQuery);
        });
        assertThat(queries.stream().filter(Query::isWrite)).hasSize(11).allSatisfy(query -> {
            WriteQuery write = (WriteQuery) query;
            assertThat(write.mustAffectAtLeastOne()).isTrue();
            assertThat(write.mayAffectNone().mustAffectAtLeastOne()).isFalse();
            assertThat(write.mayAffectNone().because(CAUSE).mustAffectAtLeastOne())
                    .isFalse();
        });
    }

    @Test
    void refinedQuery_isAnotherOne() {
        AddQuery add = Query.add("c", Map.of("id", -1));
        AddQuery refined = add.serialKey("id").returnData();

        assertThat(add.serialKey()).isNull();
        assertThat(add.returning()).isFalse();
        assertThat(refined.serialKey()).isEqualTo("id");
        assertThat(refined.returning()).isTrue();
        assertThat(Query.clearAdd("c", Map.of("id", 1)).resetSerial().resetting())
                .isTrue();
        assertThat(Query.clear("c").resetSerial().resetting()).isTrue();
        assertThat(Query.renameField("c", "a", "b").returnData().returning()).isTrue();
        assertThat(Query.update("c", Map.of())
                        .where(ANY)
                        .sort(Sort.by("n"))
                        .returnData()
                        .sort())
                .isEqualTo(Sort.by("n"));
        assertThat(Query.delete("c").where(ANY).sort(Sort.by("n")).returnData().returning())
                .isTrue();
    }

    @Test
    void paging_isRefinedStepByStep() {
        SearchQuery query = Query.getAll("c")
                .offset(1)
                .limit(2)
                .startAfter(Map.of("n", 1))
                .endBefore(Map.of("n", 9))
                .sort(Sort.by("n"));

        assertThat(query.paging())
                .isEqualTo(new Paging(1, Document.of(Map.of("n", 1)), Document.of(Map.of("n", 9)), 2));
        assertThat(query.sort()).isEqualTo(Sort.by("n"));
    }

    @Test
    void documents_areGivenAsAnything() {
        record Item(int n) {}

        assertThat(Query.add("c", new Item(1), Map.of("n", 1), Document.of(Map.of("n", 1)))
                        .documents())
                .hasSize(3)
                .containsOnly(Document.of(Map.of("n", 1)));
        assertThat(Query.add("c", List.of(new Item(1), new Item(2))).documents())
                .hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.add("c", "text"))
                .withMessage("Expected an object, but java.lang.String is a string");
    }

    @Test
    void impossibleQuery_doesNotConstruct() {
        assertThatNullPointerException().isThrownBy(() -> Query.search("c").where(null));
        assertThatNullPointerException().isThrownBy(() -> Query.delete("c").where(null));
        assertThatNullPointerException().isThrownBy(() -> Query.update("c", null));
        assertThatNullPointerException().isThrownBy(() -> Query.count(null));
        assertThatNullPointerException().isThrownBy(() -> Query.renameField("c", "a", null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.add("c", Map.of("n", 1)).resetSerial());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RestoreRequest.Contents(List.of(), -1))
                .withMessage("A serial number must not be negative: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Merge(
                        "a",
                        List.of("b"),
                        io.deltatrace.document.FieldPath.of("id"),
                        List.of(),
                        Document.empty(),
                        "out",
                        null,
                        null))
                .withMessage("A merge needs one source key per source: there are 1 sources and 0 keys");
    }

    /** What could not be read again must not get into a history. */
    @Test
    void textWithHalfASurrogatePair_doesNotConstruct() {
        String half = "a\ud800";
        List<Runnable> constructions = List.of(
                () -> Query.count(half),
                () -> Query.add(half, Map.of("n", 1)),
                () -> Query.add("c", Map.of("n", 1)).serialKey(half),
                () -> Query.renameField("c", half, "b"),
                () -> Query.renameField("c", "a", half),
                () -> Query.removeCollection(half),
                () -> Merge.of("c", "id", half, Map.of("id", "base")),
                () -> Merge.of("c", "id", "out", Map.of("id", "base")).with(half, "id"),
                () -> Merge.of("c", "id", "out", Map.of("id", "base")).serialBase(half),
                () -> new RestoreRequest(Map.of(half, new RestoreRequest.Contents(List.of(), 0)), false, null),
                () -> field(half).isNull(),
                () -> field("a").matches(half),
                () -> field("a").equalTo(half),
                () -> Cause.of(Actor.human("a"), half, null),
                () -> CAUSE.withFrom(half),
                () -> CAUSE.withSerial(half),
                () -> Actor.human(half),
                () -> Actor.human("a").named(half, null),
                () -> Actor.human("a").named(null, half),
                () -> TemporalTrace.at(Instant.EPOCH, half));

        assertThat(constructions)
                .allSatisfy(construction -> assertThatIllegalArgumentException()
                        .isThrownBy(construction::run)
                        .withMessageContaining("half a surrogate pair"));
    }

    @Test
    void transaction_hasTheFirstCause_andGivesItsOwnToThoseWithout() {
        Cause own = Cause.of(Actor.human("bob"), null, null);
        TransactionQuery transaction = TransactionQuery.of(
                Query.count("a"),
                Query.count("b").because(own),
                Query.search("c").where(field("n").isNull()));

        assertThat(transaction.cause()).isEqualTo(own);
        assertThat(transaction.isWrite()).isFalse();
        assertThat(transaction.because(CAUSE).queries())
                .extracting(Query::cause)
                .containsExactly(CAUSE, own, CAUSE);
        assertThat(TransactionQuery.of(Query.count("a")).cause()).isNull();
        assertThat(TransactionQuery.of(Query.count("a"), Query.clear("b")).isWrite())
                .isTrue();
    }
}
