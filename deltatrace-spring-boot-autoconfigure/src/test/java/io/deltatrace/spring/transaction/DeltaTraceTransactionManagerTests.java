package io.deltatrace.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.autoconfigure.DeltaTraceAutoConfiguration;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.spring.cause.DeltaTraceCauseAutoConfiguration;
import io.deltatrace.transaction.DeltaTraceTransaction;
import io.deltatrace.transaction.LockNotAcquiredException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

@Timeout(60)
class DeltaTraceTransactionManagerTests {

    private ConfigurableApplicationContext context;
    private DeltaTraceDatabase database;
    private Blocks blocks;

    @BeforeEach
    void start() {
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("deltatrace.transaction.lock-timeout=50ms")
                .run();
        database = context.getBean(DeltaTraceDatabase.class);
        blocks = context.getBean(Blocks.class);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    private void add(String collection) {
        database.execute(Query.add(collection, Map.of("n", count(collection)))).orThrow();
    }

    private long count(String collection) {
        return database.execute(Query.count(collection)).hitCount();
    }

    private static <T> T elsewhere(Supplier<T> action) {
        return CompletableFuture.supplyAsync(action).join();
    }

    private List<HistoryEntry> entries() {
        return database.history().entries(HistoryFilter.all().fromTheOldest());
    }

    @Test
    void transactional_isOneEntry_withTheReasonOfTheMethod() throws IOException {
        blocks.because(() -> {
            add("rows");
            database.collection("rows", Map.class).add(Map.of("n", 1));
            database.execute("{\"className\":\"Query\",\"type\":\"add\",\"target\":\"rows\",\"addData\":[{\"n\":2}]}");
            assertThat(count("rows")).isEqualTo(3);
            assertThat(elsewhere(() -> count("rows"))).isZero();
        });
        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(((TransactionQuery) entry.request()).queries()).hasSize(3);
            Cause cause = entry.request().cause();
            assertThat(cause.why()).isEqualTo("the warehouse was counted");
            assertThat(cause.what()).isEqualTo("Blocks.because");
        });
    }

    @Test
    void reason_ofAnInnerMethodThatWritesFirst_counts() throws IOException {
        blocks.required(() -> {
            assertThat(count("rows")).isZero();
            blocks.because(() -> add("rows"));
            add("rows");
        });
        assertThat(entries())
                .singleElement()
                .satisfies(entry -> assertThat(((TransactionQuery) entry.request()).queries())
                        .extracting(query -> query.cause().why())
                        .containsExactly("the warehouse was counted", "the warehouse was counted"));
    }

    @Test
    void runtimeException_rollsBack_andLeavesAFailedEntry() {
        assertThatIllegalStateException()
                .isThrownBy(() -> blocks.required(() -> {
                    add("rows");
                    throw new IllegalStateException("boom");
                }))
                .withMessage("boom");
        assertThat(count("rows")).isZero();
        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(entry.errorMessage())
                    .isEqualTo("The transaction '" + Blocks.class.getName() + ".required' was rolled back");
        });
    }

    @Test
    void rollbackRules_areFollowed() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> blocks.required(() -> {
                    add("checked");
                    throw new IOException();
                }));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> blocks.withRules(() -> {
                    add("rolledBack");
                    throw new IOException();
                }));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> blocks.withRules(() -> {
                    add("committed");
                    throw new IllegalArgumentException();
                }));
        assertThat(database.collections()).containsExactly("checked", "committed");
    }

    @Test
    void rollbackThatWasAskedFor_leavesNothing() throws IOException {
        blocks.withdrawn(() -> add("rows"));
        assertThat(entries()).isEmpty();
        assertThat(count("rows")).isZero();
    }

    @Test
    void participantThatFails_rollsBackTheWhole() {
        assertThatExceptionOfType(UnexpectedRollbackException.class)
                .isThrownBy(() -> blocks.required(() -> {
                    add("rows");
                    assertThatIllegalStateException()
                            .isThrownBy(() -> blocks.required(() -> {
                                throw new IllegalStateException();
                            }));
                    assertThatExceptionOfType(CannotCreateTransactionException.class)
                            .isThrownBy(() -> blocks.nested(() -> add("rows")))
                            .withMessageContaining("rolled back anyway");
                }));
        assertThat(count("rows")).isZero();
        assertThat(entries()).extracting(HistoryEntry::outcome).containsExactly(Outcome.FAILED);
    }

    @Test
    void nested_goesBackToItsBeginning_andTheOuterOneGoesOn() throws IOException {
        blocks.required(() -> {
            add("rows");
            assertThatIllegalStateException()
                    .isThrownBy(() -> blocks.nested(() -> {
                        add("rows");
                        assertThatIllegalStateException()
                                .isThrownBy(() -> blocks.required(() -> {
                                    add("rows");
                                    throw new IllegalStateException();
                                }));
                        throw new IllegalStateException();
                    }));
            assertThat(count("rows")).isEqualTo(1);
            blocks.nested(() -> add("others"));
        });
        assertThat(count("rows")).isEqualTo(1);
        assertThat(count("others")).isEqualTo(1);
        assertThat(entries()).hasSize(1);
    }

    @Test
    void requiresNew_isATransactionOfItsOwn_ifTheOuterOneHasNotWritten() {
        assertThatIllegalStateException()
                .isThrownBy(() -> blocks.required(() -> {
                    assertThat(count("rows")).isZero();
                    blocks.requiresNew(() -> add("log"));
                    assertThat(elsewhere(() -> count("log"))).isEqualTo(1);
                    add("rows");
                    throw new IllegalStateException();
                }));
        assertThat(count("log")).isEqualTo(1);
        assertThat(count("rows")).isZero();
    }

    @Test
    void requiresNew_readsButCannotWrite_onceTheOuterOneHasWritten() throws IOException {
        blocks.required(() -> {
            add("rows");
            blocks.requiresNew(() -> assertThat(count("rows")).isZero());
            assertThatExceptionOfType(CannotAcquireLockException.class)
                    .isThrownBy(() -> blocks.requiresNew(() -> add("log")))
                    .withMessageContaining("suspended transaction of this thread has written");
            assertThat(count("rows")).isEqualTo(1);
        });
        assertThat(database.collections()).containsExactly("rows");
    }

    @Test
    void requiresNew_thatChangesWhatTheOuterOneHasRead_isAConflict() {
        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(() -> blocks.required(() -> {
                    assertThat(count("rows")).isZero();
                    blocks.requiresNew(() -> add("rows"));
                    database.execute(Query.add("rows", Map.of("n", 2)));
                }))
                .withMessageContaining("[rows]");
        assertThat(count("rows")).isEqualTo(1);
    }

    @Test
    void otherPropagations_areAsInSpring() throws IOException {
        blocks.required(() -> {
            assertThat(count("rows")).isZero();
            blocks.notSupported(() -> add("beside"));
            assertThat(elsewhere(() -> count("beside"))).isEqualTo(1);
            blocks.supports(() -> add("rows"));
            blocks.mandatory(() -> add("rows"));
            assertThatExceptionOfType(IllegalTransactionStateException.class)
                    .isThrownBy(() -> blocks.never(() -> add("rows")));
        });
        assertThat(entries()).hasSize(2);
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() -> blocks.mandatory(() -> add("rows")));
        blocks.supports(() -> add("rows"));
        blocks.never(() -> add("rows"));
        assertThat(entries()).hasSize(4);
    }

    @Test
    void readOnly_seesOneSnapshot_andCannotWrite() throws IOException {
        add("rows");
        blocks.readOnly(() -> {
            assertThat(count("rows")).isEqualTo(1);
            elsewhere(() -> {
                add("rows");
                return null;
            });
            assertThat(count("rows")).isEqualTo(1);
            assertThat(database.snapshot().size("rows")).isEqualTo(1);
        });
        assertThat(count("rows")).isEqualTo(2);
        assertThatIllegalStateException()
                .isThrownBy(() -> blocks.readOnly(() -> blocks.required(() -> add("rows"))))
                .withMessageContaining("read-only");
    }

    @Test
    void writer_thatWaitsTooLong_cannotAcquireTheLock() throws IOException {
        blocks.required(() -> {
            add("rows");
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> elsewhere(() -> {
                        try {
                            blocks.required(() -> add("rows"));
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                        return null;
                    }))
                    .withCauseExactlyInstanceOf(CannotAcquireLockException.class)
                    .withMessageContaining("PT0.05S");
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> elsewhere(() -> database.execute(Query.add("rows", Map.of()))))
                    .withCauseExactlyInstanceOf(LockNotAcquiredException.class);
        });
        assertThat(count("rows")).isEqualTo(1);
    }

    @Test
    void repeatableRead_doesNotLock_beforeItWrites() {
        add("rows");
        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(() -> blocks.repeatableRead(() -> {
                    assertThat(count("rows")).isEqualTo(1);
                    elsewhere(() -> {
                        add("rows");
                        return null;
                    });
                    assertThat(count("rows")).isEqualTo(1);
                    add("rows");
                }));
        assertThat(count("rows")).isEqualTo(2);
    }

    @Test
    void weakerIsolation_isAcceptedAndExceeded() throws IOException {
        blocks.readCommitted(() -> {
            assertThat(count("rows")).isZero();
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> elsewhere(() -> database.execute(Query.add("rows", Map.of()))))
                    .withCauseExactlyInstanceOf(LockNotAcquiredException.class);
        });
    }

    @Test
    void transaction_thatTakesTooLong_timesOut() {
        assertThatExceptionOfType(TransactionTimedOutException.class)
                .isThrownBy(() -> blocks.oneSecond(() -> {
                    add("rows");
                    while (true) {
                        count("rows");
                    }
                }));
        assertThat(count("rows")).isZero();
    }

    @Test
    void transaction_thatComesToItsEndTooLate_isRolledBack() {
        assertThatExceptionOfType(UnexpectedRollbackException.class)
                .isThrownBy(() -> blocks.oneSecond(() -> {
                    add("rows");
                    assertThatExceptionOfType(TransactionTimedOutException.class)
                            .isThrownBy(() -> {
                                while (true) {
                                    count("rows");
                                }
                            });
                }))
                .withCauseInstanceOf(TransactionTimedOutException.class);
        assertThat(count("rows")).isZero();
    }

    @Test
    void template_worksToo() {
        TransactionTemplate template = context.getBean(TransactionTemplate.class);
        Long counted = template.execute(status -> {
            add("rows");
            Object savepoint = status.createSavepoint();
            add("rows");
            status.rollbackToSavepoint(savepoint);
            status.releaseSavepoint(savepoint);
            return count("rows");
        });
        assertThat(counted).isEqualTo(1);
        template.executeWithoutResult(status -> {
            add("rows");
            status.setRollbackOnly();
        });
        assertThat(count("rows")).isEqualTo(1);
        assertThat(entries()).hasSize(1);
    }

    @Test
    void transactionOfTheThread_thatSpringDoesNotKnow_isRefused() {
        try (DeltaTraceTransaction own = database.begin()) {
            assertThatExceptionOfType(CannotCreateTransactionException.class)
                    .isThrownBy(() -> blocks.required(() -> add("rows")))
                    .withRootCauseInstanceOf(IllegalStateException.class);
            add("rows");
            own.commit();
        }
        assertThatCode(() -> blocks.required(() -> add("rows"))).doesNotThrowAnyException();
        assertThatIllegalStateException()
                .isThrownBy(() -> blocks.required(() -> database.begin()))
                .withMessageContaining("another transaction open");
        assertThat(count("rows")).isEqualTo(2);
    }

    @Test
    void revertsAndImports_areRefused() {
        add("rows");
        assertThatIllegalStateException()
                .isThrownBy(() -> blocks.required(() -> database.undo(1, Cause.of(Actor.system("test"), null, null))))
                .withMessageContaining("Only queries can be part of a transaction");
    }

    @Test
    void commitThatFails_isATransactionSystemException_andTheThreadIsFree() {
        assertThatExceptionOfType(TransactionSystemException.class)
                .isThrownBy(() -> blocks.required(() -> {
                    add("rows");
                    database.close();
                }))
                .withRootCauseInstanceOf(IllegalStateException.class);
        assertThatExceptionOfType(CannotCreateTransactionException.class)
                .isThrownBy(() -> blocks.required(() -> add("rows")))
                .withRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void eventListeners_areCalledInTheirPhases() throws IOException {
        Listener listener = context.getBean(Listener.class);
        blocks.required(() -> {
            context.publishEvent("first");
            add("rows");
        });
        assertThat(listener.heard)
                .containsExactly(
                        "BEFORE_COMMIT first, elsewhere 0",
                        "AFTER_COMMIT first, elsewhere 1",
                        "AFTER_COMPLETION first, elsewhere 1");
        assertThat(((TransactionQuery) entries().get(0).request()).queries()).hasSize(2);
        assertThat(entries()).hasSize(2);
        assertThat(database.collections()).containsExactly("rows", "before", "after");
        listener.heard.clear();
        assertThatIllegalStateException()
                .isThrownBy(() -> blocks.required(() -> {
                    context.publishEvent("second");
                    add("rows");
                    throw new IllegalStateException();
                }));
        assertThat(listener.heard)
                .containsExactlyInAnyOrder(
                        "AFTER_ROLLBACK second, elsewhere 1", "AFTER_COMPLETION second, elsewhere 1");
        assertThat(count("afterRollback")).isEqualTo(1);
    }

    static class Listener {

        private final List<String> heard = new ArrayList<>();
        private final DeltaTraceDatabase database;

        Listener(DeltaTraceDatabase database) {
            this.database = database;
        }

        private void hear(TransactionPhase phase, String event) {
            long seen = elsewhere(() -> database.execute(Query.count("rows")).hitCount());
            heard.add(phase + " " + event + ", elsewhere " + seen);
        }

        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        void before(String event) {
            database.execute(Query.add("before", Map.of())).orThrow();
            hear(TransactionPhase.BEFORE_COMMIT, event);
        }

        @TransactionalEventListener
        void after(String event) {
            database.execute(Query.add("after", Map.of())).orThrow();
            hear(TransactionPhase.AFTER_COMMIT, event);
        }

        @TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
        void rolledBack(String event) {
            database.execute(Query.add("afterRollback", Map.of())).orThrow();
            hear(TransactionPhase.AFTER_ROLLBACK, event);
        }

        @TransactionalEventListener(phase = TransactionPhase.AFTER_COMPLETION)
        void completed(String event) {
            hear(TransactionPhase.AFTER_COMPLETION, event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DeltaTraceCauseAutoConfiguration.class,
        DeltaTraceAutoConfiguration.class,
        DeltaTraceTransactionAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        TransactionManagerCustomizationAutoConfiguration.class
    })
    static class Application {

        @Bean
        Blocks blocks() {
            return new Blocks();
        }

        @Bean
        Listener listener(DeltaTraceDatabase database) {
            return new Listener(database);
        }
    }
}
