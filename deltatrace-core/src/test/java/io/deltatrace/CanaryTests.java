package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Named.named;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Regex;
import io.deltatrace.condition.TextMatch;
import io.deltatrace.condition.ValueType;
import io.deltatrace.document.Document;
import io.deltatrace.document.DocumentMapper;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.history.ChainReport;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.index.Index;
import io.deltatrace.json.Json;
import io.deltatrace.query.AddQuery;
import io.deltatrace.query.Merge;
import io.deltatrace.query.Query;
import io.deltatrace.query.Sort;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.storage.SalvageReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import tools.jackson.core.type.TypeReference;

/**
 * Follows a number and a word that has it in it through everything that goes wrong with values: they are in no exception, with all
 * its causes, in no log and in no report.
 */
class CanaryTests {

    private static final long NUMBER = 73197319L;
    private static final String CANARY = "canary" + NUMBER;
    private static final String DIGITS = String.valueOf(NUMBER);
    private static final Cause CAUSE = Cause.of(Actor.human(CANARY), CANARY, CANARY);
    private static final Json JSON = new Json(JsonLimits.DEFAULT);

    @TempDir
    private Path temporary;

    /** Everything that a log shows of an exception. */
    private static String told(Throwable problem) {
        StringWriter text = new StringWriter();
        problem.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    record Item(int count) {}

    record Typed(DayOfWeek day, Instant at, UUID id) {}

    record Picky(String name) {
        Picky {
            Bean.refused(name);
        }
    }

    record Wrapped(String text) {
        Wrapped(long number) {
            this("x" + number);
        }
    }

    static final class Bean {

        public String getName() {
            return refused(CANARY);
        }

        public void setName(String name) {
            refused(name);
        }

        private static String refused(String name) {
            if (name.contains(DIGITS)) {
                throw new IllegalStateException("No " + name, new IllegalArgumentException(name));
            }
            return name;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    record Shape(int size) {}

    static Stream<Named<ThrowingCallable>> conversions() {
        return Stream.of(
                conversion("a string for an int", Map.of("count", CANARY), Item.class),
                conversion("a number too large for an int", Map.of("count", NUMBER * NUMBER), Item.class),
                conversion("an array for an int", Map.of("count", List.of(CANARY)), Item.class),
                conversion("an unknown constant", Map.of("day", CANARY), Typed.class),
                conversion("no timestamp", Map.of("at", CANARY), Typed.class),
                conversion("no UUID", Map.of("id", CANARY), Typed.class),
                conversion("a constructor that throws", Map.of("name", CANARY), Picky.class),
                conversion("a setter that throws", Map.of("name", CANARY), Bean.class),
                conversion("no subtype", Map.of("@type", CANARY, "size", 1), Shape.class),
                named(
                        "a list of others",
                        () -> Document.of(Map.of("a", CANARY)).as(new TypeReference<Map<String, Integer>>() {})),
                named("a value for an object", () -> DocumentMapper.standard().toObject(CANARY, Item.class)),
                named(
                        "a value for no constructor",
                        () -> DocumentMapper.standard().toObject(CANARY, Wrapped.class)),
                named("a getter that throws", () -> Document.of(new Bean())),
                named("a getter that throws in a map", () -> Document.of(Map.of("a", List.of(new Bean())))),
                named("a number for a key", () -> Document.of(Map.of(NUMBER, 1))));
    }

    private static Named<ThrowingCallable> conversion(String name, Map<String, ?> document, Class<?> type) {
        return named(name, () -> Document.of(document).as(type));
    }

    static Stream<Named<ThrowingCallable>> texts() {
        String digits = DIGITS.repeat(3);
        return Stream.concat(
                Stream.of(
                                "{\"a\":" + CANARY + "}",
                                "{\"a\":\"" + CANARY,
                                "{\"a\":\"" + CANARY + "\" " + CANARY + "}",
                                "{\"a\":" + DIGITS + CANARY + "}",
                                "{\"a\":" + digits + "e99999999}",
                                "{\"a\":" + digits + ".5e-99999999}",
                                "{\"a\":" + DIGITS.repeat(200) + "}",
                                "{\"a\":0" + DIGITS + "}",
                                "{\"a\":" + DIGITS + "." + CANARY + "}",
                                "{\"a\":-" + CANARY + "}",
                                "{\"a\":'" + CANARY + "'}",
                                "{\"a\":true" + CANARY + "}",
                                "{\"a\":[\"" + CANARY + "\"}",
                                "{\"a\":\"" + CANARY + "\\x" + CANARY + "\"}",
                                "{\"a\":\"" + CANARY + "\\ud800\"}",
                                "{\"a\":\"" + CANARY + "\u0001\"}",
                                "\"" + CANARY + "\"",
                                CANARY)
                        .map(text -> named(text, () -> Document.parse(text))),
                Stream.of(
                                "{\"target\":\"a\",\"type\":\"getAll\",\"limit\":" + NUMBER * NUMBER + "}",
                                "{\"target\":\"a\",\"type\":\"getAll\",\"limit\":\"" + CANARY + "\"}",
                                "{\"target\":\"a\",\"type\":\"add\",\"addData\":[" + DIGITS + "]}",
                                "{\"target\":\"a\",\"type\":\"add\",\"addData\":[{\"a\":" + CANARY + "}]}",
                                "{\"target\":\"a\",\"type\":\"search\",\"queryNode\":{\"type\":\"startsWith_\","
                                        + "\"field\":\"a\",\"value\":[\"" + CANARY + "\"]}}",
                                "{\"target\":\"a\",\"type\":\"count\",\"cause\":{\"when\":{\"nodes\":[{\"timestamp\":\""
                                        + CANARY + "\"}]}}}")
                        .map(text -> named(text, () -> JSON.readRequest(text))));
    }

    static Stream<Named<ThrowingCallable>> conditions() {
        return Stream.concat(
                Stream.of(
                                CANARY + "(",
                                "(" + CANARY,
                                CANARY + ")",
                                CANARY + "**" + CANARY,
                                "[" + CANARY,
                                "(?=" + CANARY + ")",
                                "\\" + CANARY,
                                CANARY + "{1001}",
                                "(?P<" + CANARY,
                                "\\p{" + CANARY + "}",
                                "[[:" + CANARY + ":]]",
                                "[z-a" + CANARY + "]",
                                "(".repeat(300) + CANARY,
                                CANARY.repeat(Regex.MAX_SIZE / CANARY.length() + 1),
                                CANARY.repeat(1_000))
                        .map(pattern -> named(
                                "pattern " + pattern.substring(0, Math.min(30, pattern.length())),
                                () -> field("a").matches(pattern).compile())),
                Stream.of(
                        named(
                                "start",
                                () -> new TextMatch(
                                        TextMatch.Operator.STARTS_WITH, FieldPath.of("a"), List.of(CANARY))),
                        named("not comparable", () -> Sort.by("a").apply(documents(CANARY, NUMBER))),
                        named("no order", () -> Sort.by("a").apply(documents(List.of(CANARY), List.of(CANARY)))),
                        named(
                                "no integer",
                                () -> Sort.by("a", ValueType.INTEGER).apply(documents(CANARY, NUMBER))),
                        named(
                                "no timestamp",
                                () -> Sort.by("a", ValueType.TIMESTAMP).apply(documents(CANARY, CANARY))),
                        named(
                                "no boolean",
                                () -> Sort.by("a", ValueType.BOOLEAN).apply(documents(CANARY, true)))));
    }

    private static List<Document> documents(Object... values) {
        return Stream.of(values).map(value -> Document.of(Map.of("a", value))).toList();
    }

    static Stream<Named<ThrowingCallable>> requests() {
        return Stream.concat(
                Stream.of(
                                "int(" + CANARY + ")",
                                "int(" + DIGITS.repeat(200) + ")",
                                "float(" + CANARY + ")",
                                "bool(" + CANARY + ")",
                                CANARY,
                                CANARY + ".a",
                                DIGITS + ".a",
                                "base." + CANARY + ".",
                                "popped." + CANARY + "]",
                                "popped." + CANARY + "[a]",
                                "[[" + CANARY + "]]",
                                "[".repeat(101) + CANARY + "]".repeat(101))
                        .map(expression -> named(
                                "template " + expression,
                                () -> database()
                                        .execute(Query.merge(Merge.of(
                                                "birds", "name", "out", Map.of("x", List.of(Map.of("y", expression))))))
                                        .orThrow())),
                Stream.of(
                        request("a value that is unique", add()),
                        request("a value that is unique, twice", Query.add("birds", bird("x"), bird("x"))),
                        request(
                                "a change to it",
                                Query.update("birds", Map.of("name", "x", "tag", CANARY))
                                        .where(field("tag").equalTo(CANARY))),
                        request(
                                "a pattern",
                                Query.delete("birds").where(field("name").matches(CANARY + "("))),
                        request("a mixed sort", Query.getAll("mixed").sort(Sort.by("a"))),
                        request(
                                "nothing to update",
                                Query.update("birds", Map.of("name", CANARY))
                                        .where(field("name").equalTo(CANARY + "s"))),
                        request("a field that is there", Query.renameField("birds", "name", "tag")),
                        request("a serial key that is not there", add().serialKey("id")),
                        named(
                                "a transaction",
                                () -> database()
                                        .execute(TransactionQuery.of(Query.add("other", bird(CANARY)), add()))
                                        .orThrow()),
                        named(
                                "imported queries",
                                () -> database()
                                        .importQueries(Stream.of(
                                                JSON.toJson(Query.add("other", bird(CANARY))),
                                                "{\"target\":\"a\",\"type\":\"add\",\"addData\":[{\"a\":" + CANARY
                                                        + "}]}"))),
                        named("an undone entry", () -> {
                            DeltaTraceDatabase database = database();
                            database.execute(Query.update("birds", Map.of("tag", CANARY + "s"))
                                    .where(field("name").equalTo(CANARY)));
                            database.undo(1, CAUSE);
                        })));
    }

    private static Named<ThrowingCallable> request(String name, Query query) {
        return named(name, () -> database().execute(query).orThrow());
    }

    private static Map<String, Object> bird(String name) {
        return Map.of("name", name, "tag", CANARY);
    }

    private static AddQuery add() {
        return Query.add("birds", bird(CANARY)).because(CAUSE);
    }

    private static DeltaTraceDatabase database() {
        DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                .index("birds", Index.hash("name").unique())
                .build();
        database.execute(add());
        database.execute(Query.add("birds", bird(CANARY + "2")));
        database.execute(Query.add("mixed", Map.of("a", CANARY), Map.of("a", NUMBER)));
        return database;
    }

    static Stream<Named<ThrowingCallable>> imports() {
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        database().exportTo(exported);
        String good = exported.toString(StandardCharsets.UTF_8);
        return Stream.of(
                        good.substring(0, good.lastIndexOf(DIGITS) + 3),
                        good.substring(0, good.lastIndexOf(DIGITS)) + "\" " + CANARY,
                        good.replace("\"" + CANARY + "\"", CANARY),
                        good.replace("\"" + CANARY + "\"", "\"" + CANARY),
                        good.replace("[{", "[" + DIGITS + ",{"),
                        good.replace("{\"a\":", "\"" + CANARY + "\",{\"a\":"),
                        good + CANARY,
                        good.replace(String.valueOf(NUMBER) + "}", DIGITS + "e99999999}"))
                .map(text -> named(text, () -> database().importFrom(stream(text), CAUSE)));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource({"conversions", "texts", "conditions", "requests", "imports"})
    void exception_doesNotTellTheValueThatItIsAbout(ThrowingCallable action) {
        Throwable problem = catchThrowable(action);

        assertThat(problem).isNotNull();
        assertThat(told(problem)).doesNotContain(DIGITS);
    }

    @Test
    void entry_doesNotTellWhatItHolds_thoughListenersLogIt() {
        DeltaTraceDatabase database = database();
        List<String> told = new ArrayList<>();
        database.onChange("birds", (collection, entry) -> told.add(entry.toString()));
        database.onCommit(entry -> told.add(entry.toString()));
        database.execute(Query.add("birds", bird("another" + NUMBER)).because(CAUSE));
        database.execute(Query.delete("birds").where(field("name").matches(CANARY + "(")));
        database.history().entries(HistoryFilter.all()).forEach(entry -> told.add(entry.toString()));

        assertThat(told).hasSize(7).noneMatch(text -> text.contains(DIGITS));
        assertThat(told.get(0)).contains("revision=4", "APPLIED", "ADD", "birds");
    }

    @Test
    void duplicateKeysOnOpening_areNotTold() {
        DatabaseFiles files = new DatabaseFiles(temporary.resolve("database"));
        try (DeltaTraceDatabase database = files.builder().build()) {
            database.execute(Query.add("birds", bird(CANARY), bird(CANARY)));
        }

        Throwable problem = catchThrowable(() ->
                files.builder().index("birds", Index.hash("name").unique()).build());

        assertThat(told(problem)).contains("cannot be unique").doesNotContain(DIGITS);
    }

    /** Whoever can write the files can make the hashes fit. */
    @Test
    void damagedFiles_doNotTellWhatIsInThem() throws IOException {
        int number = 0;
        for (String damage :
                List.of(CANARY, DIGITS + "e99999999", "\"" + CANARY + "\u0001\"", "\"" + CANARY + "\\ud800\"", "[")) {
            Path directory = temporary.resolve("damaged" + ++number);
            DatabaseFiles files = new DatabaseFiles(directory);
            try (DeltaTraceDatabase database = files.builder().build()) {
                database.execute(add());
                database.execute(add());
            }
            files.delete("snapshots");
            files.rewriteFrom(files.segment(1), 0, "\"tag\":\"" + CANARY + "\"", "\"tag\":" + damage);
            String told = everythingToldOf(files);
            assertThat(told).contains("line 1, revision 1").doesNotContain(DIGITS);
        }
    }

    @Test
    void damagedSnapshot_doesNotTellWhatIsInIt() throws IOException {
        for (String damage : List.of(CANARY, DIGITS + "e99999999")) {
            DatabaseFiles files = new DatabaseFiles(temporary.resolve("snapshot" + damage.length()));
            try (DeltaTraceDatabase database = files.builder().build()) {
                database.execute(add());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write(("{\"revision\":1,\"collections\":{\"birds\":{\"data\":[{\"a\":" + damage + "}]}}}")
                        .getBytes(StandardCharsets.UTF_8));
            }
            Files.write(files.snapshot(1), bytes.toByteArray());

            assertThat(everythingToldOf(files)).contains("cannot be used").doesNotContain(DIGITS);
        }
    }

    /** By opening, looking, verifying and salvaging, with all logs. */
    private String everythingToldOf(DatabaseFiles files) {
        StringBuilder told = new StringBuilder();
        told.append(logged(() -> {
            for (ThrowingCallable action : List.<ThrowingCallable>of(
                    () -> files.builder().build().close(),
                    () -> files.builder().uncheckedOnOpen().build().close(),
                    () -> {
                        try (DeltaTraceDatabase database =
                                files.builder().readOnly().build()) {
                            ChainReport report = database.history().verify(VerifyOption.REPLAY);
                            told.append(report);
                        }
                    },
                    () -> {
                        SalvageReport report = DeltaTraceDatabase.salvage(
                                files.directory(), files.directory().resolveSibling("salvaged-" + files.hashCode()));
                        told.append(report);
                    })) {
                Throwable problem = catchThrowable(action);
                told.append(problem == null ? "" : told(problem));
            }
        }));
        return told.toString();
    }

    /** What is logged meanwhile, on all levels and with all exceptions. */
    private static String logged(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger("io.deltatrace");
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(logger.getLoggerContext());
        encoder.setPattern("%msg%n%ex");
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(logger.getLoggerContext());
        appender.setEncoder(encoder);
        appender.setOutputStream(log);
        appender.start();
        Level level = logger.getLevel();
        logger.setLevel(Level.TRACE);
        logger.addAppender(appender);
        try {
            action.run();
        } finally {
            logger.detachAppender(appender);
            logger.setLevel(level);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
