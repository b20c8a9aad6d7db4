package io.deltatrace.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoints in a real servlet container with real Spring Security. */
class ActuatorWebTests {

    private static final String AUDITOR = "auditor";
    private static final String CLERK = "clerk";

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SecurityFilterChain everybodyLogsIn(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername(AUDITOR)
                            .password("{noop}secret")
                            .roles("AUDIT")
                            .build(),
                    User.withUsername(CLERK)
                            .password("{noop}secret")
                            .roles("WORK")
                            .build());
        }
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Values may be seen by auditors. */
    private static Client client;

    /** Nothing is said of values. */
    private static Client cautious;

    private static final List<ConfigurableApplicationContext> CONTEXTS = new ArrayList<>();

    @BeforeAll
    static void start() {
        client = start("deltatrace.history.show-values=when-authorized", "deltatrace.history.roles=AUDIT");
        EveryRequest.fill(client.database());
        cautious = start("management.endpoint.deltatraceverification.access=read-only");
    }

    private static Client start(String... properties) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "management.endpoints.web.exposure.include=*",
                        "deltatrace.history.record=failed,denied,read",
                        "deltatrace.history.masked-fields=" + EveryRequest.MASKED_FIELDS)
                .properties(properties)
                .run();
        CONTEXTS.add(context);
        return new Client(
                context.getBean(DeltaTraceDatabase.class),
                context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    @AfterAll
    static void stop() {
        CONTEXTS.forEach(ConfigurableApplicationContext::close);
        CONTEXTS.clear();
    }

    private record Client(DeltaTraceDatabase database, int port) {

        Answer get(String user, String path) throws IOException, InterruptedException {
            return send(user, path, "GET");
        }

        Answer post(String user, String path) throws IOException, InterruptedException {
            return send(user, path, "POST");
        }

        private Answer send(String user, String path, String method) throws IOException, InterruptedException {
            String credentials =
                    Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + path))
                    .header("Authorization", "Basic " + credentials)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        }

        /** Everything that the history tells a user. */
        String wholeHistory(String user) throws IOException, InterruptedException {
            StringBuilder all = new StringBuilder(get(user, "deltatracehistory").ok());
            for (long revision = 1; revision <= database.snapshot().revision(); revision++) {
                all.append(get(user, "deltatracehistory/" + revision).ok());
            }
            return all.append(get(user, "deltatracehistory/people/1").ok())
                    .append(get(user, "deltatracehistory/people/a-7").ok())
                    .toString();
        }
    }

    private record Answer(int status, String body) {

        String ok() {
            assertThat(status).as(body).isEqualTo(200);
            return body;
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    @Test
    void valuesAreShownToTheRole_andMaskedFieldsToNobody() throws Exception {
        String shown = client.wholeHistory(AUDITOR);
        String hidden = client.wholeHistory(CLERK);

        assertThat(shown).contains("plain-Taro", "plain-Kuro", "plain-nara", "plain-kobe", "plain-wrong(");
        assertThat(shown.contains(EveryRequest.MASKED)).isFalse();
        assertThat(hidden.contains(EveryRequest.PLAIN)).isFalse();
        assertThat(hidden.contains(EveryRequest.MASKED)).isFalse();
    }

    @Test
    void valuesAreShownToNobody_unlessAPropertySaysSo() throws Exception {
        assertThat(cautious.get(AUDITOR, "deltatrace").json().has("chainHead")).isFalse();
        EveryRequest.fill(cautious.database());

        assertThat(cautious.wholeHistory(AUDITOR).contains(EveryRequest.PLAIN)).isFalse();
    }

    @Test
    void parameters_areReadFromTheRequest() throws Exception {
        Answer page = client.get(
                CLERK,
                "deltatracehistory?collection=people&type=add&outcome=applied&limit=1"
                        + "&from=2020-01-01T00:00:00Z&to=2999-01-01T00:00:00Z&before=20");
        assertThat(revisions(page)).containsExactly(5L);
        assertThat(page.json().get("next").asLong()).isEqualTo(5);
        Answer last = client.get(CLERK, "deltatracehistory?collection=people&type=add&limit=1&before=5");
        assertThat(revisions(last)).containsExactly(1L);
        assertThat(last.json().hasNonNull("next")).isFalse();
        assertThat(revisions(client.get(CLERK, "deltatracehistory?actor=alice")))
                .containsExactly(16L, 15L, 1L);
        Answer versions = client.get(CLERK, "deltatracehistory/people/1?limit=1");
        assertThat(versions.json().at("/versions").size()).isEqualTo(1);
        assertThat(versions.json().at("/versions/0/entry/revision").asLong()).isEqualTo(16);
    }

    private static List<Long> revisions(Answer page) {
        return page.json().at("/entries").values().stream()
                .map(entry -> entry.get("revision").asLong())
                .toList();
    }

    @Test
    void badParameters_areAnswered400_withAMessage() throws Exception {
        assertThat(client.get(CLERK, "deltatracehistory?outcome=lost"))
                .isEqualTo(new Answer(
                        400, "{\"message\":\"outcome must be one of applied, failed, denied, read, not 'lost'\"}"));
        for (String path : List.of(
                "?type=drop",
                "?from=yesterday",
                "?to=1",
                "?before=x",
                "?limit=0",
                "?limit=1001",
                "?limit=1&limit=2",
                "/people",
                "/people/1?limit=no")) {
            Answer answer = client.get(CLERK, "deltatracehistory" + path);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.json().get("message").asString()).as(path).contains("must be");
        }
    }

    @Test
    void whatIsNotThere_is404() throws Exception {
        assertThat(client.get(CLERK, "deltatracehistory/999").status()).isEqualTo(404);
        assertThat(client.get(CLERK, "deltatracehistory/people/999").status()).isEqualTo(404);
        assertThat(client.get(CLERK, "deltatracehistory/nobody/1").status()).isEqualTo(404);
        assertThat(client.get(CLERK, "deltatrace/nobody").status()).isEqualTo(404);
    }

    @Test
    void nullsInDocuments_stayInTheAnswer() throws Exception {
        assertThat(client.get(CLERK, "deltatracehistory/people/a-7").ok())
                .contains("\"contact\":{\"phone\":{\"home\":\"******\"},\"city\":\"******\",\"note\":null}");
    }

    @Test
    void database_isDescribed_withoutValues() throws Exception {
        Answer database = client.get(AUDITOR, "deltatrace");
        assertThat(database.ok().contains(EveryRequest.PLAIN)).isFalse();
        assertThat(database.json().at("/chainHead/hash").asString())
                .isEqualTo(client.database().history().checkpoint().hash());
        assertThat(database.json().at("/collections/people/documents").asLong()).isEqualTo(2);
        assertThat(database.json().at("/collections/people/lastChange/who/id").asString())
                .isEqualTo("alice");
        JsonNode people = client.get(AUDITOR, "deltatrace/people").json();
        assertThat(people.at("/fields/contact.city").asLong()).isEqualTo(2);
        assertThat(people.at("/lastChange/revision").asLong()).isEqualTo(16);
    }

    @Test
    void verification_isStartedByAPost_andToldByAGet() throws Exception {
        String head = client.database().history().checkpoint().toString();

        assertThat(client.get(CLERK, "deltatraceverification")
                        .json()
                        .get("state")
                        .asString())
                .isEqualTo("NONE");
        assertThat(client.post(CLERK, "deltatraceverification")
                        .json()
                        .get("state")
                        .asString())
                .isIn("RUNNING", "COMPLETED");
        JsonNode done = ended();
        assertThat(done.at("/result/intact").asBoolean()).isTrue();
        assertThat(done.get("verified").asLong()).isEqualTo(21);
        assertThat(done.get("total").asLong()).isEqualTo(21);
        client.post(CLERK, "deltatraceverification/" + head).ok();
        assertThat(ended().at("/result/intact").asBoolean()).isTrue();
        client.post(CLERK, "deltatraceverification/20:" + head.substring(head.indexOf(':') + 1))
                .ok();
        assertThat(ended().at("/result/fault/revision").asLong()).isEqualTo(20);
        assertThat(client.post(CLERK, "deltatraceverification/head").status()).isEqualTo(400);
    }

    private static JsonNode ended() throws IOException, InterruptedException {
        JsonNode verification = client.get(AUDITOR, "deltatraceverification").json();
        while (verification.get("state").asString().equals("RUNNING")) {
            Thread.sleep(1);
            verification = client.get(AUDITOR, "deltatraceverification").json();
        }
        return verification;
    }

    @Test
    void verification_cannotBeStarted_ifAccessIsReadOnly() throws Exception {
        assertThat(cautious.get(CLERK, "deltatraceverification").status()).isEqualTo(200);
        assertThat(cautious.post(CLERK, "deltatraceverification").status()).isEqualTo(405);
    }

    @Test
    void nobody_isToldAnything_withoutLoggingIn() throws Exception {
        for (String path : List.of("deltatrace", "deltatracehistory", "deltatraceverification")) {
            assertThat(client.get("mallory", path).status()).isEqualTo(401);
        }
    }

    @Test
    void info_tellsOfTheDatabase() throws Exception {
        JsonNode info = client.get(CLERK, "info").json().get("deltatrace");

        assertThat(info.get("revision").asLong()).isEqualTo(21);
        assertThat(info.get("storage").asString()).isEqualTo("memory");
        assertThat(info.get("collections").asLong()).isEqualTo(1);
    }
}
