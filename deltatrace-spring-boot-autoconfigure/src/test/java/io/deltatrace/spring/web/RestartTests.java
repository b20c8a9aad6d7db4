package io.deltatrace.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.query.Query;
import io.deltatrace.transaction.DeltaTraceTransaction;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.FileSystemUtils;

/** Applications that start and stop, and some that cannot write. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RestartTests {

    private static final Query WRITE =
            Query.add("users", Map.of("id", -1)).serialKey("id").returnData();

    @TempDir
    private Path directory;

    private ConfigurableApplicationContext start(Class<?> application, String... properties) {
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--deltatrace.web.enabled=true", "--spring.main.banner-mode=off"));
        arguments.addAll(List.of(properties));
        return SpringApplication.run(application, arguments.toArray(new String[0]));
    }

    private String onFiles() {
        return "--deltatrace.storage.directory=" + directory;
    }

    private static Client client(ConfigurableApplicationContext context) {
        int port = Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
        return Client.of(port, "/deltatrace").as("admin");
    }

    @Test
    void writeSentAgainAfterARestart_isAppliedOnce_andHasTheFirstAnswer() throws Exception {
        String first;
        try (ConfigurableApplicationContext context = start(SecuredApplication.class, onFiles())) {
            first = client(context).query(WRITE, "Idempotency-Key", "k").body();
            client(context).query(WRITE);
        }
        try (ConfigurableApplicationContext context = start(SecuredApplication.class, onFiles())) {
            assertThat(client(context).query(WRITE, "Idempotency-Key", "k").body())
                    .isEqualTo(first)
                    .contains("\"isSuccess\":true");
            assertThat(context.getBean(DeltaTraceDatabase.class).snapshot().size("users"))
                    .isEqualTo(2);
        }
    }

    @Test
    void writeWhoseAnswerIsNoLongerKept_isNotAppliedAgain() throws Exception {
        try (ConfigurableApplicationContext context = start(SecuredApplication.class, "--deltatrace.history.limit=1")) {
            client(context).query(WRITE, "Idempotency-Key", "k");
            client(context).query(WRITE);

            assertThat(client(context).query(WRITE, "Idempotency-Key", "k").statusCode())
                    .isEqualTo(409);
            assertThat(context.getBean(DeltaTraceDatabase.class).snapshot().size("users"))
                    .isEqualTo(2);
        }
    }

    @Test
    void onlySoManyWrites_areRemembered() throws Exception {
        try (ConfigurableApplicationContext context =
                start(SecuredApplication.class, "--deltatrace.web.remembered-writes=2")) {
            Client client = client(context);
            for (String key : List.of("a", "b", "c", "b", "a")) {
                client.query(WRITE, "Idempotency-Key", key);
            }
            assertThat(context.getBean(DeltaTraceDatabase.class).snapshot().size("users"))
                    .as("b was remembered, a was not")
                    .isEqualTo(4);
        }
    }

    @Test
    void gracefulShutdown_endsStreamsAtOnce() throws Exception {
        HttpResponse<InputStream> stream;
        try (ConfigurableApplicationContext context = start(
                SecuredApplication.class,
                "--server.shutdown=graceful",
                "--spring.lifecycle.timeout-per-shutdown-phase=10m")) {
            Client client = client(context);
            stream = client.send(client.request("/changes").GET(), BodyHandlers.ofInputStream());
        }
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (InputStream body = stream.body()) {
            body.transferTo(received);
        } catch (IOException e) {
            // To Tomcat a request is over a moment before its last chunk is sent, and then it may close the connection.
            assertThat(e).hasRootCauseInstanceOf(EOFException.class);
        }
        assertThat(received.toString(StandardCharsets.UTF_8)).startsWith("event: start");
    }

    /** Ends all streams when the headers of one have been sent, and it has not begun yet. */
    @Configuration(proxyBeanMethods = false)
    @Import(SecuredApplication.class)
    static class StoppingApplication {

        @Bean
        FilterRegistrationBean<Filter> stopping(ObjectProvider<ServletRegistrationBean<DeltaTraceServlet>> servlet) {
            return new FilterRegistrationBean<>((request, response, chain) ->
                    chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
                        @Override
                        public void flushBuffer() throws IOException {
                            super.flushBuffer();
                            servlet.getObject().getServlet().endStreams();
                        }
                    }));
        }
    }

    @Test
    void streamThatBeginsWhileTheApplicationStops_isWhole_andEnds() throws Exception {
        try (ConfigurableApplicationContext context =
                start(StoppingApplication.class, "--deltatrace.web.changes.max-connections=1")) {
            Client client = client(context);

            assertThat(client.send(client.request("/changes").GET(), BodyHandlers.ofString())
                            .body())
                    .startsWith("event: start")
                    .endsWith("\n\n");
            assertThat(client.send(client.request("/changes").GET(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(503);
        }
    }

    /** The folder of the journal goes away, so that there can be no next file. */
    @Test
    void failedJournal_isAnsweredByServiceUnavailable_andReadsGoOn() throws Exception {
        try (ConfigurableApplicationContext context =
                start(SecuredApplication.class, onFiles(), "--deltatrace.storage.segment-size=1B")) {
            assertThat(client(context).query(WRITE).statusCode()).isEqualTo(200);
            FileSystemUtils.deleteRecursively(directory.resolve("journal"));
            for (int attempt = 0; attempt < 2; attempt++) {
                HttpResponse<String> write = client(context).query(WRITE);
                assertThat(write.statusCode()).isEqualTo(503);
                assertThat(write.headers().firstValue("Retry-After")).isPresent();
                assertThat(write.body()).contains("reads go on").doesNotContain(directory.toString());
            }
            HttpResponse<String> read = client(context).query(Query.count("users"));
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.body()).contains("\"dbLength\":1");
        }
    }

    @Test
    void writeBehindAnOpenTransaction_isToldToTryAgain() throws Exception {
        try (ConfigurableApplicationContext context =
                start(SecuredApplication.class, "--deltatrace.transaction.lock-timeout=10ms")) {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            try (DeltaTraceTransaction transaction = database.begin()) {
                database.execute(Query.add("users", Map.of("id", 7)));
                HttpResponse<String> write = client(context).query(WRITE);
                assertThat(write.statusCode()).isEqualTo(503);
                assertThat(write.headers().firstValue("Retry-After")).isPresent();
                transaction.commit();
            }
            assertThat(client(context).query(WRITE).statusCode()).isEqualTo(200);
            assertThat(database.snapshot().size("users")).isEqualTo(2);
        }
    }

    @Test
    void readOnlyDatabase_isAnsweredByServiceUnavailable() throws Exception {
        start(SecuredApplication.class, onFiles()).close();
        try (ConfigurableApplicationContext context =
                start(SecuredApplication.class, onFiles(), "--deltatrace.storage.read-only=true")) {
            assertThat(client(context).query(WRITE).statusCode()).isEqualTo(503);
        }
    }
}
