package io.deltatrace.spring.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The same through WebFlux: what is known goes through the Reactor context into the threads that write. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.web-application-type=reactive",
            "spring.reactor.context-propagation=auto",
            "deltatrace.cause.reason-header=X-Why",
            "deltatrace.cause.request-id-header=X-Correlation-Id"
        })
class ReactiveCauseTests {

    @LocalServerPort
    private int port;

    @Autowired
    private DeltaTraceDatabase database;

    private final HttpClient client = HttpClient.newHttpClient();

    private void put(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .PUT(HttpRequest.BodyPublishers.ofString("tea"))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString("alice:secret".getBytes(StandardCharsets.US_ASCII)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        assertThat(client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    private Cause newest() {
        return database.history()
                .entries(HistoryFilter.collection("items").limit(1))
                .get(0)
                .request()
                .cause();
    }

    @Test
    void handler_saysWhoFromWhereAndWhy() throws Exception {
        put("/items/7", "X-Why", "stock taking", "X-Correlation-Id", "r-17", "X-Change-Reason", "no");

        Cause cause = newest();
        assertThat(cause.who()).isEqualTo(Actor.human("alice"));
        assertThat(cause.from()).isEqualTo("PUT /items/{id} from 127.0.0.1");
        assertThat(cause.what()).isEqualTo("Items.put");
        assertThat(cause.why()).isEqualTo("stock taking");
        assertThat(cause.context().get("requestId")).isEqualTo("r-17");
        assertThat(cause.when().nodes()).hasSize(2);
    }

    @Test
    void otherScheduler_isStillOfTheRequest() throws Exception {
        put("/elsewhere/7");

        Cause cause = newest();
        assertThat(cause.who()).isEqualTo(Actor.human("alice"));
        assertThat(cause.from()).isEqualTo("PUT /elsewhere/{id} from 127.0.0.1");
        assertThat(cause.what()).isEqualTo("Items.elsewhere");
        assertThat(cause.why()).isNull();
        assertThat(cause.context().get("requestId")).asString().isNotBlank();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SecurityWebFilterChain security(ServerHttpSecurity http) {
            return http.authorizeExchange(requests -> requests.anyExchange().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(
                    User.withUsername("alice").password("{noop}secret").build());
        }

        @Bean
        Items items(DeltaTraceDatabase database) {
            return new Items(database);
        }
    }

    @RestController
    static class Items {

        private final DeltaTraceDatabase database;

        Items(DeltaTraceDatabase database) {
            this.database = database;
        }

        private void add(String name) {
            database.execute(Query.add("items", Map.of("name", name))).orThrow();
        }

        @PutMapping("/items/{id}")
        Mono<Void> put(@PathVariable String id, @RequestBody String name) {
            return Mono.fromRunnable(() -> add(name + id));
        }

        @PutMapping("/elsewhere/{id}")
        Mono<Void> elsewhere(@PathVariable String id, @RequestBody String name) {
            return Mono.<Void>fromRunnable(() -> add(name + id)).subscribeOn(Schedulers.boundedElastic());
        }
    }
}
