package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.document.DocumentMapper;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.history.DocumentVersion;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.internal.engine.MemoryCommitLog;
import io.deltatrace.internal.engine.Recording;
import io.deltatrace.json.Json;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.TransactionResult;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConcurrencyTests {

    private static final int WRITERS = 4;
    private static final int READERS = 4;
    private static final int COMMITS = 2_000;

    /**
     * Each commit is a transaction that adds one document and raises a counter, so a state is some prefix of the commits
     * exactly if the counter equals the number of documents and no writer's own sequence has a gap.
     */
    @Test
    @Timeout(120)
    void readers_seePrefixesOfTheCommits_andNothingIsLost() throws Exception {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.builder().record().build()) {
            database.execute(Query.add("rows", Map.of("counter", 0)));
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS);
            CountDownLatch writing = new CountDownLatch(WRITERS);
            List<Future<Integer>> writers = new ArrayList<>();
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(threads.submit(() -> {
                    int done = write(database, writer);
                    writing.countDown();
                    return done;
                }));
            }
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(reader(database, writing)));
            }
            for (Future<Integer> writer : writers) {
                assertThat(writer.get()).isEqualTo(COMMITS);
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
            threads.shutdown();
            assertThat(checkedCommits(database.snapshot())).isEqualTo(WRITERS * COMMITS);
            assertThat(database.snapshot().revision()).isEqualTo(1L + WRITERS * COMMITS);
        }
    }

    private static int write(DeltaTraceDatabase database, int writer) {
        int done = 0;
        while (done < COMMITS) {
            Snapshot seen = database.snapshot();
            long counter = counter(seen.execute(Query.getAll("rows").limit(1)).documents());
            TransactionResult result = database.execute(TransactionQuery.of(
                    Query.updateOne("rows", Map.of("counter", counter + 1))
                            .where(field("counter").equalTo(counter)),
                    Query.add("rows", Map.of("writer", writer, "sequence", done))));
            if (result.isSuccess()) {
                done++;
            }
        }
        return done;
    }

    private static Callable<Integer> reader(DeltaTraceDatabase database, CountDownLatch writing) {
        return () -> {
            int reads = 0;
            long last = 0;
            while (reads == 0 || writing.getCount() > 0) {
                Snapshot snapshot = database.snapshot();
                long commits = checkedCommits(snapshot);
                assertThat(commits).isGreaterThanOrEqualTo(last).isEqualTo(snapshot.revision() - 1);
                last = commits;
                reads++;
            }
            return reads;
        };
    }

    private static long checkedCommits(Snapshot snapshot) {
        List<Document> rows = snapshot.execute(Query.getAll("rows")).documents();
        long[] next = new long[WRITERS];
        for (Document row : rows.subList(1, rows.size())) {
            int writer = ((Long) row.get("writer")).intValue();
            assertThat(row.get("sequence")).isEqualTo(next[writer]++);
        }
        assertThat(counter(rows)).isEqualTo(rows.size() - 1L);
        return rows.size() - 1L;
    }

    private static long counter(List<Document> rows) {
        return (Long) rows.get(0).get("counter");
    }

    @Test
    @Timeout(60)
    void reader_doesNotWaitForAWriterThatIsStuckInTheLog() throws Exception {
        StuckLog log = new StuckLog();
        EmbeddedDatabase database = new EmbeddedDatabase(
                log,
                new Json(JsonLimits.DEFAULT),
                DocumentMapper.standard(),
                Clock.systemUTC(),
                CauseProvider.SYSTEM,
                Recording.DEFAULT);
        Thread writer = new Thread(() -> database.execute(Query.add("rows", Map.of("n", 1))));
        writer.start();
        assertThat(log.entered.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(database.execute(Query.count("rows")).hitCount()).isZero();
        assertThat(database.snapshot().revision()).isZero();
        log.released.countDown();
        writer.join();

        assertThat(database.execute(Query.count("rows")).hitCount()).isEqualTo(1);
    }

    /** A commit log that stops in the middle of an append, while the writer has the lock. */
    private static final class StuckLog extends ForwardingCommitLog {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        StuckLog() {
            super(new MemoryCommitLog(10));
        }

        @Override
        public HistoryEntry append(HistoryEntry entry, DatabaseState after) {
            entered.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return super.append(entry, after);
        }
    }

    /** Entries are folded away under the reader's hands, and still it is told of every document exactly once. */
    @Test
    @Timeout(60)
    void lookingBack_isWholeWhileWritersFoldThePast() throws Exception {
        try (DeltaTraceDatabase database =
                DeltaTraceDatabase.builder().historyLimit(64).build()) {
            Thread writer = new Thread(() -> {
                for (int n = 0; n < 3_000; n++) {
                    database.execute(Query.add("rows", Map.of("n", n)));
                }
            });
            writer.start();
            int looks = 0;
            while (looks == 0 || writer.isAlive()) {
                List<DocumentVersion> versions = database.history().versionsOf("rows", Condition.all());
                for (int n = 0; n < versions.size(); n++) {
                    assertThat(versions.get(n).document().get("n")).isEqualTo((long) n);
                }
                looks++;
            }
            writer.join();
            assertThat(database.history().versionsOf("rows", Condition.all())).hasSize(3_000);
        }
    }

    @Test
    @Timeout(60)
    void reverts_areExactBesideOtherWriters() throws Exception {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            database.execute(Query.add("rows", Map.of("n", -1)));
            Thread writer = new Thread(() -> {
                for (int n = 0; n < 1_000; n++) {
                    database.execute(Query.add("rows", Map.of("n", n)));
                }
            });
            writer.start();
            List<Long> reverts = new ArrayList<>();
            while (reverts.isEmpty() || writer.isAlive()) {
                reverts.add(database.revertTo(1, Cause.of(Actor.system("test"), null, null))
                        .to());
            }
            writer.join();
            for (long revision : reverts) {
                assertThat(database.asOf(revision).size("rows")).isEqualTo(1);
            }
        }
    }

    @Test
    @Timeout(60)
    void serialNumbers_areGivenOnceEach() throws Exception {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            Set<Object> numbers = ConcurrentHashMap.newKeySet();
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(() -> {
                    for (int n = 0; n < 500; n++) {
                        numbers.add(database.execute(Query.add("rows", Map.of("id", -1))
                                        .serialKey("id")
                                        .returnData())
                                .documents()
                                .get(0)
                                .get("id"));
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            threads.shutdown();
            assertThat(numbers).hasSize(WRITERS * 500);
        }
    }
}
