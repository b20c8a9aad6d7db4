package io.deltatrace.spring.web;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.json.Json;
import io.deltatrace.query.Query;
import io.deltatrace.query.RestoreRequest;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.QueryResult;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Queries over HTTP, in a real server, for callers who may do everything. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "deltatrace.web.enabled=true",
            "deltatrace.web.path=/data/db",
            "deltatrace.web.max-request-size=100KB",
            "server.servlet.context-path=/app",
            "server.compression.enabled=true"
        })
class QueryEndpointTests {

    private static final Json JSON = new Json(JsonLimits.DEFAULT);

    @LocalServerPort
    private int port;

    @Autowired
    private DeltaTraceDatabase database;

    private Client client;

    @BeforeEach
    void empty() {
        client = Client.of(port, "/app/data/db");
        for (String name : database.collections()) {
            database.execute(Query.removeCollection(name)).orThrow();
        }
    }

    private static QueryResult result(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        return (QueryResult) JSON.readResult(response.body());
    }

    private static void assertProblem(HttpResponse<String> response, int status, String... parts) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains("\"status\":" + status);
        for (String part : parts) {
            assertThat(response.body()).contains(part);
        }
    }

    private static Query add(int count) {
        return Query.add(
                "items", IntStream.range(0, count).mapToObj(n -> Map.of("n", n)).toList());
    }

    @Test
    void query_isCarriedOut_behindContextPathAndPath() throws Exception {
        assertThat(result(client.query(Query.add("items", Map.of("n", 1)))).updateCount())
                .isEqualTo(1);
        assertThat(result(client.query(Query.search("items").where(field("n").equalTo(1))))
                        .documents())
                .hasSize(1);
    }

    @Test
    void transaction_isCarriedOut() throws Exception {
        HttpResponse<String> response = client.query(TransactionQuery.of(add(2), Query.count("items")));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"TransactionQueryResult\"", "\"dbLength\":2");
    }

    @Test
    void failedQuery_isAnsweredAsAResult() throws Exception {
        assertThat(result(client.query(Query.delete("items").where(field("n").equalTo(1))))
                        .errorMessage())
                .isNotBlank();
    }

    @Test
    void queryAgainstTheRules_isAnsweredAsAResult() throws Exception {
        QueryResult result = result(client.post("{\"target\":\"items\",\"type\":\"search\",\"queryNode\":"
                + "{\"type\":\"regex_\",\"field\":\"n\",\"pattern\":\"(\"}}"));

        assertThat(result.target()).isEqualTo("items");
        assertThat(result.errorMessage()).contains("missing closing )");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"target":"a",|"line":2|"column":1|"pointer":"/target"
            {"target":"a","type":"search","queryNode":{"type":"and_","conditions":[{"type":"nope_"}]}}|"line":1|"column":|"pointer":"/queryNode/conditions/0
            {"target":7}|"line":1|"column":11|"pointer":"/target"
            []|"line":1|"column":1|"pointer":""
            """)
    void unreadableJson_isNamedByPlace(String json, String line, String column, String pointer) throws Exception {
        String body = json.endsWith(",") ? json + "\n" : json;

        assertProblem(client.post(body), 400, line, column, pointer);
    }

    @Test
    void restore_isRefused() throws Exception {
        database.execute(add(1)).orThrow();

        assertProblem(
                client.query(new RestoreRequest(Map.of(), true, null)), 400, "A client cannot restore collections");
        assertThat(database.collections()).containsExactly("items");
    }

    @Test
    void largeBody_isRefused_whateverTheHeadersSay() throws Exception {
        byte[] large = new byte[150_000];
        Arrays.fill(large, (byte) ' ');
        assertProblem(client.post(BodyPublishers.ofByteArray(large)), 413, "larger than 102400 bytes");
        assertProblem(
                client.post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
                413,
                "larger than 102400 bytes");
    }

    @Test
    void otherTypesAndMethods_areRefused() throws Exception {
        String json = JSON.toJson(Query.count("items"));
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "json")) {
            assertProblem(
                    client.send(client.request("/query", "Content-Type", type).POST(BodyPublishers.ofString(json))),
                    415);
        }
        assertProblem(client.send(client.request("/query").POST(BodyPublishers.ofString(json))), 415);
        assertProblem(client.post(json, "Content-Encoding", "gzip"), 415);
        HttpResponse<String> wrongMethod = client.get("/query");
        assertProblem(wrongMethod, 405);
        assertThat(wrongMethod.headers().firstValue("Allow")).contains("POST");
        assertProblem(client.get("/elsewhere"), 404);
        assertThat(client.send(client.request("/query", "Content-Type", "application/vnd.api+json")
                                .POST(BodyPublishers.ofString(json)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void largeAnswer_isCompressedOnce_ifTheClientTakesIt() throws Exception {
        database.execute(add(5_000)).orThrow();
        String plain = client.query(Query.getAll("items")).body();

        HttpResponse<InputStream> compressed = client.send(
                client.request("/query", "Content-Type", "application/json", "Accept-Encoding", "br;q=1, gzip;q=0.5")
                        .POST(BodyPublishers.ofString(JSON.toJson(Query.getAll("items")))),
                BodyHandlers.ofInputStream());

        assertThat(compressed.headers().allValues("Content-Encoding")).containsExactly("gzip");
        try (InputStream body = new GZIPInputStream(compressed.body())) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain);
        }
        HttpResponse<String> refused = client.query(Query.getAll("items"), "Accept-Encoding", "gzip;q=0");
        assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
        HttpResponse<String> small = client.query(Query.count("items"), "Accept-Encoding", "gzip");
        assertThat(small.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void readKnownToTheClient_isNotAnsweredAgain_untilSomethingChanges() throws Exception {
        database.execute(add(1)).orThrow();
        Query read = Query.getAll("items");
        String tag = client.query(read).headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> known = client.query(read, "If-None-Match", "\"x\", " + tag);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(known.headers().firstValue("ETag")).contains(tag);
        assertThat(client.query(Query.count("items"), "If-None-Match", tag).statusCode())
                .isEqualTo(200);
        database.execute(add(1)).orThrow();
        assertThat(result(client.query(read, "If-None-Match", tag)).documents()).hasSize(2);
    }

    @Test
    void write_hasNoTag() throws Exception {
        assertThat(client.query(add(1)).headers().firstValue("ETag")).isEmpty();
    }

    @Test
    void writeSentAgain_isAppliedOnce_andHasTheFirstAnswer() throws Exception {
        Query write = Query.add("items", Map.of("id", -1)).serialKey("id").returnData();
        String first = client.query(write, "Idempotency-Key", "k1").body();
        client.query(write, "Idempotency-Key", "k2");

        assertThat(client.query(write, "Idempotency-Key", "k1").body()).isEqualTo(first);
        assertThat(database.snapshot().size("items")).isEqualTo(2);
        assertProblem(client.query(add(1), "Idempotency-Key", "k1"), 422, "used for another operation");
        assertProblem(client.query(add(1), "Idempotency-Key", " ".repeat(3) + "x".repeat(256)), 400);
    }

    @Test
    void writeSentAgain_isKnownByTheSerialOfItsCause() throws Exception {
        Query write = add(1).because(Cause.of(Actor.human("forged"), "w", "y")
                .withSerial("s-" + database.snapshot().revision()));
        String first = client.query(write).body();

        assertThat(client.query(write).body()).isEqualTo(first);
        assertThat(database.snapshot().size("items")).isEqualTo(1);
        assertProblem(client.query(write, "Idempotency-Key", "another"), 400);
        assertThat(client.query(write, "Idempotency-Key", write.cause().serial())
                        .body())
                .isEqualTo(first);
        client.query(add(2).because(write.cause()));
        assertThat(database.snapshot().size("items")).as("another operation").isEqualTo(3);
    }

    @Test
    void failedWrite_isTriedAgain() throws Exception {
        Query delete = Query.delete("items").where(field("n").equalTo(0));
        assertThat(result(client.query(delete, "Idempotency-Key", "d")).isSuccess())
                .isFalse();
        database.execute(add(1)).orThrow();
        assertThat(result(client.query(delete, "Idempotency-Key", "d")).isSuccess())
                .isTrue();
    }

    @Test
    void duplicatesAtTheSameTime_areAppliedOnce() throws Exception {
        Query write = Query.add("items", Map.of("id", -1)).serialKey("id").returnData();
        int senders = 16;
        CyclicBarrier start = new CyclicBarrier(senders);
        ExecutorService threads = Executors.newFixedThreadPool(senders);
        try {
            Callable<String> send = () -> {
                start.await();
                return client.query(write, "Idempotency-Key", "parallel").body();
            };
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : threads.invokeAll(
                    IntStream.range(0, senders).mapToObj(n -> send).toList())) {
                answers.add(answer.get());
            }
            assertThat(answers)
                    .containsOnly(answers.get(0))
                    .allSatisfy(answer -> assertThat(answer).contains("\"isSuccess\":true"));
        } finally {
            threads.shutdownNow();
        }
        assertThat(database.snapshot().size("items")).isEqualTo(1);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        PermissionResolver everything() {
            return request -> Grants.ALL;
        }

        @Bean
        SecurityFilterChain open(HttpSecurity http) {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }
}
