package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.history.Outcome;
import io.deltatrace.history.RevertOption;
import io.deltatrace.observation.RequestObservation;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.RevertRequest;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.storage.Durability;
import io.deltatrace.transaction.DeltaTraceTransaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ObservationTests {

    private static final Cause CAUSE = Cause.of(Actor.human("alice"), null, "why");

    private final List<String> seen = new ArrayList<>();

    @TempDir
    private Path directory;

    /** Writes down what it is told, and in which thread. */
    private RequestObservation observe(Request request) {
        long thread = Thread.currentThread().getId();
        seen.add("started " + request.getClass().getSimpleName());
        return new RequestObservation() {
            @Override
            public void completed(Outcome outcome, long revision) {
                assertThat(Thread.currentThread().getId()).isEqualTo(thread);
                seen.add(outcome + " " + revision);
            }

            @Override
            public void aborted(Throwable problem) {
                seen.add("aborted by " + problem.getMessage());
            }
        };
    }

    private DeltaTraceDatabaseBuilder observed() {
        return DeltaTraceDatabase.builder().observer(this::observe);
    }

    @Test
    void everyOutcome_isTold() {
        try (DeltaTraceDatabase database = observed().build()) {
            database.execute(Query.add("users", Map.of("n", 1)));
            database.execute(Query.getAll("users"));
            database.execute(
                    Query.update("users", Map.of("n", 2)).where(field("n").equalTo(9)));
            database.execute(Query.clear("users"), Map.of("users", new Permission(Set.of(QueryType.SEARCH))));
            database.execute(TransactionQuery.of(Query.add("users", Map.of("n", 2))));
        }
        assertThat(seen)
                .containsExactly(
                        "started AddQuery",
                        "APPLIED 1",
                        "started SearchQuery",
                        "READ 1",
                        "started UpdateQuery",
                        "FAILED 2",
                        "started ClearQuery",
                        "DENIED 3",
                        "started TransactionQuery",
                        "APPLIED 4");
    }

    @Test
    void callsOfATransaction_andItsCommit_areTold() {
        try (DeltaTraceDatabase database = observed().build()) {
            database.execute(Query.add("users", Map.of("n", 1)));
            seen.clear();
            try (DeltaTraceTransaction transaction = database.begin()) {
                database.execute(Query.add("users", Map.of("n", 2)));
                database.execute(Query.getAll("users"));
                transaction.commit();
            }
            try (DeltaTraceTransaction transaction = database.begin()) {
                database.execute(Query.add("users", Map.of("n", 3)));
                transaction.rollback("no");
            }
        }
        assertThat(seen)
                .containsExactly(
                        "started AddQuery",
                        "APPLIED 1",
                        "started SearchQuery",
                        "READ 1",
                        "started TransactionQuery",
                        "APPLIED 2",
                        "started AddQuery",
                        "APPLIED 2",
                        "started TransactionQuery",
                        "FAILED 3");
    }

    @Test
    void outcomesThatAreNotRecorded_haveTheRevisionThatWasSeen() {
        try (DeltaTraceDatabase database = observed().record().build()) {
            database.execute(Query.add("users", Map.of("n", 1)));
            database.execute(
                    Query.update("users", Map.of("n", 2)).where(field("n").equalTo(9)));
            database.execute(Query.clear("users"), Map.of());
        }
        assertThat(seen)
                .containsExactly(
                        "started AddQuery",
                        "APPLIED 1",
                        "started UpdateQuery",
                        "FAILED 1",
                        "started ClearQuery",
                        "DENIED 1");
    }

    @Test
    void wireJsonTypedCollectionsAndImports_areObserved_butNotSnapshots() {
        try (DeltaTraceDatabase database = observed().build()) {
            database.execute("{\"className\":\"Query\",\"target\":\"users\",\"type\":\"count\"}");
            database.execute("nonsense");
            database.collection("users", Map.class).all();
            database.importQueries(Stream.of(
                    "{\"className\":\"Query\",\"target\":\"users\",\"type\":\"add\",\"addData\":[{\"n\":1}]}"));
            database.snapshot().execute(Query.getAll("users"));
        }
        assertThat(seen)
                .containsExactly(
                        "started CountQuery",
                        "READ 0",
                        "started SearchQuery",
                        "READ 0",
                        "started AddQuery",
                        "APPLIED 1");
    }

    @Test
    void revert_isObserved_butNotADryRun() {
        try (DeltaTraceDatabase database = observed().build()) {
            database.execute(Query.add("users", Map.of("n", 1)));
            seen.clear();
            database.revertTo(0, CAUSE, RevertOption.DRY_RUN);
            assertThat(seen).isEmpty();
            database.undo(1, CAUSE);
        }
        assertThat(seen).containsExactly("started " + RevertRequest.class.getSimpleName(), "APPLIED 2");
    }

    @Test
    void exception_isTold_andReachesTheCaller() {
        CauseProvider failing = given -> {
            throw new IllegalStateException("no cause");
        };
        try (DeltaTraceDatabase database = observed().causeProvider(failing).build()) {
            assertThatIllegalStateException().isThrownBy(() -> database.execute(Query.add("users", Map.of("n", 1))));
        }
        assertThat(seen).containsExactly("started AddQuery", "aborted by no cause");
    }

    @Test
    void listenersAndCauses_runWithinTheObservation() {
        CauseProvider causes = given -> {
            seen.add("cause");
            return CAUSE;
        };
        try (DeltaTraceDatabase database = observed().causeProvider(causes).build()) {
            database.onCommit(entry -> seen.add("listener"));
            database.execute(Query.add("users", Map.of("n", 1)));
        }
        assertThat(seen).containsExactly("started AddQuery", "cause", "listener", "APPLIED 1");
    }

    @Test
    void failingObserver_isLoggedWithoutItsMessage_andChangesNothing() {
        RequestObserver failing = request -> {
            if (!request.isWrite()) {
                throw new IllegalStateException("secret");
            }
            return new RequestObservation() {
                @Override
                public void completed(Outcome outcome, long revision) {
                    throw new AssertionError("secret", new IllegalStateException("secret"));
                }

                @Override
                public void aborted(Throwable problem) {
                    throw new AssertionError("secret");
                }
            };
        };
        List<ILoggingEvent> events = logOf("io.deltatrace.internal.engine.GuardedObserver", () -> {
            try (DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                    .observer(failing)
                    .causeProvider(given -> Objects.requireNonNull(given, "no cause"))
                    .build()) {
                Query add = Query.add("users", Map.of("n", 1)).because(CAUSE);
                assertThat(database.execute(add).isSuccess()).isTrue();
                assertThat(database.execute(Query.count("users")).collectionSize())
                        .isEqualTo(1);
                assertThatNullPointerException()
                        .isThrownBy(() -> database.execute(Query.clear("users")))
                        .withMessage("no cause");
            }
        });

        assertThat(events).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR, Level.DEBUG, Level.DEBUG);
        assertThat(events)
                .allSatisfy(event -> assertThat(
                                event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                        .contains("ObservationTests")
                        .doesNotContain("secret"));
        assertThat(ThrowableProxyUtil.asString(events.get(0).getThrowableProxy()))
                .contains(
                        "ForeignFailure: java.lang.AssertionError", "ForeignFailure: java.lang.IllegalStateException");
    }

    private static List<ILoggingEvent> logOf(String name, Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger(name);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        Level level = logger.getLevel();
        logger.setLevel(Level.DEBUG);
        try {
            action.run();
        } finally {
            logger.setLevel(level);
            logger.detachAppender(log);
        }
        return log.list;
    }

    @Test
    void forces_areTold_withHowLongTheyTook() {
        List<Duration> forces = new ArrayList<>();
        try (DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                .directory(directory)
                .whenForced(forces::add)
                .build()) {
            database.execute(Query.add("users", Map.of("n", 1)));
            database.execute(Query.getAll("users"));
            database.execute(Query.add("users", Map.of("n", 2)));
        }
        assertThat(forces).hasSize(2).allMatch(took -> took.toNanos() > 0);
    }

    @Test
    void forceBetweenTwoFiles_isToldToo() {
        List<Duration> forces = new ArrayList<>();
        try (DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                .directory(directory)
                .durability(Durability.OS)
                .segmentSize(1)
                .whenForced(forces::add)
                .build()) {
            database.execute(Query.add("users", Map.of("n", 1)));
            assertThat(forces).isEmpty();
            database.execute(Query.add("users", Map.of("n", 2)));
        }
        assertThat(forces).isNotEmpty();
    }

    @Test
    void failingListenerOfForces_isLogged_andTheWriteIsDurable() {
        List<ILoggingEvent> events = logOf("io.deltatrace.internal.storage.Journal", () -> {
            try (DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                    .directory(directory)
                    .whenForced(took -> {
                        throw new IllegalStateException("no");
                    })
                    .build()) {
                assertThat(database.execute(Query.add("users", Map.of("n", 1))).isSuccess())
                        .isTrue();
                assertThat(database.storage().orElseThrow().durableRevision()).isEqualTo(1);
            }
        });
        assertThat(events)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("A listener of the journal's forces failed");
    }
}
