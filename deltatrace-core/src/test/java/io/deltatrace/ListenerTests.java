package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.internal.engine.Notifier;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ListenerTests {

    private final DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();
    private final List<String> heard = new ArrayList<>();

    @Test
    void listener_isToldAfterTheCommit_onTheThreadThatMadeIt() {
        database.onChange(
                "users",
                (collection, entry) -> heard.add(collection + " " + entry.revision() + " "
                        + database.snapshot().size("users") + " "
                        + Thread.currentThread().getName()));

        database.execute(Query.add("users", Map.of("n", 1)));
        database.execute(Query.add("orders", Map.of("n", 1)));

        assertThat(heard).containsExactly("users 1 1 " + Thread.currentThread().getName());
    }

    @Test
    void transaction_tellsEachChangedCollectionOnce() {
        database.onChange("a", (collection, entry) -> heard.add(collection));
        database.onChange("b", (collection, entry) -> heard.add(collection));
        database.onChange("c", (collection, entry) -> heard.add(collection));

        database.execute(TransactionQuery.of(
                Query.add("a", Map.of("n", 1)),
                Query.add("a", Map.of("n", 2)),
                Query.add("b", Map.of("n", 1)),
                Query.getAll("c")));

        assertThat(heard).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void requestThatChangesNothing_tellsNobody() {
        database.execute(Query.add("users", Map.of("n", 1)));
        database.onChange("users", (collection, entry) -> heard.add(collection));

        database.execute(Query.update("users", Map.of("n", 2)).where(field("n").equalTo(9)));
        database.execute(Query.update("users", Map.of("n", 2))
                .where(field("n").equalTo(9))
                .mayAffectNone());
        database.execute(Query.getAll("users"));

        assertThat(heard).isEmpty();
    }

    @Test
    void failingListener_isLogged_andTheOthersRun() {
        Logger logger = (Logger) LoggerFactory.getLogger(Notifier.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            database.onChange("users", (collection, entry) -> {
                throw new IllegalStateException("no");
            });
            database.onChange("users", (collection, entry) -> {
                throw new AssertionError("neither");
            });
            database.onChange("users", (collection, entry) -> heard.add("second"));

            assertThat(database.execute(Query.add("users", Map.of("n", 1))).isSuccess())
                    .isTrue();
        } finally {
            logger.detachAppender(log);
        }
        assertThat(heard).containsExactly("second");
        assertThat(log.list).hasSize(2).allSatisfy(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getFormattedMessage()).isEqualTo("A listener of collection 'users' failed at revision 1");
        });
    }

    @Test
    void listener_mayItselfWrite() {
        database.onChange(
                "users",
                (collection, entry) -> database.execute(Query.add("log", Map.of("revision", entry.revision()))));

        database.execute(Query.add("users", Map.of("n", 1)));

        assertThat(database.snapshot().size("log")).isEqualTo(1);
        assertThat(database.snapshot().revision()).isEqualTo(2);
    }

    @Test
    void namedListener_replacesTheOneOfTheSameName_andUnnamedOnesAddUp() {
        database.onChange("users", "name", (collection, entry) -> heard.add("old"));
        database.onChange("users", "name", (collection, entry) -> heard.add("new"));
        ChangeListener unnamed = (collection, entry) -> heard.add("unnamed");
        database.onChange("users", unnamed);
        database.onChange("users", unnamed);

        database.execute(Query.add("users", Map.of("n", 1)));

        assertThat(heard).containsExactly("new", "unnamed", "unnamed");
    }

    @Test
    void cancelledSubscription_endsTheCalls() {
        Subscription first = database.onChange("users", (collection, entry) -> heard.add("first"));
        Subscription second = database.onChange("users", (collection, entry) -> heard.add("second"));
        first.cancel();
        first.cancel();
        database.execute(Query.add("users", Map.of("n", 1)));
        second.cancel();
        database.execute(Query.add("users", Map.of("n", 1)));

        assertThat(heard).containsExactly("second");
    }

    @Test
    void subscriptionOfAReplacedListener_doesNotCancelItsSuccessor() {
        Subscription old = database.onChange("users", "name", (collection, entry) -> heard.add("old"));
        database.onChange("users", "name", (collection, entry) -> heard.add("new"));
        old.cancel();

        database.execute(Query.add("users", Map.of("n", 1)));

        assertThat(heard).containsExactly("new");
    }

    @Test
    void listeners_outliveImportsAndRemovals() {
        database.onChange("users", (collection, entry) -> heard.add("changed at " + entry.revision()));
        Cause cause = Cause.of(Actor.system("test"), null, null);

        database.importCollection("users", json("{\"data\":[{\"n\":1}],\"serialNum\":5}"), cause);
        database.importFrom(json("{\"collections\":{\"other\":{\"data\":[],\"serialNum\":0}}}"), cause);
        database.execute(Query.add("users", Map.of("n", 1)));
        database.execute(Query.removeCollection("users"));

        assertThat(heard).containsExactly("changed at 1", "changed at 2", "changed at 3", "changed at 4");
    }

    @Test
    void listenerOfCommits_isToldOfEachAppliedEntryOnce_afterThoseOfItsCollections() {
        database.onCommit(entry -> heard.add("commit " + entry.revision() + " "
                + database.snapshot().revision() + " " + Thread.currentThread().getName()));
        database.onChange("a", (collection, entry) -> heard.add(collection));

        database.execute(TransactionQuery.of(Query.add("a", Map.of("n", 1)), Query.add("b", Map.of("n", 1))));
        database.execute(Query.getAll("a"));
        database.execute(Query.update("a", Map.of("n", 2)).where(field("n").equalTo(9)));
        database.execute(
                Query.update("a", Map.of("n", 2)).where(field("n").equalTo(9)).mayAffectNone());

        String thread = Thread.currentThread().getName();
        assertThat(heard).containsExactly("a", "commit 1 1 " + thread, "commit 3 3 " + thread);
    }

    @Test
    void failingListenerOfCommits_isLoggedWithoutItsMessage_andTheOthersRun() {
        Logger logger = (Logger) LoggerFactory.getLogger(Notifier.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            database.onCommit(entry -> {
                throw new IllegalStateException("secret");
            });
            database.onCommit(entry -> heard.add("second"));
            assertThat(database.execute(Query.add("users", Map.of("n", 1))).isSuccess())
                    .isTrue();
        } finally {
            logger.detachAppender(log);
        }
        assertThat(heard).containsExactly("second");
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage()).isEqualTo("A listener of all commits failed at revision 1");
            assertThat(ThrowableProxyUtil.asString(event.getThrowableProxy()))
                    .contains("java.lang.IllegalStateException", "ListenerTests")
                    .doesNotContain("secret");
        });
    }

    @Test
    void cancelledSubscriptionOfCommits_leavesAnotherOfTheSameListenerAlone() {
        Consumer<HistoryEntry> listener = entry -> heard.add("told");
        Subscription first = database.onCommit(listener);
        Subscription second = database.onCommit(listener);
        first.cancel();
        first.cancel();
        database.execute(Query.add("users", Map.of("n", 1)));
        second.cancel();
        database.execute(Query.add("users", Map.of("n", 1)));

        assertThat(heard).containsExactly("told");
    }

    private static ByteArrayInputStream json(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
