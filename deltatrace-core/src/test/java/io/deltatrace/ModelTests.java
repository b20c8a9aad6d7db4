package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.query.AddQuery;
import io.deltatrace.query.Query;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import io.deltatrace.result.QueryResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random sequences of operations on a database and on a deliberately naive model must give the same answers and contents. */
class ModelTests {

    private record Match(Condition condition, Predicate<Map<String, Object>> test) {}

    @Property(tries = 300)
    void everyOperation_answersAndChangesAsTheModelDoes(@ForAll long seed) {
        Random random = new Random(seed);
        NaiveModel model = new NaiveModel();
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            for (int step = 0; step < 60; step++) {
                step(random, model, database);
                List<Document> documents =
                        database.execute(Query.getAll("rows")).documents();
                assertThat(maps(documents)).isEqualTo(model.rows());
                // As text, the fields are also in the same order.
                assertThat(documents)
                        .hasToString(
                                model.rows().stream().map(Document::of).toList().toString());
            }
            Snapshot end = database.snapshot();
            assertThat(end.size("rows")).isEqualTo(model.rows().size());
            assertThat(database.execute(Query.add("rows", Map.of("id", -1))
                                    .serialKey("id")
                                    .returnData())
                            .documents())
                    .extracting(document -> document.get("id"))
                    .containsExactly(model.serial());
        }
    }

    private static void step(Random random, NaiveModel model, DeltaTraceDatabase database) {
        switch (random.nextInt(11)) {
            case 0, 1 -> {
                List<Map<String, Object>> documents = documents(random);
                boolean numbered = random.nextBoolean();
                AddQuery query = Query.add("rows", documents).returnData();
                check(
                        database.execute(numbered ? query.serialKey("id") : query),
                        model.add(documents, numbered, false, false));
            }
            case 2 -> {
                List<Map<String, Object>> documents = documents(random);
                boolean restart = random.nextBoolean();
                AddQuery query =
                        Query.clearAdd("rows", documents).serialKey("id").returnData();
                check(
                        database.execute(restart ? query.resetSerial() : query),
                        model.add(documents, true, true, restart));
            }
            case 3 -> {
                Match match = match(random, 2);
                Map<String, Object> changes = document(random);
                check(
                        database.execute(Query.update("rows", changes)
                                .where(match.condition())
                                .returnData()),
                        model.update(match.test(), changes, false));
            }
            case 4 -> {
                Match match = match(random, 2);
                Map<String, Object> changes = document(random);
                check(
                        database.execute(Query.updateOne("rows", changes)
                                .where(match.condition())
                                .returnData()),
                        model.update(match.test(), changes, true));
            }
            case 5 -> {
                Match match = match(random, 2);
                check(
                        database.execute(
                                Query.delete("rows").where(match.condition()).returnData()),
                        model.delete(match.test(), false));
            }
            case 6 -> {
                Match match = match(random, 2);
                check(
                        database.execute(Query.deleteOne("rows").where(match.condition())),
                        model.delete(match.test(), true));
            }
            case 7 -> search(random, model, database);
            case 8 -> {
                Match match = match(random, 2);
                check(
                        database.execute(Query.searchOne("rows").where(match.condition())),
                        model.searchOne(match.test()));
            }
            case 9 -> reshape(random, model, database);
            default -> {
                boolean restart = random.nextBoolean();
                var query = Query.clear("rows");
                check(database.execute(restart ? query.resetSerial() : query), model.clear(restart));
            }
        }
    }

    private static void search(Random random, NaiveModel model, DeltaTraceDatabase database) {
        Match match = match(random, 3);
        boolean descending = random.nextBoolean();
        Integer offset = random.nextBoolean() ? random.nextInt(5) : null;
        Integer limit = random.nextBoolean() ? random.nextInt(5) : null;
        Sort sort = Sort.by("n");
        SearchQuery query = Query.search("rows").where(match.condition()).sort(descending ? sort.descending() : sort);
        query = offset == null ? query : query.offset(offset);
        query = limit == null ? query : query.limit(limit);
        Comparator<Map<String, Object>> order =
                Comparator.comparing(row -> (Long) row.get("n"), Comparator.nullsLast(Comparator.naturalOrder()));
        check(
                database.execute(query),
                model.search(match.test(), descending ? order.reversed() : order, offset, limit));
    }

    private static void reshape(Random random, NaiveModel model, DeltaTraceDatabase database) {
        if (random.nextBoolean()) {
            Map<String, Object> template = document(random);
            check(database.execute(Query.conformToTemplate("rows", template)), model.conform(template));
        } else {
            String before = random.nextBoolean() ? "n" : "name";
            String after = random.nextBoolean() ? "name" : "extra";
            check(database.execute(Query.renameField("rows", before, after).returnData()), model.rename(before, after));
        }
    }

    private static void check(QueryResult actual, NaiveModel.Answer expected) {
        assertThat(actual.isSuccess()).as(actual.toString()).isEqualTo(expected != null);
        if (expected != null) {
            assertThat(maps(actual.documents())).isEqualTo(expected.documents());
            assertThat(actual.collectionSize()).isEqualTo(expected.size());
            assertThat(actual.updateCount()).isEqualTo(expected.updates());
            assertThat(actual.hitCount()).isEqualTo(expected.hits());
        }
    }

    private static List<Map<String, Object>> maps(List<Document> documents) {
        List<Map<String, Object>> maps = new ArrayList<>();
        documents.forEach(document -> maps.add(document.asMap()));
        return maps;
    }

    private static Match match(Random random, int depth) {
        long number = random.nextInt(6);
        return switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 0 ->
                new Match(
                        field("n").equalTo(number), row -> Long.valueOf(number).equals(row.get("n")));
            case 1 ->
                new Match(field("n").greaterThan(number), row -> row.get("n") != null && (Long) row.get("n") > number);
            case 2 -> new Match(field("name").equalTo("b"), row -> "b".equals(row.get("name")));
            case 3 -> new Match(field("n").isNull(), row -> row.get("n") == null);
            case 4 -> {
                Match left = match(random, depth - 1);
                Match right = match(random, depth - 1);
                yield new Match(
                        left.condition().and(right.condition()), left.test().and(right.test()));
            }
            case 5 -> {
                Match left = match(random, depth - 1);
                Match right = match(random, depth - 1);
                yield new Match(
                        left.condition().or(right.condition()), left.test().or(right.test()));
            }
            default -> {
                Match inner = match(random, depth - 1);
                yield new Match(inner.condition().not(), inner.test().negate());
            }
        };
    }

    private static List<Map<String, Object>> documents(Random random) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            documents.add(document(random));
        }
        return documents;
    }

    private static Map<String, Object> document(Random random) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (random.nextInt(4) > 0) {
            document.put("id", -1L);
        }
        if (random.nextInt(5) > 0) {
            document.put("n", random.nextInt(5) == 0 ? null : (Long) (long) random.nextInt(6));
        }
        document.put("name", random.nextBoolean() ? "a" : "b");
        return document;
    }
}
