package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.AddQuery;
import io.deltatrace.query.Merge;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.QueryResult;
import io.deltatrace.result.TransactionResult;
import io.deltatrace.transaction.DeltaTraceTransaction;
import io.deltatrace.transaction.DeltaTraceTransaction.Savepoint;
import io.deltatrace.transaction.LockNotAcquiredException;
import io.deltatrace.transaction.TransactionConflictException;
import io.deltatrace.transaction.TransactionExpiredException;
import io.deltatrace.transaction.TransactionMode;
import io.deltatrace.transaction.TransactionOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TransactionTests {

    private static final TransactionOptions OPTIMISTIC = TransactionOptions.DEFAULT.mode(TransactionMode.OPTIMISTIC);
    private static final TransactionOptions READ_ONLY = TransactionOptions.DEFAULT.mode(TransactionMode.READ_ONLY);

    private DeltaTraceDatabase database;

    record Row(long id, int n) {}

    @BeforeEach
    void open() {
        database =
                DeltaTraceDatabase.builder().lockTimeout(Duration.ofMillis(50)).build();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static AddQuery add(String collection, int n) {
        return Query.add(collection, Map.of("id", -1, "n", n)).serialKey("id").returnData();
    }

    private static <T> T elsewhere(Supplier<T> action) {
        return CompletableFuture.supplyAsync(action).join();
    }

    private long count(String collection) {
        return database.execute(Query.count(collection)).hitCount();
    }

    private long countElsewhere(String collection) {
        return elsewhere(() -> count(collection));
    }

    private List<HistoryEntry> entries() {
        return database.history().entries(HistoryFilter.all().fromTheOldest());
    }

    @Test
    void writes_areOneEntry_asIfExecutedAtOnce() {
        try (DeltaTraceTransaction transaction = database.begin()) {
            database.execute(add("rows", 1)).orThrow();
            assertThat(count("rows")).isEqualTo(1);
            database.execute(Query.update("rows", Map.of("n", 5))
                            .where(field("n").equalTo(1)))
                    .orThrow();
            database.execute(add("others", 7)).orThrow();
            assertThat(entries()).isEmpty();
            transaction.commit();
        }
        Cause system = Cause.of(Actor.system("system"), null, null);
        TransactionQuery expected = TransactionQuery.of(
                add("rows", 1).because(system),
                Query.update("rows", Map.of("n", 5))
                        .where(field("n").equalTo(1))
                        .because(system),
                add("others", 7).because(system));
        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.request()).isEqualTo(expected);
            assertThat(entry.outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(entry.effects())
                    .containsExactly(
                            new HistoryEntry.Effect("rows", QueryType.ADD, 1, 1),
                            new HistoryEntry.Effect("rows", QueryType.UPDATE, 1, 1),
                            new HistoryEntry.Effect("others", QueryType.ADD, 1, 1));
        });
        try (DeltaTraceDatabase atOnce = DeltaTraceDatabase.inMemory()) {
            atOnce.execute(expected).orThrow();
            assertThat(database.snapshot().hash()).isEqualTo(atOnce.snapshot().hash());
        }
        assertThat(database.snapshot().revision()).isEqualTo(1);
    }

    @Test
    void everyWayToAsk_seesTheTransaction_andNobodyElseDoes() {
        database.execute(add("rows", 1)).orThrow();
        try (DeltaTraceTransaction transaction = database.begin()) {
            Row added = database.collection("rows", Row.class).serialKey("id").add(new Row(-1, 2));
            assertThat(added.id()).isEqualTo(1);
            database.execute(TransactionQuery.of(add("rows", 3), add("others", 4)))
                    .orThrow();
            database.execute(
                    "{\"className\":\"Query\",\"type\":\"add\",\"target\":\"more\",\"addData\":[{\"n\":5}],\"returnData\":false}");

            assertThat(database.collection("rows", Row.class).count()).isEqualTo(3);
            assertThat(database.collections()).containsExactly("rows", "others", "more");
            assertThat(database.snapshot().size("rows")).isEqualTo(3);
            ByteArrayOutputStream export = new ByteArrayOutputStream();
            database.exportCollection("more", export);
            assertThat(export.toString(StandardCharsets.UTF_8)).contains("{\"n\":5}");
            assertThat(database.asOf(1).size("rows")).isEqualTo(1);
            assertThat(countElsewhere("rows")).isEqualTo(1);
            assertThat(elsewhere(() -> database.collections())).containsExactly("rows");
            transaction.commit();
        }
        assertThat(countElsewhere("rows")).isEqualTo(3);
        assertThat(entries()).hasSize(2);
        assertThat(((TransactionQuery) entries().get(1).request()).queries()).hasSize(4);
    }

    @Test
    void failedWrites_changeNothing_andTheTransactionGoesOn() {
        try (DeltaTraceTransaction transaction = database.begin()) {
            assertThat(database.execute(Query.clear("rows")).isSuccess()).isFalse();
            database.execute(add("rows", 1)).orThrow();
            assertThat(database.execute(Query.clear("others")).errorMessage()).startsWith("Nothing was affected");
            TransactionResult failed = database.execute(TransactionQuery.of(add("rows", 2), Query.clear("others")));
            assertThat(failed.isSuccess()).isFalse();
            database.execute(add("rows", 3)).orThrow();
            transaction.commit();
        }
        assertThat(database.execute(Query.getAll("rows")).as(Row.class)).containsExactly(new Row(0, 1), new Row(1, 3));
        assertThat(((TransactionQuery) entries().get(0).request()).queries()).hasSize(2);
    }

    @Test
    void whatCannotBePartOfATransaction_isRefused() {
        database.execute(add("rows", 1)).orThrow();
        Cause cause = Cause.of(Actor.system("test"), null, null);
        try (DeltaTraceTransaction transaction = database.begin()) {
            QueryResult removal = database.execute(Query.removeCollection("rows"));
            assertThat(removal.errorMessage()).isEqualTo("It cannot be part of a transaction");
            Merge merge = Merge.of("rows", "id", "merged", Map.of("id", "base.id"));
            assertThat(database.execute(Query.merge(merge)).errorMessage())
                    .isEqualTo("It cannot be part of a transaction");
            assertThat(database.execute(TransactionQuery.of(Query.removeCollection("rows")))
                            .errorMessage())
                    .contains("it cannot be part of a transaction");
            assertThatIllegalStateException()
                    .isThrownBy(() -> database.revertTo(0, cause))
                    .withMessageContaining("commit it, roll it back or suspend it first");
            assertThatIllegalStateException().isThrownBy(() -> database.undo(1, cause));
            assertThatIllegalStateException()
                    .isThrownBy(() -> database.importCollection(
                            "rows",
                            new ByteArrayInputStream(
                                    "{\"className\":\"Collection\",\"data\":[]}".getBytes(StandardCharsets.UTF_8)),
                            cause));
            transaction.commit();
        }
        assertThat(entries()).hasSize(1);
    }

    @Test
    void rolledBack_leavesNothing() {
        try (DeltaTraceTransaction transaction = database.begin()) {
            database.execute(add("rows", 1)).orThrow();
            transaction.rollback();
        }
        try (DeltaTraceTransaction transaction = database.begin()) {
            database.execute(add("rows", 2)).orThrow();
            assertThat(transaction).isNotNull();
        }
        try (DeltaTraceTransaction transaction = database.begin()) {
            assertThat(count("rows")).isZero();
            transaction.rollback("nothing had been written");
        }
        assertThat(entries()).isEmpty();
        assertThat(database.collections()).isEmpty();
        assertThat(database.execute(add("rows", 3)).as(Row.class)).containsExactly(new Row(0, 3));
    }

    @Test
    void rolledBackWithAReason_isAFailedEntry_ifThoseAreRecorded() {
        database.execute(add("rows", 1)).orThrow();
        try (DeltaTraceTransaction transaction = database.begin()) {
            database.execute(add("rows", 2)).orThrow();
            transaction.rollback("the mail server was down");
        }
        HistoryEntry failed = entries().get(1);
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.errorMessage()).isEqualTo("the mail server was down");
        assertThat(failed.request().collectionNames()).containsExactly("rows");
        assertThat(failed.effects()).isEmpty();
        assertThat(count("rows")).isEqualTo(1);
        try (DeltaTraceDatabase silent = DeltaTraceDatabase.builder().record().build()) {
            try (DeltaTraceTransaction transaction = silent.begin()) {
                silent.execute(add("rows", 2)).orThrow();
                transaction.rollback("the mail server was down");
            }
            assertThat(silent.history().entries(HistoryFilter.all())).isEmpty();
        }
    }

    @Test
    void savepoint_isGoneBackTo_asOftenAsWanted() {
        try (DeltaTraceTransaction transaction = database.begin()) {
            Savepoint begin = transaction.savepoint();
            database.execute(add("rows", 1)).orThrow();
            Savepoint one = transaction.savepoint();
            database.execute(add("rows", 2)).orThrow();
            one.rollback();
            assertThat(count("rows")).isEqualTo(1);
            database.execute(add("rows", 3)).orThrow();
            one.rollback();
            begin.rollback();
            assertThat(count("rows")).isZero();
            one.rollback();
            database.execute(add("rows", 4)).orThrow();
            transaction.commit();
        }
        assertThat(database.execute(Query.getAll("rows")).as(Row.class)).containsExactly(new Row(0, 1), new Row(1, 4));
        assertThat(((TransactionQuery) entries().get(0).request()).queries()).hasSize(2);
    }

    @Test
    void savepointAtTheBeginning_doesNotGoBackBehindTheWritesOfOthers() {
        database.execute(add("rows", 1)).orThrow();
        try (DeltaTraceTransaction transaction = database.begin(OPTIMISTIC)) {
            Savepoint begin = transaction.savepoint();
            elsewhere(() -> database.execute(add("rows", 2)));
            database.execute(add("rows", 3)).orThrow();
            begin.rollback();
            assertThat(count("rows")).isEqualTo(2);
            database.execute(add("rows", 4)).orThrow();
            transaction.commit();
        }
        assertThat(count("rows")).isEqualTo(3);
    }

    @Test
    void readOnly_seesOneSnapshot_andKeepsNobodyWaiting() {
        database.execute(add("rows", 1)).orThrow();
        try (DeltaTraceTransaction transaction = database.begin(READ_ONLY)) {
            elsewhere(() -> database.execute(add("rows", 2)).orThrow());
            assertThat(count("rows")).isEqualTo(1);
            assertThat(database.snapshot().revision()).isEqualTo(1);
            assertThatIllegalStateException()
                    .isThrownBy(() -> database.execute(add("rows", 3)))
                    .withMessageContaining("read-only");
            transaction.commit();
        }
        assertThat(count("rows")).isEqualTo(2);
        assertThat(entries()).hasSize(2);
    }

    @Test
    void exclusive_hasTheRightToWrite_fromItsFirstRequestToItsEnd() {
        try (DeltaTraceTransaction transaction = database.begin()) {
            elsewhere(() -> database.execute(add("rows", 1)).orThrow());
            assertThat(count("rows")).isEqualTo(1);
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> elsewhere(() -> database.execute(add("rows", 2))))
                    .withCauseExactlyInstanceOf(LockNotAcquiredException.class)
                    .withMessageContaining("PT0.05S");
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> elsewhere(() -> {
                        try (DeltaTraceTransaction other =
                                database.begin(TransactionOptions.DEFAULT.lockTimeout(Duration.ZERO))) {
                            return other.savepoint().toString() + count("rows");
                        }
                    }))
                    .withCauseExactlyInstanceOf(LockNotAcquiredException.class)
                    .withMessageContaining("PT0S");
            database.execute(add("rows", 3)).orThrow();
            transaction.commit();
        }
        elsewhere(() -> database.execute(add("rows", 4)).orThrow());
        assertThat(count("rows")).isEqualTo(3);
    }

    @Test
    void waitingForTheRightToWrite_canBeInterrupted_inATransaction() {
        try (DeltaTraceTransaction transaction = database.begin()) {
            database.execute(add("rows", 1)).orThrow();
            boolean stillInterrupted = elsewhere(() -> {
                try (DeltaTraceTransaction other =
                        database.begin(TransactionOptions.DEFAULT.lockTimeout(Duration.ofDays(1)))) {
                    Thread.currentThread().interrupt();
                    assertThatExceptionOfType(LockNotAcquiredException.class)
                            .isThrownBy(() -> count("rows"))
                            .withMessageContaining("interrupted");
                    other.rollback();
                }
                return Thread.interrupted();
            });
            assertThat(stillInterrupted).isTrue();
            transaction.commit();
        }
    }

    @Test
    void interruptedThread_stillWaitsForTheTurnOfASingleWrite() throws Exception {
        DeltaTraceDatabase patient = DeltaTraceDatabase.inMemory();
        Thread writer;
        List<Boolean> done = new ArrayList<>();
        try (DeltaTraceTransaction transaction = patient.begin()) {
            patient.execute(add("rows", 1)).orThrow();
            CountDownLatch started = new CountDownLatch(1);
            writer = new Thread(() -> {
                Thread.currentThread().interrupt();
                started.countDown();
                patient.execute(add("rows", 2)).orThrow();
                done.add(Thread.currentThread().isInterrupted());
            });
            writer.start();
            started.await();
            transaction.commit();
        }
        writer.join();
        assertThat(done).containsExactly(true);
        assertThat(patient.snapshot().size("rows")).isEqualTo(2);
        patient.close();
    }

    @Test
    void optimistic_isRefused_ifWhatItReadWasChanged() {
        database.execute(add("rows", 1)).orThrow();
        try (DeltaTraceTransaction transaction = database.begin(OPTIMISTIC)) {
            assertThat(count("rows")).isEqualTo(1);
            elsewhere(() -> database.execute(add("rows", 2)).orThrow());
            assertThat(count("rows")).isEqualTo(1);
            assertThatExceptionOfType(TransactionConflictException.class)
                    .isThrownBy(() -> database.execute(add("others", 3)))
                    .withMessageContaining("[rows]");
            transaction.commit();
        }
        try (DeltaTraceTransaction transaction = database.begin(OPTIMISTIC)) {
            assertThat(database.snapshot().size("rows")).isEqualTo(2);
            elsewhere(() -> database.execute(add("unread", 2)).orThrow());
            assertThatExceptionOfType(TransactionConflictException.class)
                    .isThrownBy(() -> database.execute(add("others", 3)))
                    .withMessageContaining("[unread]");
            transaction.commit();
        }
        assertThat(database.collections()).containsExactly("rows", "unread");
    }

    @Test
    void optimistic_goesOnFromTheLastState_ifItHasNotReadWhatWasChanged() {
        try (DeltaTraceTransaction transaction = database.begin(OPTIMISTIC)) {
            assertThat(count("rows")).isZero();
            elsewhere(() -> database.execute(add("others", 2)).orThrow());
            database.execute(add("rows", 1)).orThrow();
            assertThat(count("others")).isEqualTo(1);
            transaction.commit();
        }
        assertThat(database.snapshot().revision()).isEqualTo(2);
        assertThat(database.collections()).containsExactly("others", "rows");
    }

    @Test
    void expired_canOnlyBeRolledBack() {
        TransactionOptions noTime = TransactionOptions.DEFAULT.timeout(Duration.ZERO);
        try (DeltaTraceTransaction transaction = database.begin(noTime)) {
            assertThatExceptionOfType(TransactionExpiredException.class)
                    .isThrownBy(() -> database.execute(add("rows", 1)))
                    .withMessageContaining("PT0S");
            assertThatExceptionOfType(TransactionExpiredException.class).isThrownBy(() -> database.snapshot());
            assertThatExceptionOfType(TransactionExpiredException.class).isThrownBy(transaction::commit);
            assertThatIllegalStateException().isThrownBy(transaction::rollback).withMessageContaining("has ended");
        }
        assertThat(database.execute(add("rows", 2)).isSuccess()).isTrue();
    }

    @Test
    void waitingBeyondTheEnd_isExpiry() {
        TransactionOptions options =
                TransactionOptions.DEFAULT.timeout(Duration.ofMillis(20)).lockTimeout(Duration.ofDays(1));
        try (DeltaTraceTransaction transaction = database.begin()) {
            database.execute(add("rows", 1)).orThrow();
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> elsewhere(() -> {
                        try (DeltaTraceTransaction other = database.begin(options)) {
                            return other.savepoint().toString() + count("rows");
                        }
                    }))
                    .withCauseExactlyInstanceOf(TransactionExpiredException.class);
            transaction.commit();
        }
    }

    @Test
    void translator_makesTheExceptions() {
        TransactionOptions options = TransactionOptions.DEFAULT
                .timeout(Duration.ZERO)
                .translatedBy(failure -> new UnsupportedOperationException(failure));
        try (DeltaTraceTransaction transaction = database.begin(options)) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> count("rows"));
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> database.snapshot());
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(transaction::commit)
                    .withCauseExactlyInstanceOf(TransactionExpiredException.class);
        }
    }

    @Test
    void misuse_isRefused() {
        DeltaTraceTransaction transaction = database.begin();
        assertThatIllegalStateException()
                .isThrownBy(() -> database.begin())
                .withMessageContaining("another transaction open");
        for (Runnable use : List.<Runnable>of(
                transaction::commit,
                transaction::rollback,
                transaction::savepoint,
                transaction::suspend,
                transaction::resume,
                transaction::close)) {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> CompletableFuture.runAsync(use).join())
                    .withCauseInstanceOf(IllegalStateException.class)
                    .withMessageContaining("belongs to the thread");
        }
        Savepoint savepoint = transaction.savepoint();
        transaction.commit();
        assertThatIllegalStateException().isThrownBy(transaction::commit).withMessageContaining("has ended");
        assertThatIllegalStateException().isThrownBy(savepoint::rollback);
        transaction.close();
        transaction.suspend();
        transaction.resume();
        try (DeltaTraceTransaction next = database.begin()) {
            assertThat(next).isNotSameAs(transaction);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TransactionOptions.DEFAULT.timeout(Duration.ofNanos(-1)))
                .withMessageContaining("negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeltaTraceDatabase.builder().lockTimeout(Duration.ZERO))
                .withMessageContaining("must be able to wait");
    }

    @Test
    void suspended_letsItsThreadWriteBesideIt_untilItHasWritten() {
        try (DeltaTraceTransaction outer = database.begin()) {
            assertThat(count("rows")).isZero();
            outer.suspend();
            try (DeltaTraceTransaction inner = database.begin()) {
                database.execute(add("others", 1)).orThrow();
                inner.commit();
            }
            database.execute(add("others", 2)).orThrow();
            outer.resume();
            assertThat(count("rows")).isZero();
            database.execute(add("rows", 3)).orThrow();
            assertThat(count("others")).isEqualTo(2);

            outer.suspend();
            assertThat(count("rows")).isZero();
            assertThatExceptionOfType(LockNotAcquiredException.class)
                    .isThrownBy(() -> database.execute(add("others", 4)))
                    .withMessageContaining("suspended transaction");
            try (DeltaTraceTransaction inner = database.begin()) {
                assertThat(count("others")).isEqualTo(2);
                assertThatExceptionOfType(LockNotAcquiredException.class)
                        .isThrownBy(() -> database.execute(add("others", 5)));
                assertThatIllegalStateException().isThrownBy(outer::resume);
                inner.rollback();
            }
            outer.resume();
            outer.commit();
        }
        assertThat(database.snapshot().revision()).isEqualTo(3);
        assertThat(count("others")).isEqualTo(2);
        assertThat(count("rows")).isEqualTo(1);
    }

    @Test
    void suspended_isRefused_ifItsOwnThreadChangedWhatItHasRead() {
        try (DeltaTraceTransaction outer = database.begin()) {
            assertThat(count("rows")).isZero();
            outer.suspend();
            database.execute(add("rows", 1)).orThrow();
            outer.resume();
            assertThat(count("rows")).isZero();
            assertThatExceptionOfType(TransactionConflictException.class)
                    .isThrownBy(() -> database.execute(add("rows", 2)));
        }
        assertThat(count("rows")).isEqualTo(1);
    }

    @Test
    void failedWrite_countsAsARead() {
        try (DeltaTraceTransaction outer = database.begin()) {
            assertThat(database.execute(Query.clear("rows")).isSuccess()).isFalse();
            outer.suspend();
            database.execute(add("rows", 1)).orThrow();
            outer.resume();
            assertThatExceptionOfType(TransactionConflictException.class)
                    .isThrownBy(() -> database.execute(add("others", 2)));
        }
    }

    @Test
    void savepointWithWrites_isGone_onceOthersHaveWritten() {
        try (DeltaTraceTransaction outer = database.begin()) {
            Savepoint begin = outer.savepoint();
            database.execute(add("rows", 1)).orThrow();
            Savepoint written = outer.savepoint();
            begin.rollback();
            outer.suspend();
            database.execute(add("rows", 2)).orThrow();
            outer.resume();
            database.execute(add("others", 3)).orThrow();
            assertThatIllegalStateException()
                    .isThrownBy(written::rollback)
                    .withMessageContaining("Others have written since");
            outer.commit();
        }
        assertThat(count("rows")).isEqualTo(1);
        assertThat(count("others")).isEqualTo(1);
    }

    @Test
    void savepointOfASuspendedTransaction_doesNotTakeTheTurnOfAnother() {
        try (DeltaTraceTransaction outer = database.begin()) {
            assertThat(count("rows")).isZero();
            Savepoint begin = outer.savepoint();
            outer.suspend();
            try (DeltaTraceTransaction inner = database.begin()) {
                database.execute(add("rows", 1)).orThrow();
                begin.rollback();
                inner.suspend();
                assertThatExceptionOfType(LockNotAcquiredException.class)
                        .isThrownBy(() -> database.execute(add("rows", 2)));
                inner.resume();
                inner.commit();
            }
            outer.resume();
        }
        assertThat(count("rows")).isEqualTo(1);
    }

    @Test
    void closingTheDatabase_doesNotWaitForOpenTransactions() {
        DeltaTraceTransaction transaction = database.begin();
        database.execute(add("rows", 1)).orThrow();
        CompletableFuture.runAsync(database::close).join();
        assertThatIllegalStateException()
                .isThrownBy(() -> database.execute(add("rows", 2)))
                .withMessage("The database is closed");
        assertThatIllegalStateException().isThrownBy(transaction::commit).withMessage("The database is closed");
        assertThatIllegalStateException().isThrownBy(transaction::rollback).withMessageContaining("has ended");
    }

    @Test
    void afterTheDatabaseWasClosed_rollingBackIsQuiet() {
        DeltaTraceTransaction transaction = database.begin();
        database.execute(add("rows", 1)).orThrow();
        database.execute(add("rows", 2), Map.of());
        database.close();
        transaction.rollback("the application stops");
        assertThatIllegalStateException().isThrownBy(transaction::rollback).withMessageContaining("has ended");
    }

    @Test
    void listeners_runOnce_afterTheCommit_andMayWrite() {
        List<String> heard = new ArrayList<>();
        database.onChange("rows", (collection, entry) -> {
            heard.add(collection + " " + entry.revision());
            database.execute(add("log", 1)).orThrow();
        });
        database.onChange("others", (collection, entry) -> heard.add(collection));
        try (DeltaTraceTransaction transaction = database.begin()) {
            database.execute(add("rows", 1)).orThrow();
            database.execute(add("rows", 2)).orThrow();
            assertThat(heard).isEmpty();
            transaction.commit();
        }
        assertThat(heard).containsExactly("rows 1");
        assertThat(count("log")).isEqualTo(1);
    }

    @Test
    void deniedRequests_areEntriesOfTheirOwn_afterTheTransaction() {
        try (DeltaTraceTransaction transaction = database.begin()) {
            database.execute(add("rows", 1)).orThrow();
            QueryResult denied = database.execute(add("rows", 2), Map.of("rows", Permission.of(QueryType.SEARCH)));
            assertThat(denied.isSuccess()).isFalse();
            database.execute(add("rows", 3), Map.of("rows", Permission.of(QueryType.ADD)))
                    .orThrow();
            transaction.commit();
        }
        assertThat(entries()).extracting(HistoryEntry::outcome).containsExactly(Outcome.APPLIED, Outcome.DENIED);
        assertThat(count("rows")).isEqualTo(2);
    }

    @Test
    void reads_areEntriesOfTheirOwn_ifTheyAreRecorded() {
        try (DeltaTraceDatabase recording =
                DeltaTraceDatabase.builder().record(Outcome.READ).build()) {
            try (DeltaTraceTransaction transaction = recording.begin()) {
                recording.execute(Query.count("rows"));
                recording.execute(add("rows", 1)).orThrow();
                recording.execute(Query.getAll("rows"));
                transaction.commit();
            }
            assertThat(recording.history().entries(HistoryFilter.all().fromTheOldest()))
                    .extracting(HistoryEntry::outcome)
                    .containsExactly(Outcome.APPLIED, Outcome.READ, Outcome.READ);
        }
    }

    @Test
    void cause_isThatOfTheTransaction_unlessAWriteHasItsOwn() {
        Cause given = Cause.of(Actor.human("alice"), "order", "a customer called");
        Cause own = Cause.of(Actor.human("bob"), "stock", "counted again");
        try (DeltaTraceTransaction transaction = database.begin(TransactionOptions.DEFAULT.because(given))) {
            database.execute(add("rows", 1)).orThrow();
            database.execute(TransactionQuery.of(add("rows", 2).because(own), add("rows", 3)))
                    .orThrow();
            transaction.commit();
        }
        HistoryEntry entry = entries().get(0);
        assertThat(entry.request().cause()).isEqualTo(given);
        assertThat(((TransactionQuery) entry.request()).queries())
                .extracting(Query::cause)
                .containsExactly(given, own, given);
    }

    @Test
    void cause_isCompletedOnce_atTheFirstWrite() {
        List<Cause> asked = new ArrayList<>();
        String[] why = {"too early"};
        try (DeltaTraceDatabase caused = DeltaTraceDatabase.builder()
                .causeProvider(given -> {
                    Cause cause = Cause.of(Actor.system("test"), null, why[0]);
                    asked.add(cause);
                    return cause;
                })
                .build()) {
            try (DeltaTraceTransaction transaction = caused.begin()) {
                caused.execute(Query.count("rows"));
                why[0] = "at the first write";
                caused.execute(add("rows", 1)).orThrow();
                why[0] = "too late";
                caused.execute(add("rows", 2)).orThrow();
                transaction.commit();
            }
            assertThat(asked).extracting(Cause::why).containsExactly("at the first write");
            TransactionQuery committed = (TransactionQuery)
                    caused.history().entries(HistoryFilter.all()).get(0).request();
            assertThat(committed.queries())
                    .extracting(query -> query.cause().why())
                    .containsExactly("at the first write", "at the first write");
        }
    }
}
