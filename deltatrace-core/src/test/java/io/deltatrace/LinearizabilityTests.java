package io.deltatrace;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.cause.CauseProvider;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
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
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.QueryResult;
import io.deltatrace.transaction.DeltaTraceTransaction;
import io.deltatrace.transaction.TransactionConflictException;
import io.deltatrace.transaction.TransactionMode;
import io.deltatrace.transaction.TransactionOptions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Calls from several threads give what the same calls give one after the other, in some order that does not contradict the one in
 * which they ended and began. Lincheck makes up the calls, runs them many times, and looks for that order.
 */
@ExtendWith(LinearizabilityTests.LincheckCondition.class)
class LinearizabilityTests {

    private static final int SCENARIOS = Integer.getInteger("deltatrace.lincheck.scenarios", 10);
    private static final int RUNS = Integer.getInteger("deltatrace.lincheck.runs", 200);

    @Test
    void callsOfSeveralThreads_areLinearizable() {
        new StressOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(RUNS)
                .threads(3)
                .actorsPerThread(3)
                .check(Calls.class);
    }

    /** Checks next to nothing. */
    static final class LincheckCondition extends ToolCondition {

        LincheckCondition() {
            super("Lincheck");
        }

        @Override
        protected void use() {
            new StressOptions()
                    .iterations(1)
                    .invocationsPerIteration(1)
                    .threads(1)
                    .actorsPerThread(1)
                    .check(Constant.class);
        }
    }

    /** What nobody can be wrong about. */
    public static class Constant {

        /** Always the same. */
        @Operation
        public int one() {
            return 1;
        }
    }

    /** Gives the others time between the append of an entry and its publication, as a disk would. */
    private static final class SlowLog extends ForwardingCommitLog {

        SlowLog() {
            super(new MemoryCommitLog(50));
        }

        @Override
        public void awaitDurable(long revision) {
            LockSupport.parkNanos(1);
        }
    }

    /** What threads may ask for; an object is one new database. Lincheck needs it, and what it calls, to be public. */
    @Param(name = "key", gen = IntGen.class, conf = "1:3")
    public static class Calls {

        private static final Condition ALL = Condition.all();

        private final DeltaTraceDatabase database = new EmbeddedDatabase(
                new SlowLog(),
                DatabaseState.EMPTY.indexedBy(DeclaredIndexes.of(
                        Map.of("unique", List.of(Index.hash("key").unique(), Index.ordered("n"))))),
                new Json(JsonLimits.DEFAULT),
                DocumentMapper.standard(),
                Clock.systemUTC(),
                CauseProvider.SYSTEM,
                new Recording(Set.of()),
                RequestObserver.NONE,
                TransactionOptions.DEFAULT_LOCK_TIMEOUT);

        /** Makes the counter. */
        public Calls() {
            database.execute(TransactionQuery.of(
                    Query.add("counters", Map.of("counter", 0)), Query.add("logs", Map.of("counter", 0))));
        }

        /** Adds a document if there is none with its key. */
        @Operation
        public boolean add(@Param(name = "key") int key) {
            return database.execute(Query.add("unique", Map.of("key", key, "n", key)))
                    .isSuccess();
        }

        /** Deletes the document with a key. */
        @Operation
        public long delete(@Param(name = "key") int key) {
            return database.execute(Query.delete("unique").where(field("key").equalTo(key)))
                    .updateCount();
        }

        /** Gives a document another key, which nobody may have. */
        @Operation
        public String move(@Param(name = "key") int key, @Param(name = "key") int other) {
            QueryResult result = database.execute(Query.updateOne("unique", Map.of("key", other, "n", other))
                    .where(field("key").equalTo(key)));
            return result.isSuccess() + " " + result.updateCount();
        }

        /** How many documents there are up to a key, by an index. */
        @Operation
        public long count(@Param(name = "key") int key) {
            return database.execute(Query.search("unique").where(field("n").lessThanOrEqualTo(key)))
                    .hitCount();
        }

        /** The next serial number. */
        @Operation
        public Object number() {
            return database.execute(Query.add("numbers", Map.of("id", -1))
                            .serialKey("id")
                            .returnData())
                    .documents()
                    .get(0)
                    .get("id");
        }

        /** Both or none, by a list of queries. */
        @Operation
        public boolean addBoth(@Param(name = "key") int key, @Param(name = "key") int other) {
            return database.execute(TransactionQuery.of(
                            Query.add("unique", Map.of("key", key, "n", key)),
                            Query.add("unique", Map.of("key", other, "n", other))))
                    .isSuccess();
        }

        /** Counts on, with all others kept from writing. */
        @Operation
        public long increment() {
            try (DeltaTraceTransaction transaction = database.begin()) {
                long seen = increment("counters");
                increment("logs");
                transaction.commit();
                return seen;
            }
        }

        /** Counts on, and tries again if somebody else did. */
        @Operation
        public long incrementOptimistically() {
            while (true) {
                try (DeltaTraceTransaction transaction =
                        database.begin(TransactionOptions.DEFAULT.mode(TransactionMode.OPTIMISTIC))) {
                    long seen = increment("counters");
                    increment("logs");
                    transaction.commit();
                    return seen;
                } catch (TransactionConflictException e) {
                    Thread.onSpinWait();
                }
            }
        }

        private long increment(String collection) {
            long seen = counter(collection);
            database.execute(Query.updateOne(collection, Map.of("counter", seen + 1))
                            .where(ALL))
                    .orThrow();
            return seen;
        }

        /** Counts on, and takes it back. */
        @Operation
        public long incrementInVain() {
            try (DeltaTraceTransaction transaction = database.begin()) {
                long seen = increment("counters");
                transaction.rollback();
                return seen;
            }
        }

        /** Looks at all, with all others kept from writing. */
        @Operation
        public String lookExclusively() {
            try (DeltaTraceTransaction transaction = database.begin()) {
                String seen = counter("counters") + " " + counter("logs");
                transaction.commit();
                return seen;
            }
        }

        /** Looks at a state that nobody can change. */
        @Operation
        public List<Object> look() {
            Snapshot snapshot = database.snapshot();
            return List.of(
                    snapshot.execute(Query.getAll("counters")).documents().stream()
                            .map(Document::toString)
                            .toList(),
                    snapshot.size("unique"),
                    snapshot.size("numbers"));
        }

        /** Looks without any transaction. */
        @Operation
        public long counter() {
            return counter("counters");
        }

        private long counter(String collection) {
            return (Long) database.execute(Query.getAll(collection))
                    .documents()
                    .get(0)
                    .get("counter");
        }
    }
}
