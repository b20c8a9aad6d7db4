package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deltatrace.access.QueryType;
import io.deltatrace.condition.Condition;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.QueryResult;
import io.deltatrace.result.Result;
import io.deltatrace.storage.Durability;
import io.deltatrace.transaction.DeltaTraceTransaction;
import io.deltatrace.transaction.DeltaTraceTransaction.Savepoint;
import io.deltatrace.transaction.TransactionMode;
import io.deltatrace.transaction.TransactionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random transactions, with failures, savepoints and ends of all kinds, lead to the same history and state as transactions of
 * the writes that count, executed at once, and to the same when the database is opened again.
 */
class RandomTransactionTests {

    private static final int TRANSACTIONS = 25;
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

    private record Mark(Savepoint savepoint, int writes) {}

    @Property(tries = 60)
    void transactions_areWhatTheirWritesAreAtOnce(@ForAll long seed) throws IOException {
        Path directory = Files.createTempDirectory("deltatrace");
        try (DeltaTraceDatabase atOnce =
                DeltaTraceDatabase.builder().clock(CLOCK).build()) {
            try (DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                    .clock(CLOCK)
                    .directory(directory)
                    .durability(Durability.OS)
                    .segmentSize(20_000)
                    .snapshotEvery(7, Long.MAX_VALUE)
                    .build()) {
                Random random = new Random(seed);
                RandomRequests requests = new RandomRequests(seed);
                for (int i = 0; i < TRANSACTIONS; i++) {
                    Request between = requests.request();
                    assertThat(database.execute(between)).isEqualTo(atOnce.execute(between));
                    transaction(random, requests, database, atOnce);
                    assertThat(database.snapshot().hash())
                            .isEqualTo(atOnce.snapshot().hash());
                }
                assertSame(database, atOnce);
            }
            try (DeltaTraceDatabase reopened = DeltaTraceDatabase.open(directory)) {
                assertSame(reopened, atOnce);
                assertThat(reopened.history().verify(VerifyOption.REPLAY).fault())
                        .isNull();
            }
        } finally {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void transaction(
            Random random, RandomRequests requests, DeltaTraceDatabase database, DeltaTraceDatabase atOnce) {
        TransactionMode mode = random.nextBoolean() ? TransactionMode.EXCLUSIVE : TransactionMode.OPTIMISTIC;
        List<Query> writes = new ArrayList<>();
        List<QueryResult> results = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        try (DeltaTraceTransaction transaction = database.begin(TransactionOptions.DEFAULT.mode(mode))) {
            for (int i = random.nextInt(12); i > 0; i--) {
                step(random, requests, transaction, database, writes, results, marks);
            }
            int end = random.nextInt(6);
            if (end == 0) {
                transaction.rollback();
                return;
            }
            if (end == 1) {
                transaction.rollback("chance");
                long failures = writes.isEmpty() ? 0 : 1;
                assertThat(database.history()
                                .entries(HistoryFilter.all()
                                        .after(atOnce.snapshot().revision())))
                        .hasSize((int) failures);
                if (failures == 1) {
                    // An entry that fails, to keep step.
                    writes.add(Query.removeCollection("users"));
                    assertThat(atOnce.execute(new TransactionQuery(writes)).isSuccess())
                            .isFalse();
                }
                return;
            }
            transaction.commit();
        }
        if (!writes.isEmpty()) {
            assertThat(atOnce.execute(new TransactionQuery(writes)).orThrow().results())
                    .isEqualTo(results);
        }
    }

    private static void step(
            Random random,
            RandomRequests requests,
            DeltaTraceTransaction transaction,
            DeltaTraceDatabase database,
            List<Query> writes,
            List<QueryResult> results,
            List<Mark> marks) {
        switch (random.nextInt(6)) {
            case 0 -> marks.add(new Mark(transaction.savepoint(), writes.size()));
            case 1 -> {
                if (!marks.isEmpty()) {
                    int chosen = random.nextInt(marks.size());
                    Mark mark = marks.get(chosen);
                    mark.savepoint().rollback();
                    marks.subList(chosen + 1, marks.size()).clear();
                    writes.subList(mark.writes(), writes.size()).clear();
                    results.subList(mark.writes(), results.size()).clear();
                }
            }
            default -> {
                Query query = requests.query();
                Result result = database.execute(query);
                if (query.isWrite() && result.isSuccess()) {
                    assertThat(query.type()).isNotIn(QueryType.MERGE, QueryType.REMOVE_COLLECTION);
                    writes.add(query);
                    results.add((QueryResult) result);
                }
            }
        }
    }

    private static void assertSame(DeltaTraceDatabase database, DeltaTraceDatabase atOnce) {
        assertThat(database.snapshot().revision()).isEqualTo(atOnce.snapshot().revision());
        assertThat(database.snapshot().hash()).isEqualTo(atOnce.snapshot().hash());
        assertThat(applied(database)).isEqualTo(applied(atOnce));
        for (String collection : Set.of("users", "orders", "empty")) {
            assertThat(database.history().versionsOf(collection, Condition.all()))
                    .extracting(version -> version.document(), version -> version.id())
                    .isEqualTo(atOnce.history().versionsOf(collection, Condition.all()).stream()
                            .map(version -> tuple(version.document(), version.id()))
                            .toList());
        }
    }

    /** The applied entries; their places in the chain differ, because failed entries say why in other words. */
    private static List<HistoryEntry> applied(DeltaTraceDatabase database) {
        return database
                .history()
                .entries(HistoryFilter.all()
                        .outcome(Outcome.APPLIED)
                        .fromTheOldest()
                        .limit(1_000))
                .stream()
                .map(entry -> entry.linked(new HistoryEntry.Link("", "")))
                .toList();
    }
}
