package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.condition.Condition;
import io.deltatrace.condition.Or;
import io.deltatrace.condition.ValueType;
import io.deltatrace.index.Index;
import io.deltatrace.index.Plan;
import io.deltatrace.query.Merge;
import io.deltatrace.query.Query;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlanTests {

    private final DeltaTraceDatabase database = DeltaTraceDatabase.builder()
            .index("users", Index.hash("id"))
            .index("users", Index.ordered("id"))
            .index("users", Index.ordered("age"))
            .index("users", Index.ordered("name"))
            .index("users", Index.hash("team"))
            .index("users", Index.ordered("mixed"))
            .build();

    @BeforeEach
    void addUsers() {
        List<Map<String, Object>> users = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Object mixed = i % 100 == 0 ? (Object) (i + 1) : "text" + i;
            users.add(Map.of("id", i, "age", i / 4, "name", "user" + i, "team", i % 2, "mixed", mixed));
        }
        database.execute(Query.add("users", users));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static SearchQuery search(Condition condition) {
        return Query.search("users").where(condition);
    }

    private void assertPlan(Query query, String plan) {
        assertThat(database.explain(query)).hasToString(plan);
    }

    @Test
    void equality_usesTheHashIndex() {
        assertPlan(search(field("id").equalTo(7)), "users: hash(id) for id = ?, 1 document, as added");
    }

    @Test
    void membership_putsTogetherWhatTheIndexFinds() {
        assertPlan(search(field("id").in(7, 8, 9)), "users: hash(id) for id in (?), 3 documents, as added");
    }

    @Test
    void conditionsOnOneField_areOneRange() {
        assertPlan(
                search(field("age").greaterThanOrEqualTo(20).and(field("age").lessThan(30))),
                "users: ordered(age) for age >= ? and age < ?, 40 documents, as added");
    }

    @Test
    void and_usesTheIndexThatFindsTheFewest_andTestsTheRest() {
        assertPlan(
                search(field("team")
                        .equalTo(1)
                        .and(field("age").lessThan(5))
                        .and(field("name").contains("9"))),
                "users: ordered(age) for age < ?, 20 documents, filter team = ? and name contains ?, as added");
    }

    @Test
    void or_usesIndexesIfAllBranchesCan() {
        assertPlan(
                search(field("age").equalTo(5).or(field("id").equalTo(7))),
                "users: ordered(age) and hash(id) for age = ? or id = ?, 5 documents, as added");
        assertPlan(
                search(field("age").equalTo(5).or(field("name").endsWith("7"))),
                "users: scan, 400 documents, filter age = ? or name endsWith ?, as added");
    }

    @Test
    void beginningOfAString_isARange() {
        assertPlan(
                search(field("name").startsWith("user39")),
                "users: ordered(name) for name startsWith ?, 11 documents, as added");
    }

    /** The text of a number may start with the same characters. */
    @Test
    void beginningOfAString_looksAtOtherValuesToo() {
        assertPlan(
                search(field("mixed").startsWith("20")),
                "users: ordered(mixed) for mixed startsWith ?, 4 documents, filter mixed startsWith ?, as added");
        assertThat(database.execute(search(field("mixed").startsWith("20"))).documents())
                .hasSize(1);
    }

    @Test
    void conditionThatLeavesMost_isAScan() {
        assertPlan(search(field("team").equalTo(1)), "users: scan, 400 documents, filter team = ?, as added");
    }

    @Test
    void countOfWhatAnIndexFinds_looksAtNoDocument() {
        assertPlan(
                search(field("team").equalTo(1)).limit(0), "users: hash(team) for team = ?, 200 documents, as added");
    }

    @Test
    void comparisonAsAnotherType_isAScan() {
        assertPlan(
                search(field("id").as(ValueType.TEXT).equalTo("7")),
                "users: scan, 400 documents, filter id as string_ = ?, as added");
    }

    @Test
    void whatNoIndexKnows_isAScan() {
        assertPlan(
                search(field("id")
                        .notEqualTo(1)
                        .and(field("id").notIn(1, 2))
                        .and(field("name").matches("^u").not())),
                "users: scan, 400 documents, filter id != ? and id not in (?) and not (name matches ?), as added");
        assertPlan(search(field("age").greaterThan(true)), "users: scan, 400 documents, filter age > ?, as added");
    }

    @Test
    void firstDocument_isLookedForByAnIndexThatFindsFew_orHasThemInOrder() {
        assertPlan(
                Query.searchOne("users").where(field("age").lessThan(3)),
                "users: ordered(age) for age < ?, 12 documents, as added");
        assertPlan(
                Query.searchOne("users").where(field("age").lessThan(25)),
                "users: scan, 400 documents, filter age < ?, as added");
        assertPlan(
                Query.updateOne("users", Map.of("n", 1)).where(field("id").equalTo(3)),
                "users: hash(id) for id = ?, 1 document, as added");
        assertPlan(
                Query.deleteOne("users").where(field("id").equalTo(3)),
                "users: hash(id) for id = ?, 1 document, as added");
    }

    @Test
    void changes_useIndexesAsSearchesDo() {
        assertPlan(
                Query.update("users", Map.of("n", 1)).where(field("age").lessThan(3)),
                "users: ordered(age) for age < ?, 12 documents, as added");
        assertPlan(
                Query.delete("users")
                        .where(field("age").lessThan(3))
                        .returnData()
                        .sort(Sort.by("name")),
                "users: ordered(age) for age < ?, 12 documents, sorted");
    }

    @Test
    void sortByAnIndexedField_isReadFromTheIndex() {
        assertPlan(
                Query.getAll("users").sort(Sort.by("age").descending()).limit(5),
                "users: ordered(age), 400 documents, sorted by the index");
        assertPlan(
                search(field("age").greaterThan(20).and(field("other").isNull()))
                        .sort(Sort.by("age")),
                "users: ordered(age) for age > ?, 316 documents, filter other = ?, sorted by the index");
    }

    @Test
    void sortOfMixedKinds_isLeftToFailAsItDoes() {
        assertPlan(Query.getAll("users").sort(Sort.by("mixed")), "users: scan, 400 documents, sorted");
        assertThat(database.execute(Query.getAll("users").sort(Sort.by("mixed")).limit(3))
                        .errorMessage())
                .contains("Cannot sort by 'mixed'");
    }

    @Test
    void limitOfASort_keepsTheFirstFew() {
        assertPlan(
                search(field("team").equalTo(1))
                        .sort(Sort.by("age").thenBy("name"))
                        .limit(5),
                "users: scan, 400 documents, filter team = ?, the first few kept");
        assertPlan(
                search(field("team").equalTo(1)).sort(Sort.by("other")),
                "users: scan, 400 documents, filter team = ?, sorted");
    }

    @Test
    void queriesWithoutACondition_lookAtAllOrAtNone() {
        assertPlan(Query.getAll("users"), "users: scan, 400 documents, as added");
        assertPlan(Query.conformToTemplate("users", Map.of("id", 0)), "users: scan, 400 documents, as added");
        assertPlan(Query.renameField("users", "id", "key"), "users: scan, 400 documents, as added");
        assertPlan(
                Query.merge(Merge.of("users", "id", "merged", Map.of("id", "base.id"))),
                "users: scan, 400 documents, as added");
        List<Query> lookForNone = List.of(
                Query.add("users", Map.of("id", 1)),
                Query.count("users"),
                Query.clear("users"),
                Query.removeCollection("users"));
        for (Query query : lookForNone) {
            assertPlan(query, "users: looks for no document");
            assertThat(database.explain(query).access()).isEqualTo(Plan.Access.NONE);
        }
    }

    @Test
    void conditionOfManyParts_isCutShort() {
        Condition many = field("x").equalTo(0);
        for (int i = 1; i < 20; i++) {
            many = many.and(field("x").equalTo(i));
        }
        assertThat(database.explain(search(many)).filter()).endsWith("x = ? and 12 more");
    }

    @Test
    void emptyOr_looksAtNoDocument() {
        assertPlan(search(new Or(List.of())), "users: nothing for false, 0 documents, as added");
    }

    @Test
    void snapshot_explainsByItsOwnIndexes() {
        Snapshot before = database.snapshot();
        database.execute(Query.clear("users"));

        assertThat(before.explain(search(field("id").equalTo(7))).documents()).isEqualTo(1);
        assertThat(database.explain(search(field("id").equalTo(7))).documents()).isZero();
    }

    /** Keys are equal by value, so an integer finds what was stored as a fraction; text is not a number. */
    @Test
    void merge_findsRelatedDocumentsByAnIndexAsWithoutOne() {
        database.execute(Query.add("orders", Map.of("user", 7.0), Map.of("user", "7"), Map.of("user", 399)));
        database.execute(Query.merge(
                Merge.of("orders", "user", "merged", Map.of("name", "0.name")).with("users", "id")));

        assertThat(database.execute(Query.getAll("merged")).documents())
                .extracting(document -> document.get("name"))
                .containsExactly("user7", null, "user399");
    }
}
