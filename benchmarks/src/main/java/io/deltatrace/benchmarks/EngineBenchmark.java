package io.deltatrace.benchmarks;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.benchmarks.peers.User;
import io.deltatrace.document.Document;
import io.deltatrace.index.Index;
import io.deltatrace.internal.engine.Applied;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.internal.engine.DeclaredIndexes;
import io.deltatrace.internal.engine.Engine;
import io.deltatrace.internal.engine.Entry;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The engine alone, without entries, locks and publishing: what a write would cost if nobody kept its history. To be compared with
 * those of {@link WriteBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {

    private static final int BATCH = 1_000;
    private static final String USERS = "users";
    private static final Map<String, List<Index>> INDEXES =
            Map.of(USERS, List.of(Index.hash("id"), Index.ordered("age")));

    /** How many users there are before. */
    @Param("100000")
    int users;

    private final List<Document> more = new ArrayList<>();
    private DatabaseState plain = DatabaseState.EMPTY;
    private DatabaseState indexed = DatabaseState.EMPTY;
    private int position;

    /** Fills the states. */
    @Setup
    public void prepare() {
        plain = after(DatabaseState.EMPTY, Query.add(USERS, User.inOrder(users)));
        indexed = plain.indexedBy(DeclaredIndexes.of(INDEXES));
        for (int i = 0; i < BATCH; i++) {
            more.add(Document.of(User.of(users + i, users + i)));
        }
    }

    private static DatabaseState after(DatabaseState state, Request request) {
        Applied applied = Engine.apply(state, new Entry(state.revision() + 1, Instant.EPOCH, request));
        if (!applied.result().isSuccess()) {
            throw new IllegalStateException(applied.result().errorMessage());
        }
        return applied.state();
    }

    private DatabaseState withMore(DatabaseState before) {
        DatabaseState state = before;
        for (Document document : more) {
            state = after(state, Query.add(USERS, document));
        }
        return state;
    }

    /** Adds to the same state each time. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public DatabaseState addOneAlone() {
        return withMore(plain);
    }

    /** As {@link #addOneAlone}, with indexes on id and age. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public DatabaseState addOneIndexedAlone() {
        return withMore(indexed);
    }

    /** Changes another user each time. */
    @Benchmark
    public DatabaseState updateOneAlone() {
        position = (position + Users.STEP) % users;
        indexed = after(
                indexed,
                Query.updateOne(USERS, Map.of("name", "changed " + position))
                        .where(field("age").equalTo(position)));
        return indexed;
    }
}
