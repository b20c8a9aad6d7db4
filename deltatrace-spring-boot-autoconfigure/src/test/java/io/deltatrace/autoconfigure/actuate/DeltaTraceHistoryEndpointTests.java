package io.deltatrace.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.autoconfigure.actuate.DeltaTraceHistoryEndpoint.EntryDescriptor;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.query.Query;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class DeltaTraceHistoryEndpointTests {

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DeltaTraceAutoConfiguration.class, DeltaTraceEndpointAutoConfiguration.class))
            .withPropertyValues("management.endpoints.web.exposure.include=deltatracehistory");

    @Test
    void endpoint_tellsWhoDidWhatAndWhy_butNoValues() {
        contexts.run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            database.execute(Query.add("users", Map.of("name", "secret"))
                    .because(Cause.of(Actor.human("alice").named("Alice", null), "new customer", "signed up")
                            .withFrom("shop")));

            var history = context.getBean(DeltaTraceHistoryEndpoint.class).history(null, null, null, null);

            EntryDescriptor entry = history.entries().get(0);
            assertThat(history.entries()).hasSize(1);
            assertThat(entry.revision()).isEqualTo(1);
            assertThat(entry.who()).isEqualTo(new DeltaTraceHistoryEndpoint.ActorDescriptor("human", "alice", "Alice"));
            assertThat(entry.what()).isEqualTo("new customer");
            assertThat(entry.why()).isEqualTo("signed up");
            assertThat(entry.from()).isEqualTo("shop");
            assertThat(entry.updateCount()).isEqualTo(1);
            assertThat(entry.effects())
                    .containsExactly(new DeltaTraceHistoryEndpoint.EffectDescriptor("users", "add", 1, 1));
            assertThat(history.toString()).doesNotContain("secret");
        });
    }

    @Test
    void endpoint_pagesAndFilters() {
        contexts.run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            for (int i = 0; i < 60; i++) {
                database.execute(Query.add(i % 2 == 0 ? "even" : "odd", Map.of("i", i)));
            }
            DeltaTraceHistoryEndpoint endpoint = context.getBean(DeltaTraceHistoryEndpoint.class);

            assertThat(endpoint.history(null, null, null, null).entries()).hasSize(50);
            assertThat(endpoint.history("odd", "system", 50L, 2).entries())
                    .extracting(EntryDescriptor::revision)
                    .containsExactly(48L, 46L);
            assertThatExceptionOfType(InvalidEndpointRequestException.class)
                    .isThrownBy(() -> endpoint.history(null, null, null, 1_001));
        });
    }

    @Test
    void endpoint_isNotThere_ifItIsNotClearWhoseHistoryItWouldTell() {
        contexts.withBean("one", DeltaTraceDatabase.class, DeltaTraceDatabase::inMemory)
                .withBean("other", DeltaTraceDatabase.class, DeltaTraceDatabase::inMemory)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DeltaTraceHistoryEndpoint.class));
    }

    @Test
    void endpoint_tellsOfFailuresToo() {
        contexts.run(context -> {
            context.getBean(DeltaTraceDatabase.class).execute(Query.clear("nowhere"));

            assertThat(context.getBean(DeltaTraceHistoryEndpoint.class)
                            .history(null, null, null, null)
                            .entries())
                    .extracting(EntryDescriptor::outcome)
                    .containsExactly("failed");
        });
    }

    @Test
    void endpoint_isNotThere_whenNotExposed() {
        contexts.withPropertyValues("management.endpoints.web.exposure.include=health")
                .run(context -> assertThat(context).doesNotHaveBean(DeltaTraceHistoryEndpoint.class));
    }

    @Test
    void endpoint_isNotThere_withoutADatabase() {
        contexts.withPropertyValues("deltatrace.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(DeltaTraceHistoryEndpoint.class));
    }

    @Test
    void endpoint_isNotThere_withoutActuator() {
        contexts.withClassLoader(new FilteredClassLoader(Endpoint.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(DeltaTraceHistoryEndpoint.class));
    }
}
