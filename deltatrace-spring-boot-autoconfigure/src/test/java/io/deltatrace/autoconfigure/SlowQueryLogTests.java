package io.deltatrace.autoconfigure;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.SlowQueryLog.SlowQuery;
import io.deltatrace.autoconfigure.actuate.DeltaTraceEndpoint;
import io.deltatrace.autoconfigure.actuate.DeltaTraceEndpointAutoConfiguration;
import io.deltatrace.history.Outcome;
import io.deltatrace.observation.RequestObservation;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SlowQueryLogTests {

    private static final String SECRET = "the-secret-value";

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DeltaTraceAutoConfiguration.class, DeltaTraceEndpointAutoConfiguration.class))
            .withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=*");

    @Test
    void requestThatTookLong_isLoggedAndShownWithItsPlan_andWithoutValues(CapturedOutput output) {
        context.withPropertyValues(
                        "deltatrace.slow-query-threshold=0",
                        "deltatrace.collections.users.indexes[0].field=age",
                        "deltatrace.collections.users.indexes[0].kind=ordered")
                .run(started -> {
                    DeltaTraceDatabase database = started.getBean(DeltaTraceDatabase.class);
                    database.execute(Query.add("users", Map.of("age", 5, "name", SECRET)));
                    database.execute(Query.search("users")
                            .where(field("age").equalTo(5).and(field("name").equalTo(SECRET))));
                    database.execute(Query.search("users").where(field("name").equalTo(SECRET)));

                    List<SlowQuery> slow =
                            started.getBean(DeltaTraceEndpoint.class).database().slowQueries();
                    assertThat(slow)
                            .flatExtracting(SlowQuery::plans)
                            .containsExactly(
                                    "search users: scan, 1 document, filter name = ?, as added",
                                    "search users: ordered(age) for age = ?, 1 document, filter name = ?, as added",
                                    "add users: looks for no document");
                    assertThat(slow)
                            .extracting(SlowQuery::outcome)
                            .containsExactly(Outcome.READ, Outcome.READ, Outcome.APPLIED);
                    assertThat(slow)
                            .allSatisfy(query -> assertThat(query.took()).isPositive());
                });
        assertThat(output)
                .containsPattern(
                        "WARN .*SlowQueryLog.*\\[SEARCH\\] took \\d+ ms: search users: scan, 1 document, filter name = \\?, as added")
                .doesNotContain(SECRET);
    }

    @Test
    void fastRequest_isNotLogged(CapturedOutput output) {
        context.withPropertyValues("deltatrace.slow-query-threshold=1h").run(started -> {
            started.getBean(DeltaTraceDatabase.class).execute(Query.getAll("users"));

            assertThat(started.getBean(DeltaTraceEndpoint.class).database().slowQueries())
                    .isEmpty();
        });
        assertThat(output).doesNotContain(" ms: ");
    }

    @Test
    void withoutAThreshold_thereIsNoLog() {
        context.run(started -> {
            assertThat(started).doesNotHaveBean(SlowQueryLog.class);
            assertThat(started.getBean(DeltaTraceEndpoint.class).database().slowQueries())
                    .isNull();
        });
    }

    @Test
    void negativeThreshold_isRefused() {
        context.withPropertyValues("deltatrace.slow-query-threshold=-1s")
                .run(started -> assertThat(started)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("deltatrace.slow-query-threshold cannot be negative"));
    }

    @Test
    void transaction_isShownWithTheFirstOfItsQueries() {
        context.withPropertyValues("deltatrace.slow-query-threshold=0").run(started -> {
            started.getBean(DeltaTraceDatabase.class)
                    .execute(TransactionQuery.of(Collections.nCopies(12, Query.add("users", Map.of("a", 1)))
                            .toArray(Query[]::new)));

            List<SlowQuery> slow = started.getBean(SlowQueryLog.class).newest();
            assertThat(slow).hasSize(1);
            assertThat(slow.get(0).plans()).hasSize(10).containsOnly("add users: looks for no document");
        });
    }

    @Test
    void newest_areAHundred_newestFirst() {
        context.withPropertyValues("deltatrace.slow-query-threshold=0").run(started -> {
            for (int i = 0; i < 105; i++) {
                started.getBean(DeltaTraceDatabase.class).execute(Query.getAll("collection" + i));
            }

            assertThat(started.getBean(SlowQueryLog.class).newest())
                    .hasSize(100)
                    .first()
                    .satisfies(query -> assertThat(query.plans().get(0)).contains("collection104"));
        });
    }

    @Test
    void observerOfTheApplication_isToldAsBefore() {
        AtomicInteger told = new AtomicInteger();
        RequestObserver observer = request -> {
            told.incrementAndGet();
            return RequestObservation.NONE;
        };
        context.withPropertyValues("deltatrace.slow-query-threshold=0")
                .withBean(RequestObserver.class, () -> observer)
                .run(started -> {
                    started.getBean(DeltaTraceDatabase.class).execute(Query.getAll("users"));

                    assertThat(told).hasValue(1);
                    assertThat(started.getBean(SlowQueryLog.class).newest()).hasSize(1);
                });
    }
}
