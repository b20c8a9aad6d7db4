package io.deltatrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.security.core.userdetails.UserDetailsService;

/** Who may do what, also with the endpoints that the sample has from the starter. */
class AccessTests extends HttpTests {

    private static final Map<String, Object> MBABANE = Map.of("capital", List.of("Mbabane", "Lobamba"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/countries",
                "/countries/DEU",
                "/countries/DEU/neighbours",
                "/proposals",
                "/changes",
                "/actuator/metrics",
                "/actuator/deltatrace",
                "/actuator/deltatracehistory",
                "/deltatrace/export"
            })
    void whoeverIsNotLoggedIn_isToldToLogIn(String uri) {
        http.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Basic realm=\"countries\"")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Log in with HTTP Basic");
    }

    @Test
    void wrongPassword_isRefused() {
        http.get()
                .uri("/countries")
                .headers(headers -> headers.setBasicAuth("steward", "reader"))
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @ParameterizedTest
    @CsvSource({
        "reader,/changes",
        "reader,/proposals",
        "auditor,/proposals",
        "assistant,/changes",
        "reader,/actuator",
        "reader,/actuator/metrics",
        "reader,/actuator/deltatrace",
        "reader,/actuator/deltatracehistory",
        "reader,/actuator/deltatracehistory/1",
        "reader,/actuator/deltatracehistory/countries/DEU",
        "reader,/actuator/deltatraceverification",
        "steward,/elsewhere"
    })
    void readsOfOthers_areForbidden(String user, String uri) {
        expectProblem(get(user, uri), 403, "Your roles do not include this");
    }

    @ParameterizedTest
    @CsvSource({
        "reader,/countries/SWZ/corrections",
        "auditor,/countries/SWZ/corrections",
        "assistant,/countries/SWZ/corrections",
        "reader,/countries/corrections",
        "assistant,/countries/corrections",
        "reader,/proposals/0/accept",
        "reader,/proposals/0/reject",
        "assistant,/proposals/0/accept",
        "reader,/changes/1/undo",
        "auditor,/changes/1/undo",
        "steward,/assistant/countries/SWZ/corrections?confidence=0.5",
        "steward,/actuator/deltatraceverification"
    })
    void writesOfOthers_areForbidden(String user, String uri) {
        expectProblem(post(user, "a test", uri, MBABANE), 403, "Your roles do not include this");
        assertThat(database.snapshot().revision()).isEqualTo(before);
    }

    @Test
    void whatTheFirewallRefuses_isABadRequestAndNotForbidden() {
        get("reader", "/countries;DEU").expectStatus().isBadRequest();
    }

    @Test
    void health_isForEverybodyAndKnowsTheDatabase() {
        http.get()
                .uri("/actuator/health")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("UP")
                .jsonPath("$.components")
                .doesNotExist();
        get("steward", "/actuator/health")
                .expectBody()
                .jsonPath("$.components.deltaTrace.status")
                .isEqualTo("UP");
    }

    @Test
    void metrics_haveThoseOfTheDatabase() {
        get("auditor", "/actuator/metrics")
                .expectBody()
                .jsonPath("$.names[?(@ =~ /deltatrace.*/)]")
                .isNotEmpty();
    }

    @Test
    void deltatrace_tellsOfTheCollections() {
        get("steward", "/actuator/deltatrace/countries")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.documents")
                .isEqualTo(250);
    }

    @Test
    void valuesInTheHistory_areForTheAuditorOnly() {
        long revision = correct("SWZ", MBABANE, "a test");
        String uri = "/actuator/deltatracehistory/" + revision;
        String field = "$.diff.documents[0].fields[0].";

        get("auditor", uri)
                .expectBody()
                .jsonPath(field + "path")
                .isEqualTo("capital")
                .jsonPath(field + "after[0]")
                .isEqualTo("Mbabane");
        get("steward", uri)
                .expectBody()
                .jsonPath("$.entry.why")
                .isEqualTo("a test")
                .jsonPath(field + "path")
                .isEqualTo("capital")
                .jsonPath(field + "after[0]")
                .isEqualTo("******")
                .jsonPath(field + "before[0]")
                .isEqualTo("******");
        String versions = get("steward", "/actuator/deltatracehistory/countries/SWZ")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(versions).contains("a test").doesNotContain("Lobamba", "Mbabane");
    }

    @Test
    void verification_isStartedByTheAuditor() {
        post("auditor", null, "/actuator/deltatraceverification", Map.of())
                .expectStatus()
                .isOk();
        get("steward", "/actuator/deltatraceverification").expectStatus().isOk();
    }

    @ParameterizedTest
    @CsvSource({
        "reader,countries,200",
        "reader,neighbours,200",
        "reader,proposals,403",
        "assistant,countries,200",
        "assistant,proposals,403",
        "steward,proposals,200",
        "steward,borders,403",
        "auditor,borders,200"
    })
    void queriesOverHttp_readWhatTheRoleMayRead(String user, String collection, int status) {
        post(user, null, "/deltatrace/query", Map.of("type", "count", "target", collection))
                .expectStatus()
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "steward", "auditor", "assistant"})
    void queriesOverHttp_writeNothing(String user) {
        post(user, "a test", "/deltatrace/query", Map.of("type", "clear", "target", "countries"))
                .expectStatus()
                .isForbidden();
        get(user, "/deltatrace/export").expectStatus().isForbidden();
        assertThat(country("SWZ").capital()).containsExactly("Lobamba");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void demonstrationUsers_areWarnedOfAtTheStart(CapturedOutput output) {
        UserDetailsService users = new SecurityConfiguration()
                .users(new SampleProperties(
                        Map.of("alice", new SampleProperties.DemoUser("wonderland", Set.of("READER")))));

        assertThat(users.loadUserByUsername("alice").getPassword()).isEqualTo("{noop}wonderland");
        assertThat(output)
                .contains("WARN", "The users [alice] and their passwords are for demonstration")
                .doesNotContain("wonderland");
    }
}
