package io.deltatrace.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.autoconfigure.ClassPath;
import io.deltatrace.query.Query;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with little memory, which ends if that is not enough, takes far more than that and goes on. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BoundedMemoryTests {

    private static final int CLIENTS = 8;
    private static final long BODY = 200L * 1024 * 1024;

    @TempDir
    private Path nothing;

    @Test
    void bodiesOfManyTimesTheMemory_areRefused_andTheServerIsWell() throws Exception {
        Process process = ClassPath.start(
                nothing,
                List.of(
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        SmallServer.class.getName(),
                        "--server.port=0",
                        "--deltatrace.web.enabled=true",
                        "--deltatrace.web.max-request-size=1MB",
                        "--deltatrace.web.max-concurrent-requests=" + CLIENTS));
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            Client client = Client.of(port(output), "/deltatrace").as("admin");
            assertThat(client.query(Query.add("users", Map.of("id", 1))).statusCode())
                    .isEqualTo(200);

            List<Integer> ofSpaces = all(() -> client.post(BodyPublishers.ofInputStream(() -> new Spaces(BODY)))
                    .statusCode());
            assertThat(ofSpaces).hasSize(CLIENTS).containsOnly(413);

            String nested = "{\"target\":\"users\",\"type\":\"getAll\",\"startAfter\":{\"a\":[" + "[],".repeat(300_000)
                    + "0]}}";
            List<Integer> ofArrays = all(() -> client.post(nested).statusCode());
            assertThat(ofArrays).hasSize(CLIENTS).containsOnly(200);
            assertThat(client.query(Query.count("users")).body()).contains("\"dbLength\":1");
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static int port(BufferedReader output) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(SmallServer.PORT)) {
                return Integer.parseInt(line.substring(SmallServer.PORT.length()));
            }
            said.append(line).append('\n');
        }
        throw new AssertionError("The server did not start:\n" + said);
    }

    /** What as many clients at the same time are answered. */
    private static List<Integer> all(Callable<Integer> client) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : clients.invokeAll(Collections.nCopies(CLIENTS, client))) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            clients.shutdown();
        }
    }
}
