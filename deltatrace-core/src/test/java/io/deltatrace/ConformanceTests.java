package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
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
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Runs recorded cases of the original through JSON text: start database, steps, results, final collections. With {@code
 * -Ddeltatrace.conformance=DIR} it runs every {@code *.ndjson.gz} of that directory instead of the recorded ones.
 */
class ConformanceTests {

    private static final List<String> COMPARED_ON_FAILURE =
            List.of("isSuccess", "target", "type", "result", "updateCount");
    private static final Cause IMPORT = Cause.of(Actor.system("conformance"), "import", "start of a case");

    @Test
    void everyRecordedCase_isAnsweredAsTheOriginalDid() throws IOException {
        List<String> failures = new ArrayList<>();
        int cases = 0;
        for (Document recorded : cases()) {
            cases++;
            String difference = difference(recorded);
            if (difference != null) {
                failures.add(recorded.get("id") + ": " + difference);
            }
        }
        System.out.printf("conformance: %d passed, %d failed%n", cases - failures.size(), failures.size());
        failures.forEach(System.out::println);
        assertThat(cases).as("number of cases").isPositive();
        assertThat(failures).isEmpty();
    }

    private static List<Document> cases() throws IOException {
        String directory = System.getProperty("deltatrace.conformance", "");
        List<Document> cases = new ArrayList<>();
        if (directory.isEmpty()) {
            try (InputStream stream = ConformanceTests.class.getResourceAsStream("/conformance/cases.ndjson.gz")) {
                read(stream, cases);
            }
            return cases;
        }
        try (var files = Files.newDirectoryStream(Path.of(directory), "*.ndjson.gz")) {
            for (Path file : files) {
                try (InputStream stream = Files.newInputStream(file)) {
                    read(stream, cases);
                }
            }
        }
        return cases;
    }

    private static void read(InputStream stream, List<Document> cases) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8));
        lines.lines().filter(line -> !line.isBlank()).map(Document::parse).forEach(cases::add);
    }

    private static @Nullable String difference(Document recorded) {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            database.importFrom(bytes(recorded.get("database")), IMPORT);
            int step = 0;
            for (Object element : (List<?>) recorded.get("steps")) {
                Document expectedStep = (Document) element;
                String answer = database.execute(expectedStep.get("query").toString(), permissions(expectedStep));
                String difference = differenceOfResults((Document) expectedStep.get("result"), Document.parse(answer));
                if (difference != null) {
                    return "step " + step + ": " + difference;
                }
                step++;
            }
            return differenceOfCollections((Document) recorded.get("final"), export(database));
        }
    }

    private static InputStream bytes(Object json) {
        return new ByteArrayInputStream(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Document export(DeltaTraceDatabase database) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        database.exportTo(bytes);
        return (Document) Document.parse(bytes.toString(StandardCharsets.UTF_8)).get("collections");
    }

    private static @Nullable Map<String, Permission> permissions(Document step) {
        if (!(step.get("permissions") instanceof Document recorded)) {
            return null;
        }
        Map<String, Permission> permissions = new LinkedHashMap<>();
        recorded.asMap().forEach((collection, types) -> {
            Set<QueryType> allowed = new LinkedHashSet<>();
            ((List<?>) types)
                    .forEach(name -> allowed.add(Arrays.stream(QueryType.values())
                            .filter(type -> type.wireName().equals(name))
                            .findFirst()
                            .orElseThrow()));
            permissions.put(collection, new Permission(allowed));
        });
        return permissions;
    }

    private static @Nullable String differenceOfResults(Document expected, Document actual) {
        boolean success = Boolean.TRUE.equals(expected.get("isSuccess"));
        List<String> names = success ? expected.names() : COMPARED_ON_FAILURE;
        for (String name : names) {
            Object want = expected.get(name);
            Object got = actual.get(name);
            boolean nested = name.equals("results");
            if (expected.has(name) && !(nested ? sameResults(want, got) : same(want, got))) {
                return name + " was " + got + " instead of " + want;
            }
        }
        return (expected.get("errorMessage") == null) == (actual.get("errorMessage") == null)
                ? null
                : "errorMessage was " + actual.get("errorMessage");
    }

    private static boolean sameResults(@Nullable Object expected, @Nullable Object actual) {
        List<?> want = (List<?>) expected;
        List<?> got = (List<?>) actual;
        if (want.size() != got.size()) {
            return false;
        }
        for (int i = 0; i < want.size(); i++) {
            if (differenceOfResults((Document) want.get(i), (Document) got.get(i)) != null) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(@Nullable Object expected, @Nullable Object actual) {
        return io.deltatrace.document.Values.equal(expected, actual);
    }

    private static @Nullable String differenceOfCollections(Document expected, Document actual) {
        Set<String> names = new LinkedHashSet<>(expected.names());
        names.addAll(actual.names());
        for (String name : names) {
            Document want = counted(expected.get(name));
            Document got = counted(actual.get(name));
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
    private static @Nullable Document counted(@Nullable Object collection) {
        Document document = (Document) collection;
        boolean countsForNothing =
                document == null || (((List<?>) document.get("data")).isEmpty() && same(document.get("serialNum"), 0L));
        return countsForNothing ? null : document;
    }
}
