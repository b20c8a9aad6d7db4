package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.index.Index;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs recorded cases of the original through JSON text: start database, steps, results, final collections. With {@code
 * -Ddeltatrace.conformance=DIR} it runs every {@code *.ndjson.gz} of that directory instead of the recorded ones.
 */
class ConformanceTests {

    private static final List<String> COMPARED_ON_FAILURE =
            List.of("isSuccess", "target", "type", "result", "updateCount");
    private static final Cause IMPORT = Cause.of(Actor.system("conformance"), "import", "start of a case");

    /** Reads the cases and the answers without the code under test, and keeps every digit of a number. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void everyRecordedCase_isAnsweredAsTheOriginalDid() throws IOException {
        assertAnswers(recorded -> DeltaTraceDatabase.builder());
    }

    /** Indexes of both kinds on every field that a document of the case has, or that a query of it mentions. */
    @Test
    void everyRecordedCase_isAnsweredAsTheOriginalDid_withIndexes() throws IOException {
        assertAnswers(ConformanceTests::indexed);
    }

    private static DeltaTraceDatabaseBuilder indexed(JsonNode recorded) {
        Set<String> fields = new LinkedHashSet<>();
        Set<String> collections = new LinkedHashSet<>();
        for (String name : List.of("field", "relationKey", "sourceKeys")) {
            texts(recorded.findValues(name), fields);
        }
        for (String name : List.of("data", "addData")) {
            recorded.findValues(name)
                    .forEach(documents -> documents.forEach(item -> fields.addAll(item.propertyNames())));
        }
        for (String name : List.of("target", "output")) {
            texts(recorded.findValues(name), collections);
        }
        recorded.findValues("collections").forEach(named -> collections.addAll(named.propertyNames()));
        DeltaTraceDatabaseBuilder builder = DeltaTraceDatabase.builder();
        for (String collection : collections) {
            for (String field : fields) {
                builder.index(collection, Index.hash(field)).index(collection, Index.ordered(field));
            }
        }
        return builder;
    }

    private static void texts(List<JsonNode> found, Set<String> texts) {
        for (JsonNode node : found) {
            if (node.isString()) {
                texts.add(node.asString());
            } else if (node.isArray()) {
                node.forEach(element -> texts.add(element.asString()));
            }
        }
    }

    private static void assertAnswers(Function<JsonNode, DeltaTraceDatabaseBuilder> builders) throws IOException {
        List<String> failures = new ArrayList<>();
        int cases = 0;
        for (String line : lines()) {
            cases++;
            JsonNode recorded = JSON.readTree(line);
            String difference = difference(recorded, builders.apply(recorded));
            if (difference != null) {
                failures.add(recorded.path("id").asString() + ": " + difference);
            }
        }
        System.out.printf("conformance: %d passed, %d failed%n", cases - failures.size(), failures.size());
        failures.forEach(System.out::println);
        assertThat(cases).as("number of cases").isPositive();
        assertThat(failures).isEmpty();
    }

    private static List<String> lines() throws IOException {
        String directory = System.getProperty("deltatrace.conformance", "");
        List<String> lines = new ArrayList<>();
        if (directory.isEmpty()) {
            try (InputStream stream = ConformanceTests.class.getResourceAsStream("/conformance/cases.ndjson.gz")) {
                read(stream, lines);
            }
            return lines;
        }
        try (var files = Files.newDirectoryStream(Path.of(directory), "*.ndjson.gz")) {
            for (Path file : files) {
                try (InputStream stream = Files.newInputStream(file)) {
                    read(stream, lines);
                }
            }
        }
        return lines;
    }

