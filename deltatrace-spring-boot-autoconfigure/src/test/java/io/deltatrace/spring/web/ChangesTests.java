package io.deltatrace.spring.web;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What clients are told of changes, in a real server, over real connections. */
@SpringBootTest(
        classes = SecuredApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "deltatrace.web.enabled=true",
            "deltatrace.history.limit=300",
            "deltatrace.web.changes.max-connections=3",
            "deltatrace.web.changes.max-behind=200",
            "deltatrace.web.changes.heartbeat=100ms"
        })
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
@ExtendWith(OutputCaptureExtension.class)
class ChangesTests {

    private static final String SECRET = "the-secret-value";

    @LocalServerPort
    private int port;

    @Autowired
    private DeltaTraceDatabase database;

    private Client client;

    @BeforeEach
    void empty() {
        client = Client.of(port, "/deltatrace");
        for (String name : database.collections()) {
            database.execute(Query.removeCollection(name)).orThrow();
        }
    }

    /** A connection, and the events that came over it. */
    private static final class Stream implements AutoCloseable {

        private final HttpResponse<InputStream> response;
        private final BufferedReader lines;

        Stream(HttpResponse<InputStream> response) {
            this.response = response;
            this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        int status() {
            return response.statusCode();
        }

        /** The next event that is not a comment; null at the end. */
        String next() throws IOException {
            List<String> event = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    event.add(line);
                } else if (event.get(0).startsWith("event: ")) {
                    return String.join("\n", event);
                } else {
                    event.clear();
                }
            }
            return null;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private Stream follow(String user, String query, String... headers) throws IOException, InterruptedException {
        for (; ; ) {
            Stream stream = new Stream(client.as(user)
                    .send(client.as(user).request("/changes" + query, headers).GET(), BodyHandlers.ofInputStream()));
            if (stream.status() != 429) {
                return stream;
            }
            // Streams of tests before this one end when the next heartbeat does not get through.
            stream.close();
        }
    }

    private long revision() {
        return database.snapshot().revision();
    }

    private void add(String collection) {
        database.execute(Query.add(collection, Map.of("value", SECRET))
                        .because(Cause.of(Actor.human("alice"), "a form", "because of\nit")))
                .orThrow();
    }

    @Test
    void change_isToldWithWhoAndWhy_andWithoutValues() throws Exception {
        try (Stream stream = follow("reader", "")) {
            assertThat(stream.next())
                    .isEqualTo("event: start\nid: " + revision() + "\ndata: {\"revision\":" + revision() + "}");
            add("users");

            assertThat(stream.next())
                    .startsWith("event: change\nid: " + revision() + "\ndata: {\"revision\":" + revision() + ",")
                    .contains(
                            "\"changes\":[{\"collection\":\"users\",\"type\":\"add\",\"updateCount\":1,\"collectionSize\":1}]")
                    .contains(
                            "\"who\":{\"type\":\"human\",\"id\":\"alice\"},\"what\":\"a form\",\"why\":\"because of\\nit\"")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void reader_isToldNothingOfOtherCollections() throws Exception {
        try (Stream stream = follow("reader", "")) {
            stream.next();
            add("secrets");
            database.execute(TransactionQuery.of(
                            Query.add("secrets", Map.of("a", 1))
                                    .because(Cause.of(Actor.human("mallory"), SECRET, SECRET)),
                            Query.add("users", Map.of("a", 1))
                                    .because(Cause.of(Actor.human("bob"), "seen", "seen too"))))
                    .orThrow();

            assertThat(stream.next())
                    .contains("\"collection\":\"users\"", "\"id\":\"bob\"", "seen too")
                    .doesNotContain("secrets", SECRET, "mallory");
        }
        assertThat(follow("reader", "?collection=secrets").status()).isEqualTo(403);
        assertThat(follow("reader", "?collection=users&collection=secrets").status())
                .isEqualTo(403);
        assertThat(follow("counter", "").status()).isEqualTo(403);
        assertThat(client.get("/changes").statusCode()).isEqualTo(401);
    }

    @Test
    void collection_isChosen() throws Exception {
        try (Stream stream = follow("admin", "?collection=news&collection=users")) {
            stream.next();
            add("secrets");
            add("users");

            assertThat(stream.next()).contains("\"collection\":\"users\"");
        }
    }

    @Test
    void failedWrite_isNoChange() throws Exception {
        try (Stream stream = follow("admin", "")) {
            stream.next();
            database.execute(Query.delete("users").where(field("a").equalTo(1)));
            add("users");

            assertThat(stream.next()).contains("id: " + revision() + "\n", "\"type\":\"add\"");
        }
    }

    @Test
    void stream_goesOnWhereItWasBrokenOff() throws Exception {
        add("users");
        long seen = revision();
        for (int i = 0; i < 150; i++) {
            add("users");
        }
        try (Stream stream = follow("reader", "", "Last-Event-ID", String.valueOf(seen))) {
            for (long expected = seen + 1; expected <= seen + 150; expected++) {
                assertThat(stream.next()).startsWith("event: change\nid: " + expected + "\n");
            }
            add("users");
            assertThat(stream.next()).contains("id: " + (seen + 151) + "\n");
        }
    }

    @Test
    void clientThatMissedSomething_isToldToReadAnew() throws Exception {
        for (int i = 0; i < 310; i++) {
            add("users");
        }
        for (String unknown : List.of("1", String.valueOf(revision() - 201), String.valueOf(revision() + 1))) {
            try (Stream stream = follow("reader", "", "Last-Event-ID", unknown)) {
                assertThat(stream.next()).startsWith("event: resync\nid: " + revision() + "\n");
                assertThat(stream.next()).as("the end").isNull();
            }
        }
        assertThat(follow("reader", "", "Last-Event-ID", "x").status()).isEqualTo(400);
    }

    @Test
    void clientThatDoesNotRead_isToldToReadAnew() throws Exception {
        Cause long4k = Cause.of(Actor.human("alice"), "w", "y".repeat(4096));
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            String login = Base64.getEncoder().encodeToString("reader:secret".getBytes(StandardCharsets.US_ASCII));
            slow.getOutputStream()
                    .write(("GET /deltatrace/changes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic "
                                    + login + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8));
            while (!String.valueOf(lines.readLine()).startsWith("event: start")) {
                assertThat(slow.isConnected()).isTrue();
            }
            for (int i = 0; i < 4_000; i++) {
                database.execute(Query.add("users", Map.of("i", i)).because(long4k))
                        .orThrow();
            }
            assertThat(lines.lines().filter(line -> line.startsWith("event: ")).reduce((first, last) -> last))
                    .contains("event: resync");
        }
    }

    @Test
    void connections_areLimited_andAreFreeAgainWhenClientsLeave(CapturedOutput output) throws Exception {
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            streams.add(follow("reader", ""));
        }
        HttpResponse<String> tooMany = client.as("reader").get("/changes");
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.headers().firstValue("Retry-After")).isPresent();
        for (Stream stream : streams) {
            stream.close();
        }

        try (Stream stream = follow("reader", "")) {
            assertThat(stream.next()).startsWith("event: start");
        }
        assertThat(output.getAll()).doesNotContain("\tat ");
    }
}
