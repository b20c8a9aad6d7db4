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
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The engine alone, without entries, locks and publishing: what a write would cost if nobody kept its history. To be compared with
 * those of {@link WriteBenchmark}.
 */
public class EngineBenchmark extends MicrosecondsBenchmark {

    private static final int BATCH = 1_000;
    private static final String USERS = "users";
    private static final Map<String, List<Index>> INDEXES =
            Map.of(USERS, List.of(Index.hash("id"), Index.ordered("age")));

    /** A state with users, which requests are applied to one after the other; with indexes on id and age, or without. */
    @State(Scope.Benchmark)
    public abstract static class Filled {

        /** How many users there are before. */
        @Param("100000")
        int users;

        DatabaseState state = DatabaseState.EMPTY;
        private final boolean indexed;

        Filled(boolean indexed) {
            this.indexed = indexed;
        }

        /** Fills the state. */
        @Setup
        public void prepare() {
            apply(Query.add(USERS, User.inOrder(users)));
            if (indexed) {
                state = state.indexedBy(DeclaredIndexes.of(INDEXES));
            }
        }

        final void apply(Request request) {
            Applied applied = Engine.apply(state, new Entry(state.revision() + 1, Instant.EPOCH, request));
            if (!applied.result().isSuccess()) {
                throw new IllegalStateException(applied.result().errorMessage());
            }
            state = applied.state();
        }
    }

    /** Users of whom one after the other is changed. */
    @State(Scope.Benchmark)
    public static class Indexed extends Filled {

        private int position;

        /** For JMH. */
        public Indexed() {
            super(true);
        }

        int another() {
            position = (position + Users.STEP) % users;
            return position;
        }
    }

    /** Users, to whom more are added. */
    @State(Scope.Benchmark)
    public static class More extends Filled {

        final List<Document> more = new ArrayList<>();

        /** For JMH. */
        public More() {
            this(false);
        }

        More(boolean indexed) {
            super(indexed);
        }

        @Override
        public void prepare() {
            super.prepare();
            for (int i = 0; i < BATCH; i++) {
                more.add(Document.of(User.of(users + i, users + i)));
            }
        }

        /** Removes them, as is done where the history is kept: rows go on from there. */
        @TearDown(Level.Invocation)
        public void removeAdded() {
            apply(Query.delete(USERS).where(field("age").greaterThanOrEqualTo(users)));
        }
    }

    /** As {@link More}, with indexes. */
    @State(Scope.Benchmark)
    public static class MoreIndexed extends More {

        /** For JMH. */
        public MoreIndexed() {
            super(true);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void addOneAlone(More users) {
        users.more.forEach(document -> users.apply(Query.add(USERS, document)));
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void addOneIndexedAlone(MoreIndexed users) {
        users.more.forEach(document -> users.apply(Query.add(USERS, document)));
    }

    /** Changes another user each time. */
    @Benchmark
    public void updateOneAlone(Indexed users) {
        int age = users.another();
        users.apply(Query.updateOne(USERS, Map.of("name", "changed " + age))
                .where(field("age").equalTo(age)));
    }
}
