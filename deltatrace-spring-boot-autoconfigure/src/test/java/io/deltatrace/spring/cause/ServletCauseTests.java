package io.deltatrace.spring.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.ActorType;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.TimestampNode;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.json.Json;
import io.deltatrace.query.Query;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleTracer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;

/** Who, from where, what and why, in a real server with real Spring Security, over real HTTP. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.task.execution.propagate-context=true",
            "server.forward-headers-strategy=framework",
            "deltatrace.cause.ai-authority=SCOPE_AI"
        })
class ServletCauseTests {

    private static final SecretKey KEY =
            new SecretKeySpec("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII), "HmacSHA256");
    private static final Json JSON = new Json(JsonLimits.DEFAULT);
    private static final String ALICE = basic("alice");
    private static final String BOB = basic("bob");

    @LocalServerPort
    private int port;

    @Autowired
    private DeltaTraceDatabase database;

    @Autowired
    private Nightly nightly;

    private final HttpClient client = HttpClient.newHttpClient();

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.US_ASCII));
    }

    private static String token() {
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .subject("importer")
                .claim("name", "The importer")
                .claim("email", "importer@example.org")
                .claim("scope", "AI")
                .expiresAt(Instant.now().plusSeconds(60))
                .build();
        return "Bearer "
                + new NimbusJwtEncoder(new ImmutableSecret<>(KEY))
                        .encode(JwtEncoderParameters.from(
                                JwsHeader.with(MacAlgorithm.HS256).build(), claims))
                        .getTokenValue();
    }

    private int send(String method, String path, String authorization, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "text/plain");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private Cause newest() {
        HistoryEntry entry = database.history()
                .entries(HistoryFilter.collection("items").limit(1))
                .get(0);
        return entry.request().cause();
    }

    @Test
    void controller_saysWhoFromWhereAndWhy() throws Exception {
        Instant before = Instant.now().minusMillis(1);
        assertThat(send("PUT", "/items/7", ALICE, "tea", "X-Change-Reason", "stock taking", "X-Request-Id", "r-17"))
                .isEqualTo(200);

        Cause cause = newest();
        assertThat(cause.who()).isEqualTo(Actor.human("alice"));
        assertThat(cause.from()).isEqualTo("PUT /items/{id} from 127.0.0.1");
        assertThat(cause.what()).isEqualTo("Items.put");
        assertThat(cause.why()).isEqualTo("stock taking");
        assertThat(cause.context().get("requestId")).isEqualTo("r-17");
        assertThat(cause.when().nodes()).extracting(TimestampNode::location).containsExactly("server", "database");
        assertThat(cause.when().first()).isBetween(before, cause.when().last());
        assertThat(cause.when().last()).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void annotation_saysWhy_ifTheClientDoesNot_andTheServerNamesTheRequest() throws Exception {
        send("PUT", "/items/7", BOB, "tea");

        Cause cause = newest();
        assertThat(cause.who()).isEqualTo(Actor.human("bob"));
        assertThat(cause.why()).isEqualTo("somebody put an item");
        assertThat(cause.context().get("requestId")).asString().isNotBlank();
        assertThat(cause.context().get("traceId")).isNull();
    }

    @Test
    void trace_isInTheContext() throws Exception {
        send("POST", "/traced", ALICE, "tea");

        assertThat(newest().context().get("traceId")).asString().isNotBlank();
        assertThat(newest().context().get("spanId")).asString().isNotBlank();
    }

    @Test
    void serviceAccount_saysNameAndAddressOfItsToken_andIsAnAgentByItsAuthority() throws Exception {
        assertThat(send("PUT", "/items/7", token(), "tea")).isEqualTo(200);

        assertThat(newest().who()).isEqualTo(Actor.ai("importer").named("The importer", "importer@example.org"));
    }

    @Test
    void forgedWho_doesNotGetThrough() throws Exception {
        Query forged = Query.add("items", Map.of("name", "tea"))
                .because(Cause.of(Actor.system("root").named("Root", null), "maintenance", "believe me")
                        .withConfidence(0.5));
        assertThat(send("POST", "/wire", BOB, JSON.toJson(forged))).isEqualTo(200);

        Cause cause = newest();
        assertThat(cause.who()).isEqualTo(Actor.human("bob"));
        assertThat(cause.why()).isEqualTo("believe me");
        assertThat(cause.what()).isEqualTo("maintenance");
        assertThat(cause.confidenceScore()).isEqualTo(0.5);
        assertThat(cause.context().at("claimed.id")).isEqualTo("root");
        assertThat(cause.context().at("claimed.type")).isEqualTo("system");
    }

    @Test
    void asynchronousMethod_isStillOfTheRequest_whereTheContextIsPropagated() throws Exception {
        assertThat(send("POST", "/async", ALICE, "tea", "X-Change-Reason", "later"))
                .isEqualTo(200);

        assertSentByAlice("POST /async from 127.0.0.1", "Items.async", "later");
    }

    @Test
    void callable_isStillOfTheRequest() throws Exception {
        assertThat(send("POST", "/callable", ALICE, "tea", "X-Change-Reason", "later"))
                .isEqualTo(200);

        assertSentByAlice("POST /callable from 127.0.0.1", "Items.callable", "later");
    }

    @Test
    void completableFuture_isStillOfTheRequest_whereTheContextIsPropagated() throws Exception {
        assertThat(send("POST", "/future", ALICE, "tea", "X-Change-Reason", "later"))
                .isEqualTo(200);

        assertSentByAlice("POST /future from 127.0.0.1", "Items.future", "later");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThread_isStillOfTheRequest_whereTheContextIsPropagated() throws Exception {
        assertThat(send("POST", "/virtual", ALICE, "tea", "X-Change-Reason", "later"))
                .isEqualTo(200);

        assertSentByAlice("POST /virtual from 127.0.0.1", "Items.virtual", "later");
    }

    private void assertSentByAlice(String from, String what, String why) {
        Cause cause = newest();
        assertThat(cause.who()).isEqualTo(Actor.human("alice"));
        assertThat(cause.from()).isEqualTo(from);
        assertThat(cause.what()).isEqualTo(what);
        assertThat(cause.why()).isEqualTo(why);
    }

    @Test
    void scheduledMethod_isASystemJob() throws Exception {
        assertThat(nightly.done()).isTrue();

        Cause cause = database.history()
                .entries(HistoryFilter.all().actor("Nightly.tidy"))
                .get(0)
                .request()
                .cause();
        assertThat(cause.who().type()).isEqualTo(ActorType.SYSTEM);
        assertThat(cause.from()).isEqualTo("job Nightly.tidy");
        assertThat(cause.what()).isEqualTo("Nightly.tidy");
        assertThat(cause.why()).isEqualTo("every night");
    }

    @Test
    void filter_hasNoRouteYet_andAPathInstead() throws Exception {
        assertThat(send("PUT", "/items/7?q=secret", ALICE, "tea", "X-Write-In-Filter", "1"))
                .isEqualTo(200);

        Cause cause = database.history()
                .entries(HistoryFilter.collection("filtered"))
                .get(0)
                .request()
                .cause();
        assertThat(cause.from()).isEqualTo("PUT /items/7 from 127.0.0.1");
        assertThat(cause.what()).isNull();
    }

    @Test
    void exceptionHandler_isStillOfTheRequest() throws Exception {
        assertThat(send("POST", "/failing", ALICE, "tea")).isEqualTo(409);

        assertSentByAlice("POST /failing from 127.0.0.1", "Items.failing", "somebody put an item");
    }

    @Test
    void whoIsNotLoggedIn_isAnonymous_whateverTheyClaim() throws Exception {
        Query claiming = Query.add("items", Map.of("name", "tea")).because(Cause.of(Actor.human("alice"), null, null));
        assertThat(send("POST", "/public", null, JSON.toJson(claiming))).isEqualTo(200);

        assertThat(newest().who()).isEqualTo(Actor.human("anonymousUser"));
        assertThat(newest().context().at("claimed.id")).isEqualTo("alice");
    }

    @Test
    void proxy_isLookedThrough_ifTheApplicationTrustsIt() throws Exception {
        send("PUT", "/items/7", ALICE, "tea", "X-Forwarded-For", "192.0.2.77");

        assertThat(newest().from()).isEqualTo("PUT /items/{id} from 192.0.2.77");
    }

    @Test
    void nothing_isLeftInTheThreadsOfTheServer() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(send("POST", "/left", null, "")).isEqualTo(HttpStatus.UNAUTHORIZED.value());
            assertThat(send("POST", "/left", ALICE, "", "X-Change-Reason", "mine"))
                    .isEqualTo(200);
        }
        assertThat(CauseContext.current()).isSameAs(CauseContext.EMPTY);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableAsync
    @EnableScheduling
    static class Application {

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/public")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .httpBasic(withDefaults())
                    .oauth2ResourceServer(server -> server.jwt(withDefaults()))
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("alice").password("{noop}secret").build(),
                    User.withUsername("bob").password("{noop}secret").build());
        }

        @Bean
        JwtDecoder jwtDecoder() {
            return NimbusJwtDecoder.withSecretKey(KEY).build();
        }

        @Bean
        Tracer tracer() {
            return new SimpleTracer();
        }

        @Bean
        Items items(DeltaTraceDatabase database, Later later, Tracer tracer) {
            return new Items(database, later, tracer);
        }

        @Bean
        Later later(DeltaTraceDatabase database) {
            return new Later(database);
        }

        @Bean
        Nightly nightly(DeltaTraceDatabase database) {
            return new Nightly(database);
        }

        @Bean
        WritingFilter writingFilter(DeltaTraceDatabase database) {
            return new WritingFilter(database);
        }
    }

    @RestController
    @Because("somebody put an item")
    static class Items {

        private final DeltaTraceDatabase database;
        private final Later later;
        private final Tracer tracer;

        Items(DeltaTraceDatabase database, Later later, Tracer tracer) {
            this.database = database;
            this.later = later;
            this.tracer = tracer;
        }

        private void add(String name) {
            database.execute(Query.add("items", Map.of("name", name))).orThrow();
        }

        @PutMapping("/items/{id}")
        void put(@PathVariable String id, @RequestBody String name) {
            add(name + id);
        }

        @PostMapping("/traced")
        void traced(@RequestBody String name) {
            try (Tracer.SpanInScope scope = tracer.withSpan(tracer.nextSpan().start())) {
                assertThat(scope).isNotNull();
                add(name);
            }
        }

        @PostMapping({"/wire", "/public"})
        String wire(@RequestBody String json) {
            return database.execute(json);
        }

        @PostMapping("/async")
        void async(@RequestBody String name) throws Exception {
            later.add(name).get(10, TimeUnit.SECONDS);
        }

        @PostMapping("/callable")
        Callable<String> callable(@RequestBody String name) {
            return () -> {
                add(name);
                return "done";
            };
        }

        @PostMapping("/future")
        void future(@RequestBody String name) throws Exception {
            Runnable add = ContextSnapshotFactory.builder().build().captureAll().wrap(() -> add(name));
            CompletableFuture.runAsync(add).get(10, TimeUnit.SECONDS);
        }

        @PostMapping("/virtual")
        void virtual(@RequestBody String name) throws Exception {
            Runnable add = new ContextPropagatingTaskDecorator().decorate(() -> {
                assertThat(Thread.currentThread().getName()).isEmpty();
                add(name);
            });
            new VirtualThreadTaskExecutor().submit(add).get(10, TimeUnit.SECONDS);
        }

        @PostMapping("/failing")
        void failing(@RequestBody String name) {
            throw new IllegalStateException(name);
        }

        @PostMapping("/left")
        void left() {
            assertThat(CauseContext.current().arrival()).isNotNull();
        }

        @ExceptionHandler
        @ResponseStatus(HttpStatus.CONFLICT)
        void failed(IllegalStateException e) {
            add(String.valueOf(e.getMessage()));
        }
    }

    @Component
    static class Later {

        private final DeltaTraceDatabase database;

        Later(DeltaTraceDatabase database) {
            this.database = database;
        }

        @Async
        CompletableFuture<Void> add(String name) {
            database.execute(Query.add("items", Map.of("name", name))).orThrow();
            return CompletableFuture.completedFuture(null);
        }
    }

    static class Nightly {

        private final CountDownLatch done = new CountDownLatch(1);
        private final DeltaTraceDatabase database;

        Nightly(DeltaTraceDatabase database) {
            this.database = database;
        }

        boolean done() throws InterruptedException {
            return done.await(10, TimeUnit.SECONDS);
        }

        @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
        @Because("every night")
        void tidy() {
            database.execute(Query.add("jobs", Map.of("n", 1))).orThrow();
            done.countDown();
        }
    }

    /** Comes after Spring Security and before any handler is known. */
    @Order(0)
    static class WritingFilter extends OncePerRequestFilter {

        private final DeltaTraceDatabase database;

        WritingFilter(DeltaTraceDatabase database) {
            this.database = database;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (request.getHeader("X-Write-In-Filter") != null) {
                database.execute(Query.add("filtered", Map.of("n", 1))).orThrow();
            }
            chain.doFilter(request, response);
        }
    }
}
