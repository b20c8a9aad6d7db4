package io.deltatrace.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.query.Query;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests that want too much: each has a clear answer, and the server is well afterwards. */
@SpringBootTest(
        classes = QueryEndpointTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "deltatrace.web.enabled=true",
            "deltatrace.web.max-concurrent-requests=4",
            "deltatrace.web.request-timeout=2s",
            "server.tomcat.connection-timeout=5s",
            "server.tomcat.accept-count=2000"
        })
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AbuseTests {

    private static final String HEAD = "{\"target\":\"items\",\"type\":\"search\",\"queryNode\":";
    private static final String LEAF = "{\"type\":\"equals_\",\"field\":\"n\",\"value\":1}";

    @LocalServerPort
    private int port;

    @Autowired
    private DeltaTraceDatabase database;

    private Client client;

    @BeforeEach
    void fill() {
        client = Client.of(port, "/deltatrace");
        database.execute(Query.clearAdd("items", Map.of("n", 1, "text", "a".repeat(10_000)))
                        .mayAffectNone())
                .orThrow();
    }

    @AfterEach
    void serverIsWell() throws Exception {
        assertThat(client.query(Query.count("items")).body()).contains("\"dbLength\":1");
    }

    @Test
    void twoHundredMegabytes_areTooMany_andAreNotKept() throws Exception {
        HttpResponse<String> response = client.post(BodyPublishers.ofInputStream(() -> new Spaces(200L * 1024 * 1024)));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("larger than 16777216 bytes");
    }

    @Test
    void deepNesting_isUnreadable() throws Exception {
        assertThat(client.post("[".repeat(10_000)).statusCode()).isEqualTo(400);
        HttpResponse<String> conditions =
                client.post(HEAD + "{\"type\":\"not_\",\"condition\":".repeat(10_000) + LEAF + "}".repeat(10_001));
        assertThat(conditions.statusCode()).isEqualTo(400);
        assertThat(conditions.body()).contains("nested deeper than", "\"pointer\":\"/queryNode/condition/");
        HttpResponse<String> document = client.post("{\"target\":\"items\",\"type\":\"add\",\"addData\":[{\"a\":"
                + "[".repeat(10_000) + "]".repeat(10_000) + "}]}");
        assertThat(document.statusCode()).isEqualTo(400);
    }

    @Test
    void manyConditions_areTooMany() throws Exception {
        String conditions = IntStream.range(0, 100_000).mapToObj(i -> LEAF).collect(Collectors.joining(","));
        HttpResponse<String> response = client.post(HEAD + "{\"type\":\"or_\",\"conditions\":[" + conditions + "]}}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("more than 10000 nodes");
    }

    @Test
    void patternThatIsSlowElsewhere_isQuick() throws Exception {
        HttpResponse<String> response = client.post(
                HEAD + "{\"type\":\"regex_\",\"field\":\"text\",\"pattern\":\"^(a+)+(a|aa)*(.*a){20}$b\"}}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"isSuccess\":true", "\"hitCount\":0");
    }

    @Test
    void badPattern_isAnsweredAsAResult() throws Exception {
        assertThat(client.post(HEAD + "{\"type\":\"regex_\",\"field\":\"text\",\"pattern\":\"(\"}}")
                        .body())
                .contains("\"isSuccess\":false");
    }

    /** Sends the head of a request, and a first space of its body. */
    private static void begin(Socket socket, int length) throws IOException {
        String head = String.join(
                "\r\n",
                "POST /deltatrace/query HTTP/1.1",
                "Host: x",
                "Content-Type: application/json",
                "Content-Length: " + length,
                "",
                " ");
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void slowClients_areGivenUp_andTheirPlacesAreFreeAgain() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(socket);
                begin(socket, 1_000);
            }
            List<String> answers = new ArrayList<>();
            for (Socket socket : sockets) {
                BufferedReader answer =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                answers.add(answer.readLine().strip());
            }
            assertThat(answers)
                    .as("four places, and eight clients")
                    .containsOnly("HTTP/1.1 408", "HTTP/1.1 429")
                    .filteredOn(answer -> answer.endsWith("408"))
                    .hasSize(4);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void dripFeedingClient_isGivenUp() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            begin(socket, 1_000_000);
            Thread drip = new Thread(() -> {
                try {
                    for (; ; ) {
                        socket.getOutputStream().write(' ');
                        TimeUnit.MILLISECONDS.sleep(50);
                    }
                } catch (IOException | InterruptedException e) {
                    // The server has had enough, which the other thread asserts.
                }
            });
            drip.start();
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 408");
            drip.interrupt();
            drip.join();
        }
    }

    @Test
    void twoThousandRequests_areAnswered_orToldToComeBack() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(threads)
                    .build();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/deltatrace/query"))
                    .timeout(Duration.ofSeconds(60))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"target\":\"items\",\"type\":\"getAll\"}"))
                    .build();
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 2_000)
                    .mapToObj(i -> http.sendAsync(request, BodyHandlers.ofString()))
                    .toList();
            Map<Integer, Long> statuses = answers.stream()
                    .map(CompletableFuture::join)
                    .collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));

            assertThat(statuses.keySet()).isSubsetOf(200, 429).contains(200);
            assertThat(answers)
                    .filteredOn(answer -> answer.join().statusCode() == 429)
                    .allSatisfy(answer -> assertThat(answer.join().headers().firstValue("Retry-After"))
                            .isPresent());
        } finally {
            threads.shutdownNow();
        }
    }
}
