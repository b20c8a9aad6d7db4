package io.deltatrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Stewards who correct capitals, several at a time, until the sample dies. Each correction has a name of its own, which is its reason
 * and the new capital of one country, or in bulk of three; so it can be told afterwards which ones are there.
 */
final class Corrector {

    private static final int STEWARDS = 4;
    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 60;
    private static final List<String> CODES =
            List.of("AUT", "BEL", "CHE", "DEU", "DNK", "FRA", "ITA", "LUX", "NLD", "POL", "PRT", "ESP");

    private final SampleProcess sample;
    private final Map<String, List<String>> submitted = new ConcurrentHashMap<>();
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_THE_KILL);

    Corrector(SampleProcess sample) {
        this.sample = sample;
    }

    void correctUntilKilled() throws Exception {
        ExecutorService stewards = Executors.newFixedThreadPool(STEWARDS);
        List<Future<?>> work = IntStream.range(0, STEWARDS)
                .<Future<?>>mapToObj(steward -> stewards.submit(() -> correct(steward)))
                .toList();
        enough.await();
        sample.kill();
        for (Future<?> steward : work) {
            steward.get();
        }
        stewards.shutdown();
    }

    private void correct(int steward) {
        try {
            for (int n = 0; ; n++) {
                String name = "correction " + steward + "-" + n;
                List<String> codes = codes(steward + n, n % 3 == 0 ? 3 : 1);
                submitted.put(name, codes);
                String capital = "{\"capital\":[\"" + name + "\"]}";
                JsonNode change = codes.size() == 1
                        ? sample.post("steward", name, "/countries/" + codes.get(0) + "/corrections", capital)
                        : sample.post("steward", name, "/countries/corrections", bulk(codes, capital));
                acknowledged.put(name, change.get("revision").asLong());
                enough.countDown();
            }
        } catch (IOException e) {
            // It was killed: there is no answer, and nobody knows what became of the last one.
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> codes(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(n -> CODES.get(n % CODES.size()))
                .toList();
    }

    private static String bulk(List<String> codes, String capital) {
        return codes.stream().map(code -> "\"" + code + "\":" + capital).collect(Collectors.joining(",", "{", "}"));
    }

    void assertAcknowledgedIsIn(SampleProcess restarted) throws IOException, InterruptedException {
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_THE_KILL);
        for (Map.Entry<String, Long> one : acknowledged.entrySet()) {
            JsonNode detail = restarted.get("auditor", "/actuator/deltatracehistory/" + one.getValue());
            assertThat(detail.get("entry").get("why").asString()).isEqualTo(one.getKey());
            assertThat(detail.get("entry").get("who").get("id").asString()).isEqualTo("steward");
            List<String> after = new ArrayList<>();
            detail.get("diff")
                    .get("documents")
                    .forEach(document -> document.get("fields")
                            .forEach(
                                    field -> after.add(field.get("after").get(0).asString())));
            assertThat(after).hasSameSizeAs(submitted.get(one.getKey())).containsOnly(one.getKey());
        }
    }

    /** Beside what was acknowledged there may be what was submitted last, wholly or not at all; the countries agree with it. */
    void assertNothingElseIsIn(SampleProcess restarted) throws IOException, InterruptedException {
        JsonNode entries = restarted
                .get("auditor", "/actuator/deltatracehistory?actor=steward&limit=1000")
                .get("entries");
        List<String> oldestFirst = new ArrayList<>();
        entries.forEach(entry -> oldestFirst.add(0, entry.get("why").asString()));
        assertThat(submitted.keySet()).containsAll(oldestFirst);
        assertThat(oldestFirst).doesNotHaveDuplicates().containsAll(acknowledged.keySet());
        assertThat(oldestFirst.size() - acknowledged.size()).isLessThanOrEqualTo(STEWARDS);

        Map<String, String> capitals = new HashMap<>();
        oldestFirst.forEach(name -> submitted.get(name).forEach(code -> capitals.put(code, name)));
        JsonNode countries = restarted.get("reader", "/countries");
        assertThat(countries).hasSize(250);
        for (JsonNode country : countries) {
            String code = country.get("cca3").asString();
            Set<String> now =
                    country.get("capital").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
            if (capitals.containsKey(code)) {
                assertThat(now).containsExactly(capitals.get(code));
            } else {
                assertThat(now).noneMatch(capital -> capital.startsWith("correction"));
            }
        }
    }
}
