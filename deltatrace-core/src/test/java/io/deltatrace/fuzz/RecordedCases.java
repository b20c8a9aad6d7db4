package io.deltatrace.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parts of the recorded cases of the original, from which fuzzing starts. */
final class RecordedCases {

    private static final JsonMapper JSON = new JsonMapper();

    private RecordedCases() {}

    /** The parts with one of the names, of every n-th case, in their order and each once. */
    static Stream<byte[]> parts(int every, String... names) {
        Set<String> parts = new LinkedHashSet<>();
        for (JsonNode recorded : cases(every)) {
            for (String name : names) {
                recorded.findValues(name).stream()
                        .filter(node -> !node.isNull())
                        .map(node -> node.isString() ? node.asString() : node.toString())
                        .forEach(parts::add);
            }
        }
        return parts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** The database of a case. */
    static byte[] database(int number) {
        return cases(1).get(number).get("database").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<JsonNode> cases(int every) {
        List<JsonNode> cases = new ArrayList<>();
        try (InputStream stream = RecordedCases.class.getResourceAsStream("/conformance/cases.ndjson.gz");
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (number++ % every == 0) {
                    cases.add(JSON.readTree(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }
}
