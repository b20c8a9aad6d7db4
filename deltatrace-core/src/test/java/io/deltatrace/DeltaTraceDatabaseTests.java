package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Merge;
import io.deltatrace.query.MergeQuery;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.RestoreRequest;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.QueryFailedException;
import io.deltatrace.result.QueryResult;
import io.deltatrace.result.TransactionResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeltaTraceDatabaseTests {

    private final DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();

    @AfterEach
    void close() {
        database.close();
    }

    record User(long id, String name, int age, Instant createdAt, Map<String, Object> nested) {}

    @Test
    void typedObjects_areStoredNumberedAndFound() {
        Instant now = Instant.parse("2026-01-02T03:04:05.678901Z");
        QueryResult added = database.execute(Query.add("users", new User(-1, "Taro", 30, now, Map.of("city", "Nara")))
                .serialKey("id")
                .returnData()
                .because(Cause.of(Actor.human("alice"), "new customer", "signed up in the shop")));

        List<User> adults = database.execute(Query.search("users")
                        .where(field("age")
                                .greaterThanOrEqualTo(18)
                                .and(field("nested.city").equalTo("Nara")))
                        .sort(Sort.by("age").descending())
                        .limit(20))
                .as(User.class);

        User taro = new User(0, "Taro", 30, now, Map.of("city", "Nara"));
        assertThat(added.as(User.class)).containsExactly(taro);
        assertThat(adults).containsExactly(taro);
        assertThat(database.execute(Query.searchOne("users").where(field("id").equalTo(0)))
                        .first(User.class))
                .contains(taro);
    }

    @Test
    void failedQuery_isAResult_orAnExceptionIfAskedFor() {
        QueryResult result =
                database.execute(Query.delete("users").where(field("id").equalTo(1)));

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.errorMessage()).isEqualTo("Nothing was affected, and something had to be");
        assertThatExceptionOfType(QueryFailedException.class)
                .isThrownBy(result::orThrow)
                .withMessage("Nothing was affected, and something had to be");
    }

    @Test
    void deletion_tellsHowManyItRemoved_andWhichIfAskedFor() {
        database.execute(Query.add("rows", Map.of("n", 1), Map.of("n", 2), Map.of("n", 3), Map.of("n", 4)));

        QueryResult two = database.execute(Query.delete("rows").where(field("n").lessThan(3)));
        QueryResult one = database.execute(
                Query.delete("rows").where(field("n").equalTo(3)).returnData());
        QueryResult last =
                database.execute(Query.deleteOne("rows").where(field("n").equalTo(4)));

        assertThat(two.documents()).isEmpty();
        assertThat(two)
                .extracting(QueryResult::updateCount, QueryResult::hitCount)
                .containsExactly(2L, 2L);
        assertThat(one.documents()).extracting(row -> row.get("n")).containsExactly(3L);
        assertThat(last.documents()).extracting(row -> row.get("n")).containsExactly(4L);
        assertThat(last.updateCount()).isEqualTo(1);
    }

    @Test
    void reads_neverCreateACollection_andLeaveNoTrace() {
        database.execute(Query.getAll("users"));
        database.execute(Query.count("users"));
        database.execute(TransactionQuery.of(Query.count("users"), Query.getAll("users")));

        assertThat(database.collections()).isEmpty();
        assertThat(database.history().entries(HistoryFilter.all())).isEmpty();
    }

    @Test
    void updateWhoseResultCannotBeSorted_changesNothing() {
        database.execute(Query.add("rows", Map.of("key", 1), Map.of("key", "a")));
        String before = database.snapshot().hash();

        QueryResult result = database.execute(Query.update("rows", Map.of("seen", true))
                .where(field("key").isNotNull())
                .sort(Sort.by("key"))
                .returnData());

        assertThat(result.errorMessage())
                .isEqualTo("Cannot sort by 'key': a string cannot be compared with an integer");
        assertThat(database.snapshot().hash()).isEqualTo(before);
    }

    @Test
    void transaction_seesItsOwnWrites_andIsOneEntry() {
        TransactionResult result = database.execute(TransactionQuery.of(
                        Query.add("a", Map.of("n", 1)),
                        Query.update("a", Map.of("n", 2)).where(field("n").equalTo(1)),
                        Query.search("a").where(field("n").equalTo(2)),
                        Query.add("b", Map.of("n", 3)))
                .because(Cause.of(Actor.system("job"), "sync", null)));

        assertThat(result.isSuccess()).isTrue();
        assertThat(result.results().get(2).hitCount()).isEqualTo(1);
        assertThat(database.history().entries(HistoryFilter.all()))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.revision()).isEqualTo(1);
                    assertThat(entry.effects())
                            .containsExactly(
                                    new HistoryEntry.Effect("a", QueryType.ADD, 1, 1),
                                    new HistoryEntry.Effect("a", QueryType.UPDATE, 1, 1),
                                    new HistoryEntry.Effect("b", QueryType.ADD, 1, 1));
                    assertThat(entry.updateCount()).isEqualTo(3);
                });
    }

    @Test
    void failingTransaction_changesNothing_andSaysWhere() {
        database.execute(Query.add("a", Map.of("n", 1)));
        String before = database.snapshot().hash();

        TransactionResult result = database.execute(TransactionQuery.of(
                Query.add("a", Map.of("n", 2)),
                Query.delete("b").where(field("n").equalTo(9))));

        assertThat(result.results()).isEmpty();
        assertThat(result.errorMessage())
                .isEqualTo("The transaction failed at its delete on 'b':"
                        + " Nothing was affected, and something had to be");
        assertThat(database.snapshot().hash()).isEqualTo(before);
        assertThatExceptionOfType(QueryFailedException.class).isThrownBy(result::orThrow);
    }

    @Test
    void mergeAndRemovalOfACollection_cannotBePartOfATransaction() {
        database.execute(Query.add("a", Map.of("n", 1)));

        TransactionResult removal = database.execute(TransactionQuery.of(Query.removeCollection("a")));
        TransactionResult merge =
                database.execute(TransactionQuery.of(Query.merge(Merge.of("a", "n", "b", Map.of("n", "base.n")))));

        assertThat(removal.errorMessage()).contains("removeCollection").contains("cannot be part of a transaction");
        assertThat(merge.errorMessage()).contains("merge").contains("cannot be part of a transaction");
        assertThat(database.collections()).containsExactly("a");
    }

    @Test
    void permissions_areAskedBeforeAnythingHappens() {
        Map<String, Permission> permissions = Map.of("users", Permission.of(QueryType.ADD, QueryType.SEARCH));
        Request add = Query.add("users", Map.of("n", 1));

        assertThat(database.execute(add, permissions).isSuccess()).isTrue();
        assertThat(database.execute(Query.clear("users"), permissions).errorMessage())
                .isEqualTo("Not permitted: clear on 'users'");
        assertThat(database.execute(Query.add("orders", Map.of("n", 1)), permissions)
                        .isSuccess())
                .isFalse();
        assertThat(database.execute(
                                TransactionQuery.of(Query.add("users", Map.of("n", 2)), Query.clear("users")),
                                permissions)
                        .errorMessage())
                .isEqualTo("Not permitted: clear on 'users'");
        assertThat(database.snapshot().size("users")).isEqualTo(1);
        assertThat(database.execute(Query.clear("users"), Map.of()).isSuccess()).isFalse();
    }

    @Test
    void merge_needsToReadWhatItReads_andToMergeIntoItsOutput() {
        database.execute(Query.add("a", Map.of("n", 1)));
        database.execute(Query.add("b", Map.of("n", 1)));
        database.execute(Query.add("c", Map.of("n", 1)));
        Query merge = Query.merge(
                Merge.of("a", "n", "out", Map.of("n", "base.n")).with("b", "n").serialBase("c"));
        Permission read = Permission.of(QueryType.SEARCH_ONE);
        Permission into = Permission.of(QueryType.MERGE);

        assertThat(database.execute(merge, Map.of("a", read, "b", read, "out", into))
                        .errorMessage())
                .isEqualTo("Not permitted: search on 'c'");
        assertThat(database.execute(merge, Map.of("a", read, "c", read, "out", into))
                        .errorMessage())
                .isEqualTo("Not permitted: search on 'b'");
        assertThat(database.execute(merge, Map.of("a", read, "b", read, "c", read))
                        .errorMessage())
                .isEqualTo("Not permitted: merge on 'out'");
        assertThat(database.execute(merge, Map.of("a", read, "b", read, "c", read, "out", into))
                        .isSuccess())
                .isTrue();
    }

    @Test
    void history_isNewestFirst_filteredAndPaged() {
        for (int i = 0; i < 6; i++) {
            database.execute(Query.add(i % 2 == 0 ? "even" : "odd", Map.of("i", i))
                    .because(Cause.of(Actor.human(i < 3 ? "alice" : "bob"), null, null)));
        }

        assertThat(revisions(HistoryFilter.all())).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(revisions(HistoryFilter.all().limit(2))).containsExactly(6L, 5L);
        assertThat(revisions(HistoryFilter.all().limit(2).before(5))).containsExactly(4L, 3L);
        assertThat(revisions(HistoryFilter.collection("odd").actor("alice"))).containsExactly(2L);
    }

    private List<Long> revisions(HistoryFilter filter) {
        return database.history().entries(filter).stream()
                .map(HistoryEntry::revision)
                .toList();
    }

    @Test
    void historyEntry_hasTheCause_orTheSystemAsItsActor() {
        database.execute(Query.add("a", Map.of("n", 1)));
        database.execute(Query.add("a", Map.of("n", 2)).because(Cause.of(Actor.ai("gpt"), "guess", "asked to")));

        List<HistoryEntry> entries = database.history().entries(HistoryFilter.all());
        assertThat(entries.get(0).request().cause().why()).isEqualTo("asked to");
        assertThat(entries.get(0).request().cause().who()).isEqualTo(Actor.ai("gpt"));
        assertThat(entries.get(1).request().cause().who()).isEqualTo(Actor.system("system"));
    }

    @Test
    void commitInstants_neverGoBack_evenIfTheClockDoes() {
        Iterator<Instant> times = List.of(
                        Instant.parse("2026-01-01T00:00:10Z"),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-01-01T00:00:20.123456789Z"))
                .iterator();
        DeltaTraceDatabase clocked =
                DeltaTraceDatabase.builder().clock(times::next).build();
        for (int i = 0; i < 3; i++) {
            clocked.execute(Query.add("a", Map.of("n", i)));
        }

        assertThat(clocked.history().entries(HistoryFilter.all()))
                .extracting(HistoryEntry::committedAt)
                .containsExactly(
                        Instant.parse("2026-01-01T00:00:20.123456Z"),
                        Instant.parse("2026-01-01T00:00:10Z"),
                        Instant.parse("2026-01-01T00:00:10Z"));
        assertThat(clocked.snapshot().committedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:20.123456Z"));
    }

    @Test
    void pages_startAfterOrEndBeforeADocument_orDoNothingIfItIsNotThere() {
        for (int n = 1; n <= 5; n++) {
            database.execute(Query.add("c", Map.of("n", n)));
        }
        SearchQuery all = Query.getAll("c");
        Map<String, Integer> three = Map.of("n", 3);
        Map<String, Integer> missing = Map.of("n", 9);

        assertThat(numbers(all.startAfter(three))).containsExactly(4L, 5L);
        assertThat(numbers(all.startAfter(three).limit(1))).containsExactly(4L);
        assertThat(numbers(all.startAfter(missing).limit(2))).containsExactly(1L, 2L);
        assertThat(numbers(all.endBefore(three))).containsExactly(1L, 2L);
        assertThat(numbers(all.endBefore(three).limit(1))).containsExactly(2L);
        assertThat(numbers(all.endBefore(missing).limit(2))).containsExactly(4L, 5L);
        assertThat(numbers(all.startAfter(three).endBefore(three))).containsExactly(4L, 5L);
        assertThat(numbers(all.offset(1).startAfter(three).endBefore(three).limit(2)))
                .containsExactly(2L, 3L);
        assertThat(numbers(all.offset(9))).isEmpty();
        assertThat(numbers(all.limit(0))).isEmpty();
        assertThat(database.execute(all.limit(0)).hitCount()).isEqualTo(5);
    }

    private List<Object> numbers(SearchQuery query) {
        List<Object> numbers = new ArrayList<>();
        database.execute(query).documents().forEach(document -> numbers.add(document.get("n")));
        return numbers;
    }

    @Test
    void snapshot_staysAsItIs() {
        database.execute(Query.add("a", Map.of("n", 1)));
        Snapshot snapshot = database.snapshot();
        database.execute(Query.clear("a"));
        database.execute(Query.removeCollection("a"));

        assertThat(snapshot.revision()).isEqualTo(1);
        assertThat(snapshot.collections()).containsExactly("a");
        assertThat(snapshot.size("a")).isEqualTo(1);
        assertThat(snapshot.execute(Query.getAll("a")).documents()).containsExactly(Document.of(Map.of("n", 1)));
        assertThat(database.collections()).isEmpty();
    }

    @Test
    void deniedRequest_doesNotTellHowLargeACollectionIs() {
        database.execute(Query.add("secret", Map.of("n", 1), Map.of("n", 2)));
        Map<String, Permission> permissions =
                Map.of("open", Permission.of(QueryType.SEARCH), "out", Permission.of(QueryType.MERGE));

        assertThat(database.execute(Query.count("secret"), permissions).collectionSize())
                .isZero();
        assertThat(database.execute(
                                new MergeQuery("secret", Merge.of("open", "id", "out", Map.of("a", "1.b")), true, null),
                                permissions)
                        .collectionSize())
                .isZero();
    }

    @Test
    void clientInJson_cannotRestoreCollections() {
        String answer = database.execute("{\"className\":\"Restore\",\"replacing\":true,\"collections\":{}}");

        assertThat(answer).contains("\"isSuccess\":false").contains("A client cannot restore collections");
        assertThat(database.execute(new RestoreRequest(Map.of(), true, null), Map.of())
                        .errorMessage())
                .isEqualTo("Not permitted: restoring collections");
    }

    @Test
    void serialNumbersThatAreUsedUp_failTheQuery() {
        database.execute(
                new RestoreRequest(Map.of("c", new RestoreRequest.Contents(List.of(), Long.MAX_VALUE)), false, null));
        String before = database.snapshot().hash();

        assertThat(database.execute(Query.add("c", Map.of("id", 1)).serialKey("id"))
                        .errorMessage())
                .isEqualTo("The serial numbers are used up");
        assertThat(database.snapshot().hash()).isEqualTo(before);
    }

    @Test
    void documentThatGrowsBeyondAllMeasure_failsTheQuery() {
        database.execute(Query.add("level0", Map.of("id", 0)));
        QueryResult last = null;
        for (int level = 0; level < 40 && (last == null || last.isSuccess()); level++) {
            last = database.execute(Query.merge(
                    Merge.of("level" + level, "id", "level" + (level + 1), Map.of("x", "base", "y", "base"))));
        }

        assertThat(last.errorMessage()).contains("The document is larger than 16777216 characters");
        database.execute(Query.add("large", Map.of("a", "x".repeat(9_000_000))));
        assertThat(database.execute(Query.update("large", Map.of("b", "x".repeat(9_000_000)))
                                .where(field("a").isNotNull()))
                        .errorMessage())
                .contains("The document is larger than");
    }

    @Test
    void nameThatIsNoText_isRefused() {
        assertThat(database.execute("{\"target\":\"\\ud800\",\"type\":\"add\",\"addData\":[{}]}"))
                .contains("half a surrogate pair");
        database.execute(Query.add("c", Map.of("n", 1)));
        assertThat(database.collections()).containsExactly("c");
    }

    @Test
    void closedDatabase_refusesEverything() {
        database.close();
        database.close();

        List<Runnable> uses = List.of(
                () -> database.execute(Query.count("a")),
                () -> database.execute("{\"className\":\"Query\",\"target\":\"a\",\"type\":\"count\"}"),
                database::snapshot,
                database::collections,
                () -> database.history().entries(HistoryFilter.all()),
                () -> database.execute("nonsense"),
                () -> database.collection("a", User.class),
                () -> database.importFrom(new ByteArrayInputStream(new byte[0]), Cause.of(Actor.ai("a"), null, null)),
                () -> database.importCollection(
                        "a", new ByteArrayInputStream(new byte[0]), Cause.of(Actor.ai("a"), null, null)),
                () -> database.onChange("a", (collection, entry) -> {}),
                () -> database.exportCollection("a", new ByteArrayOutputStream()));
        assertThat(uses)
                .allSatisfy(use ->
                        assertThatIllegalStateException().isThrownBy(use::run).withMessage("The database is closed"));
    }
}
