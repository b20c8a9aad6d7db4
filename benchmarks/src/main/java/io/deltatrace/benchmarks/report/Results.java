package io.deltatrace.benchmarks.report;

import io.deltatrace.benchmarks.peers.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All that one run has measured: the JSON files of JMH ({@code jmh-*.json}), and measurements beside it. */
public record Results(List<Measurement> measurements) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Those in a directory. */
    public static Results read(Path directory) {
        List<Measurement> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                if (file.getFileName().toString().startsWith("jmh-")) {
                    MAPPER.readTree(Files.readString(file)).forEach(node -> all.add(ofJmh(node)));
                } else {
                    all.addAll(List.of(MAPPER.readValue(Files.readString(file), Measurement[].class)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Results(all);
    }

    private static Measurement ofJmh(JsonNode node) {
        String name = node.get("benchmark").asString();
        Map<String, String> parameters = new HashMap<>();
        if (node.has("params")) {
            node.get("params")
                    .properties()
                    .forEach(each ->
                            parameters.put(each.getKey(), each.getValue().asString()));
        }
        List<Double> values = new ArrayList<>();
        node.get("primaryMetric").get("rawData").forEach(fork -> fork.forEach(value -> values.add(value.asDouble())));
        return Measurement.of(
                name.substring(name.lastIndexOf('.') + 1),
                parameters,
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Writes measurements into a file, to be read again. */
    public static void write(Path file, List<Measurement> measurements) throws IOException {
        Files.writeString(file, MAPPER.writeValueAsString(measurements));
    }

    /** That of a peer with so many users. */
    Optional<Measurement> of(String benchmark, Peer peer, int users) {
        return of(benchmark, Map.of("peer", peer.name(), "users", "" + users));
    }

    /** That with at least the given parameters. */
    Optional<Measurement> of(String benchmark, Map<String, String> parameters) {
        return measurements.stream()
                .filter(each -> each.benchmark().equals(benchmark)
                        && each.parameters().entrySet().containsAll(parameters.entrySet()))
                .findFirst();
    }
}
