package io.deltatrace.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.history.HistoryFilter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests of clients in other languages. The package delta_trace_db is not here: its place is taken by a stand-in whose
 * {@code to_dict()} is the JSON that the document shows, and that JSON has the members that the recorded cases of the package
 * have. So what is not proved is that the package makes this JSON of these calls; and nothing of the Dart is run.
 */
class OtherLanguagesTests {

    private static final Path CASES =
            DocumentBlock.ROOT.resolve("deltatrace-core/src/test/resources/conformance/cases.ndjson.gz");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    @TempDir
    private Path folder;

    static List<DocumentBlock> requests() {
        return DocumentBlock.of(BlockKind.REQUEST);
    }

    static List<DocumentBlock> programs() {
        return DocumentBlock.of(BlockKind.PYTHON);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void request_hasTheMembersOfRecordedOnes_andIsCarriedOut(DocumentBlock block) throws IOException {
        JsonNode request = JSON.readTree(block.content());
        assertThat(recorded()).contains(Set.copyOf(request.propertyNames()));

        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            assertThat(database.execute(block.content())).contains("\"isSuccess\":true");
        }
    }

    /** The names of the members that recorded queries of the same type and version have. */
    private static Set<Set<String>> recorded() throws IOException {
        Set<Set<String>> members = new HashSet<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(CASES)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                for (JsonNode step : JSON.readTree(line).path("steps")) {
                    JsonNode query = step.path("query");
                    if (query.path("type").asString("").equals("add")
                            && query.path("version").asString("").equals("7")) {
                        members.add(Set.copyOf(query.propertyNames()));
                    }
                }
            }
        }
        return members;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void python_isAnswered(DocumentBlock program) throws Exception {
        Shell.need("python3");
        DocumentBlock json = requests().stream()
                .filter(request -> request.document().equals(program.document()))
                .findFirst()
                .orElseThrow();
        Files.writeString(folder.resolve("query.json"), json.content());
        try (ConfigurableApplicationContext application = DocumentedApplication.start(folder.resolve("data"))) {
            int port = DocumentedApplication.port(application);
            String server = "http://127.0.0.1:" + port;
            String printed = new Shell(folder, port)
                    .run(
                            program.place(),
                            "python3",
                            "-c",
                            STAND_IN + program.content().replace("https://example.org", server)
                                    + "\nprint(result['isSuccess'], result['dbLength'])\n");

            assertThat(printed).isEqualTo("True 1\n");
            DeltaTraceDatabase database = application.getBean(DeltaTraceDatabase.class);
            assertThat(database.history()
                            .entries(HistoryFilter.all())
                            .get(0)
                            .request()
                            .cause()
                            .who()
                            .id())
                    .isEqualTo("alice");
        }
    }

    /** Its arguments must be what the JSON says; their names are written with underscores there. */
    private static final String STAND_IN = """
            import json, sys, types

            class QueryBuilder:
                @staticmethod
                def add(**arguments):
                    shown = json.load(open("query.json"))
                    for name, value in arguments.items():
                        words = name.split("_")
                        member = words[0] + "".join(word.capitalize() for word in words[1:])
                        assert shown[member] == value, member
                    return types.SimpleNamespace(build=lambda: types.SimpleNamespace(to_dict=lambda: shown))

            sys.modules["delta_trace_db"] = types.SimpleNamespace(QueryBuilder=QueryBuilder)
            users = json.load(open("query.json"))["addData"]
            token = "alice"
            """;

    @Test
    void dart_callsWhatThePythonCalls() {
        assertThat(DocumentBlock.of(BlockKind.DART))
                .singleElement()
                .satisfies(dart -> assertThat(dart.content())
                        .contains(
                                "https://example.org/deltatrace/query",
                                "'Content-Type': 'application/json'",
                                "'Bearer $token'"));
        assertThat(programs())
                .singleElement()
                .satisfies(python -> assertThat(python.content())
                        .contains("https://example.org/deltatrace/query", "\"Bearer \" + token"));
    }
}
