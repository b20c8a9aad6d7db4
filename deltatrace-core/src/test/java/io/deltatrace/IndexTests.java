package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.index.DuplicateKeysException;
import io.deltatrace.index.Index;
import io.deltatrace.index.IndexStatus;
import io.deltatrace.query.Merge;
import io.deltatrace.query.Query;
import io.deltatrace.query.RestoreRequest;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.QueryFailedException;
import io.deltatrace.result.QueryResult;
import io.deltatrace.result.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IndexTests {

    private static final Cause CAUSE = Cause.of(Actor.system("test"), null, null);
    private static final String SECRET = "taro@example.com";

    @TempDir
    private Path directory;

    private static DeltaTraceDatabase uniqueEmails() {
        DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                .index("users", Index.hash("email").unique())
                .build();
        database.execute(Query.add("users", Map.of("id", 1, "email", SECRET), Map.of("id", 2, "email", "jiro")));
        return database;
    }

    private static void assertRefused(DeltaTraceDatabase database, Result result) {
        assertThat(result.isSuccess()).isFalse();
        assertThat(result.errorMessage())
                .contains("The unique index on users(email) refuses a value that another document has already")
                .doesNotContain(SECRET);
        assertThat(database.execute(Query.getAll("users")).documents())
                .extracting(document -> document.get("email"))
                .containsExactly(SECRET, "jiro");
    }

    @Test
    void uniqueIndex_refusesAnAddedDuplicate_andTheDocumentsBesideIt() {
        try (DeltaTraceDatabase database = uniqueEmails()) {
            assertRefused(
                    database, database.execute(Query.add("users", Map.of("email", "hanako"), Map.of("email", SECRET))));
            assertRefused(database, database.execute(Query.add("users", Map.of("email", "x"), Map.of("email", "x"))));
        }
    }

    @Test
    void uniqueIndex_refusesAnUpdateToAValueThatIsThere() {
        try (DeltaTraceDatabase database = uniqueEmails()) {
            assertRefused(
                    database,
                    database.execute(Query.updateOne("users", Map.of("email", SECRET))
                            .where(field("id").equalTo(2))));
            assertRefused(
                    database,
                    database.execute(Query.update("users", Map.of("email", "x")).where(Condition.all())));
        }
    }

    @Test
    void uniqueIndex_letsADocumentKeepItsValue() {
        try (DeltaTraceDatabase database = uniqueEmails()) {
            QueryResult result = database.execute(Query.updateOne("users", Map.of("email", SECRET, "age", 30))
                    .where(field("id").equalTo(1)));

            assertThat(result.isSuccess()).isTrue();
        }
    }

    @Test
    void uniqueIndex_failsTheWholeTransaction() {
        try (DeltaTraceDatabase database = uniqueEmails()) {
            assertRefused(
                    database,
                    database.execute(TransactionQuery.of(
                            Query.delete("users").where(field("id").equalTo(2)),
                            Query.add("users", Map.of("email", SECRET)))));
        }
    }

    @Test
    void transactionThatMakesRoomFirst_isAccepted() {
        try (DeltaTraceDatabase database = uniqueEmails()) {
            var result = database.execute(TransactionQuery.of(
                    Query.delete("users").where(field("email").equalTo(SECRET)),
                    Query.add("users", Map.of("id", 3, "email", SECRET))));

            assertThat(result.isSuccess()).isTrue();
        }
    }

    @Test
    void uniqueIndex_refusesARestoreAndAMergeWithDuplicates() {
        Document same = Document.of(Map.of("email", "x"));
        var contents = Map.of("users", new RestoreRequest.Contents(List.of(same, same), 0));
        try (DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                .index("merged", Index.ordered("email").unique())
                .index("users", Index.ordered("email").unique())
                .build()) {
            database.execute(Query.add("base", Map.of("n", 1), Map.of("n", 2)));
            var merge = database.execute(Query.merge(Merge.of("base", "n", "merged", Map.of("email", "str(x)"))));

            assertThat(database.execute(new RestoreRequest(contents, false, null))
                            .errorMessage())
                    .contains("users(email)");
            assertThat(merge.errorMessage()).contains("merged(email)");
            assertThat(database.collections()).containsExactly("base");
        }
    }

    @Test
    void nullAndMissing_areNotConstrainedByUnique() {
        try (DeltaTraceDatabase database = uniqueEmails()) {
            Document none = Document.parse("{\"email\":null}");

            assertThat(database.execute(Query.add("users", none, none, Map.of("id", 5), Map.of("id", 6)))
                            .isSuccess())
                    .isTrue();
        }
    }

    @Test
    void duplicatesThatAreThere_refuseAUniqueIndex_andTheDirectoryCanBeOpenedWithoutIt() {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            database.execute(Query.add(
                    "users", Map.of("email", SECRET), Map.of("email", SECRET), Map.of("email", "x"), Map.of("id", 1)));
            database.execute(Query.add("users", Map.of("email", SECRET), Map.of("id", 2)));
        }
        var builder = DeltaTraceDatabase.builder()
                .directory(directory)
                .index("users", Index.ordered("email").unique());

        assertThatExceptionOfType(DuplicateKeysException.class)
                .isThrownBy(builder::build)
                .satisfies(e -> assertThat(List.of(e.collection(), e.field(), e.duplicates()))
                        .isEqualTo(List.of("users", "email", 2L)))
                .withMessageContaining("unique ordered(email) of 'users'")
                .withMessageContaining("2 documents")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
        DeltaTraceDatabase.open(directory).close();
    }

    @Test
    void uniqueIndexDeclaredLater_refusesNothingOfThePast() {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            database.execute(Query.add("users", Map.of("id", 1, "email", "x"), Map.of("id", 2, "email", "x")));
            database.execute(Query.add("users", Map.of("id", 3, "email", "x")));
            database.execute(Query.delete("users").where(field("id").greaterThan(1)));
        }
        try (DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                .directory(directory)
                .index("users", Index.hash("email").unique())
                .build()) {
            assertThat(database.asOf(2)
                            .execute(Query.search("users").where(field("email").equalTo("x")))
                            .hitCount())
                    .isEqualTo(3);
            assertThatExceptionOfType(QueryFailedException.class)
                    .isThrownBy(() -> database.revertTo(2, CAUSE))
                    .withMessageContaining("users(email)");
            assertThat(database.execute(Query.count("users")).hitCount()).isEqualTo(1);
        }
    }

    @Test
    void collection_getsItsIndexesWheneverItAppears() {
        try (DeltaTraceDatabase database =
                DeltaTraceDatabase.builder().index("users", Index.hash("id")).build()) {
            for (int time = 0; time < 2; time++) {
                database.execute(Query.add("users", Map.of("id", 1), Map.of("id", 2)));
                assertThat(database.indexes("users"))
                        .first()
                        .extracting(IndexStatus::documents)
                        .isEqualTo(2L);
                database.execute(Query.removeCollection("users"));
                assertThat(database.indexes("users"))
                        .first()
                        .extracting(IndexStatus::documents)
                        .isEqualTo(0L);
            }
            assertThat(database.indexes("others")).isEmpty();
        }
    }

    @Test
    void status_tellsKeysAndUses_withoutThoseOfLookingBack() {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                .index("users", Index.hash("id"))
                .index("users", Index.ordered("address.zip"))
                .build()) {
            database.execute(Query.add(
                    "users",
                    Map.of("id", 1, "address", Map.of("zip", "6308001")),
                    Map.of("id", 1.0, "address", Map.of("zip", "6308002")),
                    Map.of("name", "nobody")));
            database.execute(
                    Query.updateOne("users", Map.of("n", 1)).where(field("id").equalTo(1)));
            database.execute(Query.search("users").where(field("address.zip").startsWith("630")));
            database.execute(Query.search("users").where(field("name").equalTo("nobody")));
            database.asOf(2);
            database.history().versionsOf("users", Condition.all());

            assertThat(database.indexes("users"))
                    .containsExactly(
                            new IndexStatus(Index.hash("id"), 3, 1, 1),
                            new IndexStatus(Index.ordered("address.zip"), 3, 2, 1));
        }
    }

    @Test
    void sameIndexTwice_isRejected() {
        var builder = DeltaTraceDatabase.builder().index("users", Index.hash("id"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.index("users", Index.hash("id").unique()))
                .withMessageContaining("hash(id)");
        builder.index("users", Index.ordered("id")).index("others", Index.hash("id"));
    }

    /** Each commit moves one document to the next number, so every state has each number once, by index as by scan. */
    @Test
    @Timeout(60)
    void readers_seeIndexesOfTheirOwnMoment_whileWritersChangeThem() throws Exception {
        int documents = 500;
        try (DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                .index("rows", Index.hash("n"))
                .index("rows", Index.ordered("n"))
                .build()) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int n = 0; n < documents; n++) {
                rows.add(Map.of("n", n));
            }
            database.execute(Query.add("rows", rows));
            AtomicBoolean writing = new AtomicBoolean(true);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(threads.submit(() -> {
                    int reads = 0;
                    while (reads == 0 || writing.get()) {
                        assertEachNumberOnce(database.snapshot(), documents);
                        reads++;
                    }
                    return reads;
                }));
            }
            for (int n = 0; n < 5_000; n++) {
                database.execute(Query.updateOne("rows", Map.of("n", n + documents))
                                .where(field("n").equalTo(n)))
                        .orThrow();
            }
            writing.set(false);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
            threads.shutdown();
        }
    }

    private static void assertEachNumberOnce(Snapshot snapshot, int documents) {
        long first = snapshot.revision() - 1;
        for (long n = first - 1; n <= first + documents; n += documents / 7 + 1) {
            int expected = n >= first && n < first + documents ? 1 : 0;
            assertThat(snapshot.execute(Query.search("rows").where(field("n").equalTo(n)))
                            .hitCount())
                    .isEqualTo(expected);
        }
        assertThat(snapshot.execute(Query.search("rows")
                                .where(field("n").greaterThanOrEqualTo(first))
                                .limit(0))
                        .hitCount())
                .isEqualTo(documents);
    }
}
