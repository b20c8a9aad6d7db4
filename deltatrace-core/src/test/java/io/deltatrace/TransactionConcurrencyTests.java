package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.cause.CauseProvider;
import io.deltatrace.document.DocumentMapper;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.index.Index;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.internal.engine.DeclaredIndexes;
import io.deltatrace.internal.engine.MemoryCommitLog;
import io.deltatrace.internal.engine.Recording;
import io.deltatrace.json.Json;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.query.Query;
import io.deltatrace.storage.Durability;
import io.deltatrace.transaction.DeltaTraceTransaction;
import io.deltatrace.transaction.TransactionConflictException;
import io.deltatrace.transaction.TransactionMode;
import io.deltatrace.transaction.TransactionOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class TransactionConcurrencyTests {

    private static final int THREADS = 8;
    private static final int INCREMENTS = 250;

    @TempDir
    private Path directory;

    /** Reads a counter and writes one more, several times in a thread; answers how often that had to be tried again. */
    private static int increment(DeltaTraceDatabase database, TransactionOptions options, int times) {
        int conflicts = 0;
        for (int done = 0; done < times; ) {
            try (DeltaTraceTransaction transaction = database.begin(options)) {
                long seen = counter(database);
                database.execute(Query.updateOne("rows", Map.of("counter", seen + 1))
                                .where(field("counter").isNotNull()))
                        .orThrow();
                transaction.commit();
                done++;
            } catch (TransactionConflictException e) {
                conflicts++;
            }
        }
        return conflicts;
    }

    private static long counter(DeltaTraceDatabase database) {
        return (Long) database.execute(Query.getAll("rows")).documents().get(0).get("counter");
    }

    /** With and without others that write directly, which must not be lost either. */
    private static int incrementInThreads(DeltaTraceDatabase database, TransactionOptions options, int times)
            throws Exception {
        database.execute(Query.add("rows", Map.of("counter", 0))).orThrow();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
        List<Future<Integer>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            running.add(threads.submit(() -> increment(database, options, times)));
        }
        Future<?> direct = threads.submit(() -> {
            for (int n = 0; n < times; n++) {
                database.execute(Query.add("others", Map.of("n", n))).orThrow();
            }
        });
        int conflicts = 0;
        for (Future<Integer> each : running) {
            conflicts += each.get();
        }
        direct.get();
        threads.shutdown();
        assertThat(counter(database)).isEqualTo((long) THREADS * times);
        assertThat(database.snapshot().size("others")).isEqualTo(times);
        assertThat(database.snapshot().revision()).isEqualTo(1 + (THREADS + 1L) * times);
        return conflicts;
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionMode.class,
            names = {"EXCLUSIVE", "OPTIMISTIC"})
    void increments_areNotLost_inMemory(TransactionMode mode) throws Exception {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            int conflicts = incrementInThreads(database, TransactionOptions.DEFAULT.mode(mode), INCREMENTS);
            if (mode == TransactionMode.EXCLUSIVE) {
                assertThat(conflicts).isZero();
            }
        }
    }

    @Test
    void increments_areNotLost_onFiles() throws Exception {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                .directory(directory)
                .durability(Durability.ALWAYS)
                .build()) {
            assertThat(incrementInThreads(database, TransactionOptions.DEFAULT, 50))
                    .isZero();
        }
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            assertThat(counter(database)).isEqualTo(THREADS * 50L);
            assertThat(database.history().verify().fault()).isNull();
        }
    }

    /** What a transaction was told may not be durable before it ends, but it is then, however it ends. */
    @ParameterizedTest
    @EnumSource(End.class)
    void whatWasRead_isDurableAtTheEnd(End end) {
        AwaitedLog log = new AwaitedLog();
        try (DeltaTraceDatabase database = new EmbeddedDatabase(
                log,
                new Json(JsonLimits.DEFAULT),
                DocumentMapper.standard(),
                Clock.systemUTC(),
                CauseProvider.SYSTEM,
                Recording.DEFAULT)) {
            database.execute(Query.add("rows", Map.of("n", 1))).orThrow();
            log.awaited.clear();
            try (DeltaTraceTransaction transaction = database.begin()) {
                assertThat(database.execute(Query.count("rows")).hitCount()).isEqualTo(1);
                assertThat(log.awaited).isEmpty();
                end.of(transaction);
            }
            assertThat(log.awaited).containsExactly(1L);
        }
    }

    enum End {
        COMMIT,
        ROLLBACK,
        CLOSE;

        private void of(DeltaTraceTransaction transaction) {
            switch (this) {
                case COMMIT -> transaction.commit();
                case ROLLBACK -> transaction.rollback();
                case CLOSE -> transaction.close();
            }
        }
    }

    /** The entry of a writer is durable, but he has not been told yet: others know of it by the ways there are. */
    @ParameterizedTest
    @EnumSource(Glimpse.class)
    void whatWasSeen_isNotUnseenAfterwards(Glimpse glimpse) throws Exception {
        HeldUpLog log = new HeldUpLog();
        try (DeltaTraceDatabase database = new EmbeddedDatabase(
                log,
                DatabaseState.EMPTY.indexedBy(DeclaredIndexes.of(
                        Map.of("rows", List.of(Index.hash("n").unique())))),
                new Json(JsonLimits.DEFAULT),
                DocumentMapper.standard(),
                Clock.systemUTC(),
                CauseProvider.SYSTEM,
                new Recording(Set.of()),
                RequestObserver.NONE,
                TransactionOptions.DEFAULT_LOCK_TIMEOUT)) {
            Thread writer = new Thread(() -> database.execute(Query.add("rows", Map.of("n", 1))), HeldUpLog.THREAD);
            writer.start();
            log.appended.await();

            glimpse.of(database);

            assertThat(database.execute(Query.count("rows")).hitCount()).isEqualTo(1);
            assertThat(database.snapshot().size("rows")).isEqualTo(1);
            log.released.countDown();
            writer.join();
        }
    }

    enum Glimpse {
        COMMIT,
        ROLLBACK,
        REFUSAL;

        private void of(DeltaTraceDatabase database) {
            if (this == REFUSAL) {
                assertThat(database.execute(Query.add("rows", Map.of("n", 1))).isSuccess())
                        .isFalse();
                return;
            }
            try (DeltaTraceTransaction transaction = database.begin()) {
                assertThat(database.execute(Query.count("rows")).hitCount()).isEqualTo(1);
                if (this == COMMIT) {
                    transaction.commit();
                }
            }
        }
    }

    /** Lets one thread wait for what is durable already. */
    private static final class HeldUpLog extends ForwardingCommitLog {

        private static final String THREAD = "held up";

        private final CountDownLatch appended = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        HeldUpLog() {
            super(new MemoryCommitLog(10));
        }

        @Override
        public void awaitDurable(long revision) {
            if (Thread.currentThread().getName().equals(THREAD)) {
                appended.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static final class AwaitedLog extends ForwardingCommitLog {

        private final List<Long> awaited = new ArrayList<>();

        AwaitedLog() {
            super(new MemoryCommitLog(10));
        }

        @Override
        public void awaitDurable(long revision) {
            awaited.add(revision);
            super.awaitDurable(revision);
        }
    }
}
