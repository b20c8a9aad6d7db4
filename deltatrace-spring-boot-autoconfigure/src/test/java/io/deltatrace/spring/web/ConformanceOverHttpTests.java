package io.deltatrace.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.access.Permission;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The recorded cases of the original over HTTP: every answer is, letter for letter, the one that the database gives without it,
 * and that one is compared with the recorded one by the tests of the core.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"deltatrace.web.enabled=true", "deltatrace.web.denied-as-result=true"})
class ConformanceOverHttpTests {

    private static final Path CASES = Path.of(
            System.getProperty("deltatrace.project.root"),
            "deltatrace-core/src/test/resources/conformance/cases.ndjson.gz");
    private static final Cause IMPORT = Cause.of(Actor.system("conformance"), "import", "start of a case");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @LocalServerPort
    private int port;

    @Autowired
    private DeltaTraceDatabase served;

    @Autowired
    private OfTheStep permissions;

    @Test
    void everyRecordedCase_isAnsweredAsWithoutHttp() throws Exception {
        Client client = Client.of(port, "/deltatrace");
        int cases = 0;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(CASES)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    assertSameAnswers(client, JSON.readTree(line));
                    cases++;
                }
            }
        }
        assertThat(cases).isGreaterThan(1_000);
    }

    private void assertSameAnswers(Client client, JsonNode recorded) throws Exception {
        byte[] start = recorded.get("database").toString().getBytes(StandardCharsets.UTF_8);
        served.importFrom(new ByteArrayInputStream(start), IMPORT);
        try (DeltaTraceDatabase twin = DeltaTraceDatabase.inMemory()) {
            twin.importFrom(new ByteArrayInputStream(start), IMPORT);
            for (JsonNode step : recorded.get("steps")) {
                permissions.grants = grants(step);
                String query = step.get("query").toString();
                Map<String, Permission> allowed =
                        permissions.grants.equals(Grants.ALL) ? null : permissions.grants.permissions();

                HttpResponse<String> answer = client.post(query);

                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body())
                        .as("case %s", recorded.path("id").asString())
                        .isEqualTo(twin.execute(query, allowed));
            }
            assertThat(served.snapshot().hash()).isEqualTo(twin.snapshot().hash());
        }
    }

    private static Grants grants(JsonNode step) {
        if (!step.hasNonNull("permissions")) {
            return Grants.ALL;
        }
        Map<String, Permission> permissions = new LinkedHashMap<>();
        step.get("permissions")
                .properties()
                .forEach(named -> permissions.putAll(Grants.on(
                                named.getKey(),
                                named.getValue()
                                        .valueStream()
                                        .map(JsonNode::asString)
                                        .toList())
                        .permissions()));
        return new Grants(permissions, false, false);
    }

    /** What is permitted in the step that is under way. */
    static class OfTheStep implements PermissionResolver {

        private volatile Grants grants = Grants.ALL;

        @Override
        public Grants resolve(HttpServletRequest request) {
            return grants;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        OfTheStep ofTheStep() {
            return new OfTheStep();
        }

        @Bean
        SecurityFilterChain open(HttpSecurity http) {
            return http.csrf(csrf -> csrf.disable())
                    .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .build();
        }
    }
}
