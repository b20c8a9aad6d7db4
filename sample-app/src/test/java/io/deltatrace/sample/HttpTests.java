package io.deltatrace.sample;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** Tests over real HTTP, with real users, on files. What a test changes is reverted after it; the history goes on. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.neighbours-refresh=1d")
@AutoConfigureRestTestClient
abstract class HttpTests {

    @Autowired
    RestTestClient http;

    @Autowired
    DeltaTraceDatabase database;

    long before;

    @DynamicPropertySource
    static void ownDirectory(DynamicPropertyRegistry properties) {
        properties.add("deltatrace.storage.directory", HttpTests::newDirectory);
    }

    private static String newDirectory() {
        try {
            return Files.createTempDirectory("sample").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void rememberState() {
        before = database.snapshot().revision();
    }

    @AfterEach
    void revertState() {
        database.revertTo(before, Cause.of(Actor.system("test"), null, "the test is over"));
    }

    ResponseSpec get(String user, String uri, Object... variables) {
        return http.get()
                .uri(uri, variables)
                .headers(headers -> headers.setBasicAuth(user, user))
                .exchange();
    }

    ResponseSpec post(String user, @Nullable String reason, String uri, Object body) {
        return http.post()
                .uri(uri)
                .headers(headers -> {
                    headers.setBasicAuth(user, user);
                    if (reason != null) {
                        headers.set("X-Change-Reason", reason);
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    /** A correction by the steward; the revision of it. */
    long correct(String code, Map<String, Object> correction, String reason) {
        return changeOf(post("steward", reason, "/countries/" + code + "/corrections", correction))
                .revision();
    }

    /** A correction by the assistant; the revision of it. */
    long guess(String code, Map<String, Object> correction, double confidence) {
        return changeOf(post(
                        "assistant",
                        "a guess",
                        "/assistant/countries/" + code + "/corrections?confidence=" + confidence,
                        correction))
                .revision();
    }

    static Change changeOf(ResponseSpec response) {
        return response.expectStatus()
                .isOk()
                .expectBody(Change.class)
                .returnResult()
                .getResponseBody();
    }

    Country country(String code) {
        return get("reader", "/countries/" + code)
                .expectStatus()
                .isOk()
                .expectBody(Country.class)
                .returnResult()
                .getResponseBody();
    }

    /** The answer says, as a problem, what is wrong. */
    static void expectProblem(ResponseSpec response, int status, String detail) {
        response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.detail")
                .isEqualTo(detail);
    }
}
