package io.deltatrace.benchmarks;

import io.deltatrace.benchmarks.peers.Peer;
import io.deltatrace.benchmarks.report.Measurement;
import io.deltatrace.benchmarks.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run of all that docs/performance.md tells of. Takes whether it is the full one, the directory for the results, and the number
 * of users.
 *
 * <p>The quick one leaves out the slow peers and the other numbers of users. With fewer than {@value #MEASURED} users it is a
 * trial: all is done once, in one JVM, and the results say only that it can be done.
 */
final class BenchmarkRun {

    private static final int MEASURED = 100_000;

    private static final String[] HEAP = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"};
    /** For a million users. */
    private static final String[] LARGE_HEAP = {"-Xms8g", "-Xmx8g", "-XX:+AlwaysPreTouch"};

    private static final String USERS = "(Read|Write)Benchmark";
    private static final List<Peer> QUICK =
            List.of(Peer.PLAIN, Peer.COPIES, Peer.DOCUMENTS, Peer.OBJECTS, Peer.CQENGINE);
    private static final List<Peer> GROWING = List.of(Peer.PLAIN, Peer.DOCUMENTS, Peer.OBJECTS, Peer.CQENGINE);

    private final boolean full;
    private final Path results;
    private final int users;
    private final boolean trial;

    private BenchmarkRun(boolean full, Path results, int users) {
        this.full = full;
        this.results = results;
        this.users = users;
        this.trial = users < MEASURED;
    }

    public static void main(String[] arguments) throws Exception {
        Path results = Path.of(arguments[1]);
        Files.createDirectories(results);
        new BenchmarkRun(Boolean.parseBoolean(arguments[0]), results, Integer.parseInt(arguments[2])).run();
    }

    private void run() throws Exception {
        List<Peer> peers = full ? List.of(Peer.values()) : QUICK;
        jmh("users", options(USERS, users, peers));
        jmh("json", options("JsonBenchmark", users, List.of(Peer.PLAIN, Peer.MAPS, Peer.DOCUMENTS)));
        jmh("engine", options("EngineBenchmark").jvmArgsAppend(HEAP).param("users", "" + users));
        jmh("writes", options("DurabilityBenchmark"));
        jmh(
                "history",
                including("HistoryBenchmark\\.(open|asOfTheMiddle)$")
                        .param("entries", "" + users)
                        .param("items", "" + users)
                        .param("indexed", "true")
                        .param("snapshots", "true", "false"));
        heap(peers);
        speed();
        if (full) {
            jmh("many", options(USERS, 10 * users, GROWING).jvmArgsAppend(LARGE_HEAP));
            jmh("few", options(USERS, users / 10, GROWING));
            jmh(
                    "memory",
                    options("MemoryBenchmark")
                            .jvmArgsAppend(LARGE_HEAP)
                            .param("users", "" + users / 10, "" + users, "" + 10 * users));
        }
    }

    private ChainedOptionsBuilder options(String include, int number, List<Peer> peers) {
        return options(include)
                .jvmArgsAppend(HEAP)
                .param("users", "" + number)
                .param("peer", peers.stream().map(Peer::name).toArray(String[]::new));
    }

    private ChainedOptionsBuilder options(String include) {
        ChainedOptionsBuilder options = including(include);
        return full || trial
                ? options
                : options.warmupIterations(2)
                        .warmupTime(TimeValue.milliseconds(400))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.milliseconds(400));
    }

    private ChainedOptionsBuilder including(String benchmarks) {
        ChainedOptionsBuilder options = new OptionsBuilder().include(benchmarks);
        return trial
                ? options.forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                : options;
    }

    private void jmh(String name, ChainedOptionsBuilder options) throws RunnerException {
        new Runner(options.shouldFailOnError(true)
                        .resultFormat(ResultFormatType.JSON)
                        .result(results.resolve("jmh-" + name + ".json").toString())
                        .build())
                .run();
    }

    private void heap(List<Peer> peers) throws Exception {
        List<Measurement> measurements = new ArrayList<>();
        for (Peer peer : peers) {
            for (boolean indexed : new boolean[] {false, true}) {
                String bytes = lastLineOf(HeapPerRecord.OPTIONS, HeapPerRecord.class, peer, indexed, users);
                measurements.add(Measurement.of(
                        indexed ? "heapIndexed" : "heap",
                        Map.of("peer", peer.name(), "users", "" + users),
                        Double.parseDouble(bytes)));
            }
        }
        Results.write(results.resolve("heap.json"), measurements);
    }

    /** Several times, because there is but one first call in a JVM. */
    private void speed() throws Exception {
        Map<Map.Entry<String, String>, List<Double>> all = new LinkedHashMap<>();
        int processes = trial ? 1 : full ? 5 : 3;
        int repetitions = trial ? 2 : full ? 30 : 15;
        for (int i = 0; i < processes; i++) {
            Map<String, Map<String, Double>> one = new JsonMapper()
                    .readValue(
                            lastLineOf(Arrays.asList(HEAP), SpeedTest.class, users, repetitions),
                            new TypeReference<>() {});
            one.forEach((operation, rounds) -> rounds.forEach(
                    (round, value) -> all.computeIfAbsent(Map.entry(operation, round), key -> new ArrayList<>())
                            .add(value)));
        }
        List<Measurement> measurements = new ArrayList<>();
        all.forEach((key, values) -> measurements.add(Measurement.of(
                "speed " + key.getKey(),
                Map.of("round", key.getValue()),
                values.stream().mapToDouble(Double::doubleValue).toArray())));
        Results.write(results.resolve("speed.json"), measurements);
    }

    private static String lastLineOf(List<String> options, Class<?> main, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        System.out.println(main.getSimpleName() + " " + Arrays.toString(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines;
        try (var reader = process.inputReader()) {
            lines = reader.lines().toList();
        }
        if (process.waitFor() != 0 || lines.isEmpty()) {
            throw new IllegalStateException(main.getSimpleName() + " failed: " + lines);
        }
        return lines.get(lines.size() - 1);
    }
}
