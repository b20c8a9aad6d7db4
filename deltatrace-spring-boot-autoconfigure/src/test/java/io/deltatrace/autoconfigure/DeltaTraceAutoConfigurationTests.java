package io.deltatrace.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.PropertyNamingStrategies;

@ExtendWith(OutputCaptureExtension.class)
class DeltaTraceAutoConfigurationTests {

    private final ApplicationContextRunner contexts =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(DeltaTraceAutoConfiguration.class));

    @Test
    void database_isThereByDefault_andSaysThatItIsInMemory(CapturedOutput output) {
        contexts.run(context -> {
            assertThat(context).hasSingleBean(DeltaTraceDatabase.class);
            assertThat(output).containsOnlyOnce("DeltaTrace keeps its data in memory");
        });
    }

    @Test
    void database_isNotThere_whenDisabled() {
        contexts.withPropertyValues("deltatrace.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(DeltaTraceDatabase.class));
    }

    @Test
    void usersOwnDatabase_isTheOnlyOne() {
        contexts.withUserConfiguration(OwnDatabase.class)
                .run(context ->
                        assertThat(context).getBean(DeltaTraceDatabase.class).isSameAs(context.getBean("own")));
    }

    @Test
    void database_isClosedWithTheContext() {
        DeltaTraceDatabase[] database = new DeltaTraceDatabase[1];
        contexts.run(context -> database[0] = context.getBean(DeltaTraceDatabase.class));

        assertThatIllegalStateException()
                .isThrownBy(() -> database[0].execute(Query.count("users")))
                .withMessage("The database is closed");
    }

    @Test
    void bean_canWriteUntilItIsDestroyed() {
        Journalist[] journalist = new Journalist[1];
        contexts.withBean(Journalist.class).run(context -> journalist[0] = context.getBean(Journalist.class));

        assertThat(journalist[0].written).containsExactly("opened", "closed");
    }

    /** Writes when it is made, and again when it goes. */
    static final class Journalist implements AutoCloseable {

        private final DeltaTraceDatabase database;
        private List<Object> written = List.of();

        Journalist(DeltaTraceDatabase database) {
            this.database = database;
            database.execute(Query.add("notes", Map.of("text", "opened"))).orThrow();
        }

        @Override
        public void close() {
            database.execute(Query.add("notes", Map.of("text", "closed"))).orThrow();
            written = database.execute(Query.getAll("notes")).documents().stream()
                    .map(note -> note.get("text"))
                    .toList();
        }
    }

    @Test
    void historyLimit_isApplied() {
        contexts.withPropertyValues("deltatrace.history.limit=2").run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            for (int i = 0; i < 5; i++) {
                database.execute(Query.add("users", Map.of("id", i)));
            }
            assertThat(database.history().entries(HistoryFilter.all()))
                    .extracting("revision")
                    .containsExactly(5L, 4L);
        });
    }

    @Test
    void historyLimitBelowOne_failsTheStart() {
        contexts.withPropertyValues("deltatrace.history.limit=0")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("deltatrace.history.limit must be at least 1: 0"));
    }

    @Test
    void applicationsJsonMapper_convertsItsTypes() {
        contexts.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
                .withPropertyValues("spring.jackson.property-naming-strategy="
                        + PropertyNamingStrategies.class.getName() + "$SnakeCaseStrategy")
                .run(context -> {
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    database.collection("users", User.class).add(new User("Taro"));

                    assertThat(database.execute(Query.getAll("users")).documents())
                            .singleElement()
                            .hasToString("{\"first_name\":\"Taro\"}");
                });
    }

    @Test
    void withoutBootsJackson_theDatabaseStillConverts() {
        contexts.withClassLoader(new FilteredClassLoader(JacksonAutoConfiguration.class))
                .run(context -> {
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);

                    assertThat(database.collection("users", User.class).add(new User("Taro")))
                            .isEqualTo(new User("Taro"));
                });
    }

    @Test
    void applicationsCauseProvider_completesCauses() {
        contexts.withUserConfiguration(OwnCauses.class).run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            database.execute(Query.add("users", Map.of("id", 1)));

            assertThat(database.history().entries(HistoryFilter.all().actor("nightly job")))
                    .hasSize(1);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnCauses {

        @Bean
        CauseProvider causes() {
            return given -> Cause.of(Actor.system("nightly job"), null, null);
        }
    }

    record User(String firstName) {}

    @Configuration(proxyBeanMethods = false)
    static class OwnDatabase {

        @Bean
        DeltaTraceDatabase own() {
            return DeltaTraceDatabase.inMemory();
        }
    }
}
