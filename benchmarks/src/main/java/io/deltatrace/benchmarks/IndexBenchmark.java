package io.deltatrace.benchmarks;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.DeltaTraceDatabaseBuilder;
import io.deltatrace.document.Document;
import io.deltatrace.index.Index;
import io.deltatrace.query.Query;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import io.deltatrace.result.QueryResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Whole calls of {@code execute} on a collection of users in memory, whose ages are in random order, with two indexes and without. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IndexBenchmark {

    private static final int RANGE = 101;
    private static final int PAGE = 50;

    /** How many users there are. */
    @Param("100000")
    int users;

    /** Whether there is a hash index on the id and an ordered one on the age. */
    @Param({"true", "false"})
    boolean indexed;

    private List<Document> documents;
    private DeltaTraceDatabase database;
    private int next;
    private long added;

    record User(long id, String name, int age, Instant createdAt, Instant updatedAt, Map<String, Object> nested) {}

    /** Adds the users. */
    @Setup(Level.Iteration)
    public void fill() {
        if (documents == null) {
            List<Integer> ages = new ArrayList<>();
            for (int i = 0; i < users; i++) {
                ages.add(i);
            }
            Collections.shuffle(ages, new Random(1));
            documents = new ArrayList<>();
            for (int i = 0; i < users; i++) {
                documents.add(user(i, ages.get(i)));
            }
        }
        database = filled();
    }

    private static Document user(int id, int age) {
        Instant when = Instant.ofEpochSecond(1_700_000_000 + id);
        return Document.of(new User(id, "sample" + id, age, when, when, Map.of("num", id)));
    }

    private DeltaTraceDatabase filled() {
        DeltaTraceDatabaseBuilder builder = DeltaTraceDatabase.builder();
        if (indexed) {
            builder.index("users", Index.hash("id")).index("users", Index.ordered("age"));
        }
        DeltaTraceDatabase filled = builder.build();
        filled.execute(Query.add("users", documents)).orThrow();
        return filled;
    }

    private int another() {
        next = (next + 7_919) % users;
        return next;
    }

    private static QueryResult found(QueryResult result, int count) {
        if (result.documents().size() != count) {
            throw new IllegalStateException(
                    "There must be " + count + ", not " + result.documents().size());
        }
        return result;
    }

    @Benchmark
    public QueryResult lookUpById() {
        return found(database.execute(Query.search("users").where(field("id").equalTo(another()))), 1);
    }

    @Benchmark
    public QueryResult searchOneById() {
        return found(database.execute(Query.searchOne("users").where(field("id").equalTo(another()))), 1);
    }

    @Benchmark
    public QueryResult rangeOf101Ages() {
        int start = another() % (users - RANGE);
        return found(
                database.execute(Query.search("users")
                        .where(field("age")
                                .greaterThanOrEqualTo(start)
                                .and(field("age").lessThan(start + RANGE)))),
                RANGE);
    }

    @Benchmark
    public QueryResult updateOneByAge() {
        return database.execute(Query.updateOne("users", Map.of("name", "changed"))
                        .where(field("age").equalTo(another())))
                .orThrow();
    }

    /** The next id, and an age anywhere among the others. */
    @Benchmark
    public QueryResult addOne() {
        Document user = documents.get(another()).with("id", users + added++);
        return database.execute(Query.add("users", user)).orThrow();
    }

    @Benchmark
    public QueryResult searchOneOfTheLastByNestedField() {
        return found(
                database.execute(
                        Query.searchOne("users").where(field("nested.num").equalTo(users - 1))),
                1);
    }

    private static SearchQuery startsWithByAge() {
        return Query.search("users").where(field("name").startsWith("sample")).sort(Sort.by("age"));
    }

    @Benchmark
    public QueryResult startsWithSortedLimit50() {
        return found(database.execute(startsWithByAge().limit(PAGE)), PAGE);
    }

    @Benchmark
    public QueryResult startsWithSorted() {
        return found(database.execute(startsWithByAge()), users);
    }

    /** The range and the order are of one index. */
    @Benchmark
    public QueryResult olderHalfSortedLimit50() {
        return found(
                database.execute(Query.search("users")
                        .where(field("age").greaterThanOrEqualTo(users / 2))
                        .sort(Sort.by("age").descending())
                        .limit(PAGE)),
                PAGE);
    }

    @Benchmark
    public DeltaTraceDatabase addAllAtOnce() {
        return filled();
    }

    @Benchmark
    public QueryResult addAllAtOnceAndDeleteHalf() {
        return filled().execute(Query.delete("users").where(field("nested.num").lessThan(users / 2)))
                .orThrow();
    }
}
