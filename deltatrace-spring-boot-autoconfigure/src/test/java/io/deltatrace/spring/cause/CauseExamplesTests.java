package io.deltatrace.spring.cause;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/** The examples of docs/causes.md, which {@code DocumentedExamplesTests} compares with this file. */
class CauseExamplesTests {

    private ConfigurableApplicationContext context;
    private DeltaTraceDatabase database;
    private Prices prices;

    @BeforeEach
    void start() {
        start(Application.class);
    }

    private void start(Class<?> application) {
        context = new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .run();
        database = context.getBean(DeltaTraceDatabase.class);
        database.execute(Query.add("prices", Map.of("item", "tea", "price", 2)));
        prices = context.getBean(Prices.class);
    }

    @AfterEach
    void stop() {
        SecurityContextHolder.clearContext();
        SpringApplication.exit(context);
    }

    private void login(String user) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        user, "secret", AuthorityUtils.NO_AUTHORITIES));
    }

    private HistoryEntry newest() {
        return database.history().entries(HistoryFilter.all().limit(1)).get(0);
    }

    @Test
    void annotations_sayWhy() {
        prices.set("tea", 7);
        assertThat(newest().request().cause().why()).isEqualTo("the price list is kept up to date");
        prices.endDiscounts();
        assertThat(newest().request().cause().why()).isEqualTo("discounts end at night");
        assertThat(newest().request().cause().who()).isEqualTo(Actor.system("Prices.endDiscounts"));
    }

    @Test
    void block_saysWhy() {
        Reasons.because("the supplier called", () -> prices.set("tea", 4));
        assertThat(newest().request().cause().why()).isEqualTo("the supplier called");
    }

    @Test
    void claim_isKept() {
        login("alice");
        database.execute(Query.add("prices", Map.of("item", "coffee", "price", 5))
                .because(Cause.of(Actor.human("bob"), "new item", "ordered by bob")
                        .withFrom("a form")));
        Cause cause = newest().request().cause();
        assertThat(cause.who().id()).isEqualTo("alice");
        assertThat(cause.why()).isEqualTo("ordered by bob");
        assertThat(cause.context().at("claimed.id")).isEqualTo("bob");
    }

    @Test
    void otherThread_isOfTheSameUser() {
        login("alice");
        Runnable task = ContextSnapshotFactory.builder().build().captureAll().wrap(() -> prices.set("tea", 5));
        CompletableFuture.runAsync(task).join();
        assertThat(newest().request().cause().who()).isEqualTo(Actor.human("alice"));
    }

    @Test
    void ownProvider_takesThePlace() {
        stop();
        start(Migration.class);
        prices.set("tea", 4);
        assertThat(newest().request().cause().who()).isEqualTo(Actor.system("migration"));
        assertThat(newest().request().cause().why()).isEqualTo("system B is switched off");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({DeltaTraceCauseAutoConfiguration.class, DeltaTraceAutoConfiguration.class})
    static class Application {

        @Bean
        Prices prices(DeltaTraceDatabase database) {
            return new Prices(database);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(Application.class)
    static class Migration {

        @Bean
        CauseProvider causes() {
            return given -> Cause.of(Actor.system("migration"), "data moved", "system B is switched off");
        }
    }

    @Because("the price list is kept up to date")
    static class Prices {

        private final DeltaTraceDatabase database;

        Prices(DeltaTraceDatabase database) {
            this.database = database;
        }

        void set(String item, int price) {
            database.execute(Query.updateOne("prices", Map.of("price", price))
                            .where(field("item").equalTo(item)))
                    .orThrow();
        }

        @Scheduled(cron = "0 0 3 * * *")
        @Because("discounts end at night")
        void endDiscounts() {
            set("tea", 3);
        }
    }
}
