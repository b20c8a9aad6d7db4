package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.JsonFormatException;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.json.Json;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.TransactionQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stored requests make a database again. */
class ImportQueriesTests {

    private static final Cause CAUSE = Cause.of(Actor.human("alice"), null, null);

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private final Json json = new Json(JsonLimits.DEFAULT);

    @Test
    void folderOfQueries_makesADatabase() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("queries"));
        List<Request> requests = List.of(
                Query.add("users", Map.of("id", -1, "name", "Taro"), Map.of("id", -1, "name", "田中"))
                        .serialKey("id")
                        .because(Cause.of(Actor.human("alice"), "import", "the first two")),
                Query.update("users", Map.of("age", 7)).where(field("name").equalTo("Taro")),
                Query.getAll("users"),
                TransactionQuery.of(Query.add("log", Map.of("n", 1)), Query.clear("log")));
        for (int i = 0; i < requests.size(); i++) {
            Files.writeString(folder.resolve("%06d.json".formatted(i)), json.toJson(requests.get(i)));
        }
        DeltaTraceDatabase expected = DeltaTraceDatabase.inMemory();
        requests.forEach(expected::execute);
        DeltaTraceDatabase imported = DeltaTraceDatabase.inMemory();

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(imported.importQueries(files.sorted().map(ImportQueriesTests::text)))
                    .isEqualTo(new ImportReport(4, 0));
        }

        assertThat(imported.snapshot().hash()).isEqualTo(expected.snapshot().hash());
        assertThat(imported.history().entries(HistoryFilter.all().actor("alice")))
                .hasSize(1);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the Python implementation writes a query: other fields, other order, and not all that we write. */
    @Test
    void queryWithLessAndMore_isUnderstood() {
        DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();

        ImportReport report = database.importQueries(Stream.of(
                "{\"type\":\"add\",\"target\":\"users\",\"className\":\"Query\",\"version\":\"6\",\"addData\":[{\"n\":1}],\"unknown\":{}}",
                "\n  {\"className\":\"Query\",\"target\":\"users\",\"type\":\"count\"}\n"));

        assertThat(report).isEqualTo(new ImportReport(2, 0));
        assertThat(database.snapshot().size("users")).isEqualTo(1);
    }

    @Test
    void requestsOfAJournal_makeTheSameDatabase() throws IOException {
        Path directory = temporary.resolve("database");
        String hash = fillAtRandom(directory);
        DeltaTraceDatabase imported = DeltaTraceDatabase.inMemory();

        ImportReport report = imported.importQueries(requests(directory, "applied"::equals));

        assertThat(report.failed()).isZero();
        assertThat(report.applied()).isGreaterThan(200);
        assertThat(imported.snapshot().hash()).isEqualTo(hash);
    }

    /** Also without the failed requests, so that revisions are others. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void revertsOfAJournal_areReproducedToo(boolean withFailed) throws IOException {
        Path directory = temporary.resolve("database");
        String hash;
        try (DeltaTraceDatabase database =
                new DatabaseFiles(directory).builder().build()) {
            database.execute(Query.clear("nowhere"));
            database.execute(Query.add("rows", Map.of("n", 1), Map.of("n", 2)));
            database.execute(
                    Query.update("rows", Map.of("n", 3)).where(field("n").equalTo(2)));
            database.undo(3, CAUSE);
            database.execute(Query.add("rows", Map.of("n", 4)));
            database.revertTo(4, CAUSE);
            hash = database.snapshot().hash();
            assertThat(database.snapshot().size("rows")).isEqualTo(2);
        }
        DeltaTraceDatabase imported = DeltaTraceDatabase.inMemory();

        assertThat(imported.importQueries(requests(directory, outcome -> withFailed || outcome.equals("applied"))))
                .isEqualTo(new ImportReport(5, withFailed ? 1 : 0));

        assertThat(imported.snapshot().hash()).isEqualTo(hash);
    }

    private static String fillAtRandom(Path directory) {
        RandomRequests requests = new RandomRequests(8);
        try (DeltaTraceDatabase database =
                new DatabaseFiles(directory).builder().build()) {
            for (int i = 0; i < 1_000; i++) {
                database.execute(requests.request());
            }
            return database.snapshot().hash();
        }
    }

    private static Stream<String> requests(Path directory, Predicate<String> outcome) throws IOException {
        List<String> requests = new ArrayList<>();
        for (Path segment : new DatabaseFiles(directory).segments()) {
            for (String line : Files.readAllLines(segment)) {
                JsonNode entry = JsonMapper.shared().readTree(line);
                if (outcome.test(entry.get("outcome").asString())) {
                    requests.add(entry.get("request").toString());
                }
            }
        }
        return requests.stream();
    }

    @Test
    void requestThatCannotBeRead_isNamedByItsNumber_andTheEarlierOnesAreDone() {
        DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();
        List<String> taken = new ArrayList<>();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> database.importQueries(Stream.of(
                                json.toJson(Query.add("rows", Map.of("n", 1))),
                                json.toJson(Query.clear("nowhere")),
                                "{\"className\":\"Query\",\"target\":",
                                json.toJson(Query.add("rows", Map.of("n", 2))))
                        .peek(taken::add)))
                .withMessageStartingWith("Request 3 cannot be read: ")
                .withMessageContaining("line 1")
                .withCauseInstanceOf(JsonFormatException.class);

        assertThat(database.snapshot().size("rows")).isEqualTo(1);
        assertThat(database.snapshot().revision()).isEqualTo(2);
        assertThat(taken).hasSize(3);
    }

    @Test
    void failedRequests_areCounted_andTheNextOnesFollow() {
        DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();

        ImportReport report = database.importQueries(Stream.of(
                json.toJson(Query.clear("nowhere")),
                json.toJson(Query.add("rows", Map.of("n", 1))),
                json.toJson(TransactionQuery.of(Query.add("rows", Map.of("n", 2)), Query.clear("nowhere"))),
                json.toJson(Query.count("rows"))));

        assertThat(report).isEqualTo(new ImportReport(2, 2));
        assertThat(database.snapshot().size("rows")).isEqualTo(1);
    }

    @Test
    void nothing_isImportedFromNothing() {
        assertThat(DeltaTraceDatabase.inMemory().importQueries(Stream.of())).isEqualTo(new ImportReport(0, 0));
    }

    @Test
    void errorsOfTheSource_areThoseOfTheCaller() {
        DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> database.importQueries(
                        Stream.of(temporary.resolve("missing")).map(ImportQueriesTests::text)));
        assertThat(database.snapshot().revision()).isZero();
    }

    /** Later requests see what earlier ones did, also in a stream that could be worked on in parallel. */
    @Test
    void order_isKept() {
        DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();
        List<String> requests = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            requests.add(json.toJson(Query.add("rows", Map.of("n", n))));
        }

        database.importQueries(requests.parallelStream());

        assertThat(database.execute(Query.getAll("rows")).documents())
                .extracting(document -> document.get("n"))
                .containsExactlyElementsOf(
                        Stream.iterate(0L, n -> n + 1).limit(200).toList());
    }
}