    private static void read(InputStream stream, List<String> lines) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8));
        reader.lines().filter(line -> !line.isBlank()).forEach(lines::add);
    }

    /** What is wrong with the answers to a case; null if nothing is. An exception is an answer too, and a wrong one. */
    private static @Nullable String difference(JsonNode recorded, DeltaTraceDatabaseBuilder builder) {
        try (DeltaTraceDatabase database = builder.build()) {
            database.importFrom(
                    new ByteArrayInputStream(recorded.get("database").toString().getBytes(StandardCharsets.UTF_8)),
                    IMPORT);
            int step = 0;
            for (JsonNode expected : recorded.get("steps")) {
                String answer = database.execute(expected.get("query").toString(), permissions(expected));
                String difference = differenceOfResults(expected.get("result"), JSON.readTree(answer));
                if (difference != null) {
                    return "step " + step + ": " + difference;
                }
                step++;
            }
            ByteArrayOutputStream exported = new ByteArrayOutputStream();
            database.exportTo(exported);
            return differenceOfCollections(
                    recorded.get("final"), JSON.readTree(exported.toByteArray()).get("collections"));
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    private static @Nullable Map<String, Permission> permissions(JsonNode step) {
        if (!step.hasNonNull("permissions")) {
            return null;
        }
        Map<String, Permission> permissions = new LinkedHashMap<>();
        step.get("permissions").properties().forEach(entry -> {
            Set<QueryType> allowed = new LinkedHashSet<>();
            entry.getValue()
                    .forEach(name -> allowed.add(Arrays.stream(QueryType.values())
                            .filter(type -> type.wireName().equals(name.asString()))
                            .findFirst()
                            .orElseThrow()));
            permissions.put(entry.getKey(), new Permission(allowed));
        });
        return permissions;
    }

    private static @Nullable String differenceOfResults(JsonNode expected, JsonNode actual) {
        List<String> names =
                expected.get("isSuccess").asBoolean() ? List.copyOf(expected.propertyNames()) : COMPARED_ON_FAILURE;
        for (String name : names) {
            JsonNode want = expected.get(name);
            JsonNode got = actual.get(name);
            if (want == null || name.equals("errorMessage")) {
                continue;
            }
            boolean equal = name.equals("results") ? sameResults(want, got) : same(want, got);
            if (!equal) {
                return name + " was " + got + " instead of " + want;
            }
        }
        boolean sameOutcome = expected.hasNonNull("errorMessage") == actual.hasNonNull("errorMessage");
        return sameOutcome ? null : "errorMessage was " + actual.get("errorMessage");
    }

    private static boolean sameResults(JsonNode expected, @Nullable JsonNode actual) {
        if (actual == null || expected.size() != actual.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (differenceOfResults(expected.get(i), actual.get(i)) != null) {
                return false;
            }
        }
        return true;
    }

    /** Numbers by value, objects whatever the order of their fields. */
    private static boolean same(JsonNode expected, @Nullable JsonNode actual) {
        return actual != null
                && expected.equals(
                        (one, other) -> one.isNumber() && other.isNumber()
                                ? one.decimalValue().compareTo(other.decimalValue())
                                : one.equals(other) ? 0 : 1,
                        actual);
    }

    private static @Nullable String differenceOfCollections(JsonNode expected, JsonNode actual) {
        Set<String> names = new LinkedHashSet<>(expected.propertyNames());
        names.addAll(actual.propertyNames());
        for (String name : names) {
            JsonNode want = counted(expected.get(name));
            JsonNode got = counted(actual.get(name));
            boolean equal = want == null
                    ? got == null
                    : got != null
                            && same(want.get("data"), got.get("data"))
                            && same(want.get("serialNum"), got.get("serialNum"));
            if (!equal) {
                return "collection " + name + " was " + got + " instead of " + want;
            }
        }
        return null;
    }

    /** An empty collection that never numbered anything is as good as none. */
    private static @Nullable JsonNode counted(@Nullable JsonNode collection) {
        boolean countsForNothing = collection == null
                || (collection.get("data").isEmpty()
                        && collection.get("serialNum").asLong() == 0);
        return countsForNothing ? null : collection;
    }
}
