package io.deltatrace.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged sample as a process of its own. Closing kills it. */
final class SampleProcess implements AutoCloseable {

    private static final Path JAR = Path.of(System.getProperty("sample.jar"));
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Pattern STARTED =
            Pattern.compile("Tomcat started on port (\\d+).*Started SampleApplication", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final Process process;
    private final String url;

    private SampleProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it on a free port, with its data in the directory, and waits until it answers. */
    static SampleProcess start(Path directory, String... arguments) throws IOException, InterruptedException {
        Path log = Files.createTempFile("sample", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                JAVA.toString(),
                "-jar",
                JAR.toString(),
                "--server.port=0",
                "--deltatrace.storage.directory=" + directory);
        builder.command().addAll(List.of(arguments));
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Matcher started = STARTED.matcher(Files.readString(log, UTF_8));
            if (started.find()) {
                return new SampleProcess(process, "http://localhost:" + started.group(1));
            }
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                process.destroyForcibly();
                throw new AssertionError("The sample has not started:\n" + Files.readString(log, UTF_8));
            }
            Thread.sleep(100);
        }
    }

    String url() {
        return url;
    }

    /** What a user is answered to a GET. */
    JsonNode get(String user, String uri) throws IOException, InterruptedException {
        return answer(request(user, uri).build());
    }

    /** What a user is answered to a POST with a reason. */
    JsonNode post(String user, String reason, String uri, String body) throws IOException, InterruptedException {
        return answer(request(user, uri)
                .header("Content-Type", "application/json")
                .header("X-Change-Reason", reason)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String user, String uri) {
        String credentials = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(UTF_8));
        return HttpRequest.newBuilder(URI.create(url + uri)).header("Authorization", "Basic " + credentials);
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.readTree(response.body());
    }

    /** Has the chain of the history verified, and waits for the result. */
    boolean isIntact() throws IOException, InterruptedException {
        JsonNode verification = post("auditor", "a test", "/actuator/deltatraceverification", "");
        while (verification.get("state").asString().equals("RUNNING")) {
            Thread.sleep(100);
            verification = get("auditor", "/actuator/deltatraceverification");
        }
        return verification.get("result").get("intact").asBoolean();
    }

    /** Ends it as a power cut does: nothing is told, nothing is finished. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
