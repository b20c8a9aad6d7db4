package io.deltatrace.autoconfigure.observation;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class MicrometerObserverTests {

    private static final Cause CAUSE = Cause.of(Actor.human("alice"), null, null);

    private final TestObservationRegistry registry = TestObservationRegistry.create();

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DeltaTraceAutoConfiguration.class, DeltaTraceObservationAutoConfiguration.class))
            .withBean(ObservationRegistry.class, () -> registry);

    private void assertObserved(String collection, String type, String outcome, @Nullable String revision) {
        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasNameEqualTo("deltatrace.query")
                .hasContextualNameEqualTo(type + " " + collection)
                .hasOnlyKeys(
                        revision == null
                                ? new String[] {"collection", "type", "outcome"}
                                : new String[] {"collection", "type", "outcome", "revision"})
                .hasLowCardinalityKeyValue("collection", collection)
                .hasLowCardinalityKeyValue("type", type)
                .hasLowCardinalityKeyValue("outcome", outcome)
                .hasBeenStarted()
                .hasBeenStopped();
        if (revision != null) {
            TestObservationRegistryAssert.assertThat(registry)
                    .hasSingleObservationThat()
                    .hasHighCardinalityKeyValue("revision", revision);
        }
        assertThat(registry.getCurrentObservationScope()).isNull();
        registry.clear();
    }

    @Test
    void everyRequest_isObserved_withItsCollectionTypeAndOutcome() {
        contexts.run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            database.execute(Query.add("users", Map.of("n", 1)));
            assertObserved("users", "add", "applied", "1");
            database.execute(Query.search("users").where(field("n").equalTo(1)));
            assertObserved("users", "search", "read", "1");
            database.execute(
                    Query.update("users", Map.of("n", 2)).where(field("n").equalTo(9)));
            assertObserved("users", "update", "failed", "2");
            database.execute(Query.clear("users"), Map.of());
            assertObserved("users", "clear", "denied", "3");
            database.execute(
                    TransactionQuery.of(Query.add("users", Map.of("n", 2)), Query.add("orders", Map.of("n", 2))));
            assertObserved("several", "transaction", "applied", "4");
            database.execute(TransactionQuery.of(Query.add("users", Map.of("n", 3))));
            assertObserved("users", "transaction", "applied", "5");
            database.execute(TransactionQuery.of());
            assertObserved("none", "transaction", "read", "5");
            database.undo(5, CAUSE);
            assertObserved("users", "revert", "applied", "6");
            ByteArrayOutputStream export = new ByteArrayOutputStream();
            database.exportCollection("users", export);
            database.importCollection("users", new ByteArrayInputStream(export.toByteArray()), CAUSE);
            assertObserved("users", "restore", "applied", "7");
        });
    }

    @Test
    void collectionThatIsNotThere_isCountedAsOther() {
        contexts.run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            for (int i = 0; i < 3; i++) {
                database.execute(Query.count("no-such-" + i));
                assertObserved("other", "count", "read", "" + 0);
            }
            database.execute(Query.clear("no-such"), Map.of());
            assertObserved("other", "clear", "denied", "1");
        });
    }

    @Test
    void collectionsBeyondTheCap_areCountedAsOther() {
        contexts.withPropertyValues("deltatrace.observations.max-collections=2").run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            for (int i = 1; i <= 4; i++) {
                database.execute(Query.add("c" + i, Map.of("n", 1)));
                assertObserved(i <= 2 ? "c" + i : "other", "add", "applied", "" + i);
            }
            database.execute(Query.count("c2"));
            assertObserved("c2", "count", "read", "4");
        });
    }

    @Test
    void negativeCap_failsTheStart() {
        contexts.withPropertyValues("deltatrace.observations.max-collections=-1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessage("deltatrace.observations.max-collections must not be negative: -1"));
    }

    @Test
    void exception_isAnErrorOfTheObservation() {
        contexts.withBean(CauseProvider.class, () -> given -> {
                    throw new IllegalStateException("no cause");
                })
                .run(context -> {
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    assertThatIllegalStateException()
                            .isThrownBy(() -> database.execute(Query.add("users", Map.of("n", 1))));
                    TestObservationRegistryAssert.assertThat(registry)
                            .hasSingleObservationThat()
                            .hasError()
                            .thenError()
                            .isInstanceOf(IllegalStateException.class);
                    assertObserved("other", "add", "error", null);
                });
    }

    @Test
    void scope_spansTheRequest_andItsListeners() {
        contexts.run(context -> {
            DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
            List<@Nullable Observation> current = new ArrayList<>();
            database.onChange("users", (collection, entry) -> current.add(registry.getCurrentObservation()));
            Observation outer = Observation.start("request", registry);
            outer.scoped(() -> {
                database.execute(Query.add("users", Map.of("n", 1)));
                assertThat(registry.getCurrentObservation()).isSameAs(outer);
            });
            outer.stop();

            TestObservationRegistryAssert.assertThat(registry)
                    .hasObservationWithNameEqualTo("deltatrace.query")
                    .that()
                    .hasParentObservationEqualTo(outer);
            assertThat(current)
                    .singleElement()
                    .satisfies(inner ->
                            assertThat(inner.getContextView().getName()).isEqualTo("deltatrace.query"));
        });
    }

    @Test
    void usersConvention_namesAndAddsKeys() {
        contexts.withUserConfiguration(OwnConvention.class).run(context -> {
            context.getBean(DeltaTraceDatabase.class).execute(Query.count("users"));

            TestObservationRegistryAssert.assertThat(registry)
                    .hasSingleObservationThat()
                    .hasNameEqualTo("store.query")
                    .hasLowCardinalityKeyValue("region", "eu")
                    .hasLowCardinalityKeyValue("type", "count");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnConvention {

        @Bean
        DeltaTraceQueryConvention convention() {
            return new DeltaTraceQueryConvention() {
                @Override
                public String getName() {
                    return "store.query";
                }

                @Override
                public KeyValues getLowCardinalityKeyValues(DeltaTraceQueryContext context) {
                    return DeltaTraceQueryConvention.super
                            .getLowCardinalityKeyValues(context)
                            .and("region", "eu");
                }
            };
        }
    }

    @Test
    void failingConvention_breaksNoRequest_andLeavesNoScope(CapturedOutput output) {
        contexts.withBean(DeltaTraceQueryConvention.class, () -> new DeltaTraceQueryConvention() {
                    @Override
                    public KeyValues getLowCardinalityKeyValues(DeltaTraceQueryContext context) {
                        if (context.revision() != null || context.type().equals("count")) {
                            throw new IllegalStateException("bad convention");
                        }
                        return KeyValues.empty();
                    }
                })
                .run(context -> {
                    DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                    assertThat(database.execute(Query.add("users", Map.of("n", 1)))
                                    .isSuccess())
                            .isTrue();
                    assertThat(registry.getCurrentObservationScope()).isNull();
                    assertThat(database.execute(Query.count("users")).collectionSize())
                            .isEqualTo(1);
                    assertThat(registry.getCurrentObservationScope()).isNull();
                });
        assertThat(output).containsOnlyOnce("The observer of requests failed").doesNotContain("bad convention");
    }

    /** Whatever a handler cannot do, the thread is in the scope afterwards that it was in before. */
    @Test
    void failingHandler_breaksNoRequest_andLeavesNoScope() {
        for (String failing : List.of("start", "open", "close", "stop", "error")) {
            ObservationRegistry plain = ObservationRegistry.create();
            plain.observationConfig().observationHandler(new FailingHandler(failing));
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(
                            DeltaTraceAutoConfiguration.class, DeltaTraceObservationAutoConfiguration.class))
                    .withBean(ObservationRegistry.class, () -> plain)
                    .withBean(CauseProvider.class, () -> given -> {
                        if (given == null) {
                            throw new IllegalArgumentException("no cause");
                        }
                        return given;
                    })
                    .run(context -> {
                        DeltaTraceDatabase database = context.getBean(DeltaTraceDatabase.class);
                        Query add = Query.add("users", Map.of("n", 1)).because(CAUSE);
                        assertThat(database.execute(add).isSuccess())
                                .as(failing)
                                .isTrue();
                        assertThat(plain.getCurrentObservationScope())
                                .as(failing)
                                .isNull();
                        try {
                            database.execute(Query.clear("users"));
                        } catch (IllegalArgumentException e) {
                            assertThat(e).hasMessage("no cause");
                        }
                        assertThat(plain.getCurrentObservationScope())
                                .as(failing)
                                .isNull();
                    });
        }
    }

    private record FailingHandler(String failing) implements ObservationHandler<Observation.Context> {

        private void fail(String now) {
            if (now.equals(failing)) {
                throw new IllegalStateException("The handler failed at " + now);
            }
        }

        @Override
        public void onStart(Observation.Context context) {
            fail("start");
        }

        @Override
        public void onError(Observation.Context context) {
            fail("error");
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            fail("open");
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            fail("close");
        }

        @Override
        public void onStop(Observation.Context context) {
            fail("stop");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }
}
