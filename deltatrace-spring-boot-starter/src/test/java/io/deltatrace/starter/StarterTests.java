package io.deltatrace.starter;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.Query;
import io.deltatrace.spring.cause.Because;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.ClassUtils;

/** An application that has the starter and nothing else. */
class StarterTests {

    record User(long id, String name) {}

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.web.context.WebApplicationContext",
                "jakarta.servlet.Filter",
                "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
                "org.springframework.boot.health.contributor.HealthIndicator",
                "org.springframework.security.core.Authentication",
                "io.micrometer.core.instrument.MeterRegistry",
                "io.micrometer.tracing.Tracer"
            })
    void whatTheStarterDoesNotBring_isNotHere(String type) {
        assertThat(ClassUtils.isPresent(type, getClass().getClassLoader())).isFalse();
    }

    @Test
    void interface_isARepository() {
        try (ConfigurableApplicationContext context = start()) {
            CityRepository cities = context.getBean(CityRepository.class);
            City nara = cities.save(new City(null, "Nara"));
            assertThat(cities.findByNameStartingWith("N")).containsExactly(nara);
            assertThat(cities.findRevisions(nara.id())).hasSize(1);
        }
    }

    @Test
    void withoutSpringData_theDatabaseStillWorks() {
        new ApplicationContextRunner()
                .withUserConfiguration(EmptyApplication.class)
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.data", "org.springframework.boot.data", "org.springframework.dao"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(DeltaTraceDatabase.class)
                        .doesNotHaveBean("deltaTraceTemplate"));
    }

    private ConfigurableApplicationContext start() {
        return SpringApplication.run(
                Application.class,
                "--deltatrace.storage.directory=" + directory,
                "--spring.task.execution.propagate-context=true");
    }

    @Test
    void application_startsAndWorks_andFindsItsDataAgain() throws Exception {
        try (ConfigurableApplicationContext context = start()) {
            context.getBean(Users.class).add("Taro");
            context.getBean(Users.class).addLater("Jiro").get(10, TimeUnit.SECONDS);
        }
        try (ConfigurableApplicationContext context = start()) {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            assertThat(database.execute(
                                    Query.search("users").where(field("name").startsWith("J")))
                            .as(User.class))
                    .containsExactly(new User(1, "Jiro"));
            List<HistoryEntry> entries =
                    database.history().entries(HistoryFilter.all().fromTheOldest());
            assertThat(entries)
                    .extracting(entry -> entry.request().cause())
                    .extracting(Cause::who, Cause::what, Cause::why)
                    .containsExactly(
                            tuple(Actor.system("system"), "Users.add", "somebody signed up"),
                            tuple(Actor.system("Users.addLater"), "Users.addLater", "somebody signed up"));
            assertThat(database.history().verify().fault()).isNull();
        }
    }

    @Test
    void transactions_workFromTheStarterAlone() {
        try (ConfigurableApplicationContext context = start()) {
            Users users = context.getBean(Users.class);
            users.addBoth("Taro", "Jiro");
            assertThatIllegalStateException().isThrownBy(() -> users.addBoth("Saburo", ""));
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            assertThat(database.execute(Query.getAll("users")).as(User.class))
                    .containsExactly(new User(0, "Taro"), new User(1, "Jiro"));
            assertThat(database.history().entries(HistoryFilter.all()))
                    .extracting(HistoryEntry::outcome)
                    .containsExactly(Outcome.FAILED, Outcome.APPLIED);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableAsync
    static class Application {

        @Bean
        Users users(DeltaTraceDatabase database) {
            return new Users(database);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class EmptyApplication {}

    @Because("somebody signed up")
    static class Users {

        private final DeltaTraceDatabase database;

        Users(DeltaTraceDatabase database) {
            this.database = database;
        }

        void add(String name) {
            database.execute(Query.add("users", new User(-1, name)).serialKey("id"))
                    .orThrow();
        }

        @Transactional
        void addBoth(String one, String other) {
            add(one);
            if (other.isEmpty()) {
                throw new IllegalStateException("A user needs a name");
            }
            add(other);
        }

        @Async
        CompletableFuture<Void> addLater(String name) {
            add(name);
            return CompletableFuture.completedFuture(null);
        }
    }
}
