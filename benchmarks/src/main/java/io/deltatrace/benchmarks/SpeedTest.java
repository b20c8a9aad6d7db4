package io.deltatrace.benchmarks;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.benchmarks.peers.User;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.query.Query;
import io.deltatrace.query.Sort;
import io.deltatrace.result.QueryResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The speed test of the original delta-trace-db: the same requests of the same data in the same order, each timed once a round,
 * with results converted to objects where the original does that. Takes the number of users and that of rounds; prints a line
 * of JSON with the milliseconds of the first round, before which nothing ran in this JVM, and the medians of the later half.
 */
final class SpeedTest {

    private record AnotherUser(long id, String name, int age, Map<String, Object> nested, String gender) {}

    private static final String USERS = "users";
    private static final Cause CAUSE = Cause.of(Actor.system("benchmark"), null, null);

    private final int users;
    private final Map<String, Double> milliseconds = new LinkedHashMap<>();

    private SpeedTest(int users) {
        this.users = users;
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(new JsonMapper()
                .writeValueAsString(run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]))));
    }

    /** The milliseconds of each operation, cold and warm. */
    static Map<String, Map<String, Double>> run(int users, int rounds) throws Exception {
        List<Map<String, Double>> all = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            SpeedTest round = new SpeedTest(users);
            round.run();
            all.add(round.milliseconds);
        }
        Map<String, Map<String, Double>> results = new LinkedHashMap<>();
        for (String operation : all.get(0).keySet()) {
            double[] late = all.subList(rounds / 2, rounds).stream()
                    .mapToDouble(round -> round.get(operation))
                    .sorted()
                    .toArray();
            results.put(operation, Map.of("cold", all.get(0).get(operation), "warm", late[late.length / 2]));
        }
        return results;
    }

    private <T> T timed(String operation, Callable<T> work) throws Exception {
        long start = System.nanoTime();
        T result = work.call();
        milliseconds.put(operation, (System.nanoTime() - start) / 1e6);
        return result;
    }

    private void timed(String operation, int found, Callable<List<User>> work) throws Exception {
        List<User> result = timed(operation, work);
        if (result.size() != found) {
            throw new IllegalStateException(operation + " must find " + found + ", not " + result.size());
        }
    }

    private void run() throws Exception {
        List<User> source = User.inOrder(users);
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();
                DeltaTraceDatabase copy = DeltaTraceDatabase.inMemory()) {
            timed("add", () -> database.execute(Query.add(USERS, source)).orThrow());
            timed("getAll", users, () -> objects(database, Query.getAll(USERS)));
            byte[] json = timed("save", () -> saved(database));
            timed("load", () -> {
                copy.importFrom(new ByteArrayInputStream(json), CAUSE);
                return copy;
            });
            var startsWith = Query.search(USERS)
                    .where(field("name").startsWith(User.NAME_PREFIX))
                    .sort(Sort.by("age"));
            timed("search", users, () -> objects(database, startsWith));
            timed("paging", users / 2, () -> objects(database, startsWith.limit(users / 2)));
            timed("searchOne", 1, () -> objects(database, Query.searchOne(USERS).where(named(users - 1))));
            timed(
                    "update",
                    () -> database.execute(Query.update(USERS, Map.of("age", users + 1))
                                    .where(named(users / 2).or(named(users - 1)))
                                    .sort(Sort.by("id")))
                            .orThrow());
            timed(
                    "updateOne",
                    () -> database.execute(
                                    Query.updateOne(USERS, Map.of("age", users)).where(named(users / 2)))
                            .orThrow());
            AnotherUser template = new AnotherUser(-1, "None", -1, Map.of("num", -1), "None");
            timed(
                    "conform",
                    () -> copy.execute(Query.conformToTemplate(USERS, template)).orThrow());
            timed(
                    "delete",
                    users / 2,
                    () -> objects(
                            database,
                            Query.delete(USERS)
                                    .where(field("age").greaterThan(users / 2 - 1))
                                    .sort(Sort.by("id"))
                                    .returnData()));
            timed(
                    "deleteOne",
                    1,
                    () -> objects(
                            database, Query.deleteOne(USERS).where(field("age").equalTo(users / 2 - 1))));
        }
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            timed(
                    "add with serial",
                    () -> database.execute(Query.add(USERS, source).serialKey("id"))
                            .orThrow());
        }
    }

    private static Condition named(int number) {
        return field("name").equalTo(User.NAME_PREFIX + number);
    }

    private static List<User> objects(DeltaTraceDatabase database, Query query) {
        QueryResult result = database.execute(query).orThrow();
        return result.as(User.class);
    }

    private static byte[] saved(DeltaTraceDatabase database) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        database.exportTo(target);
        return target.toByteArray();
    }
}
