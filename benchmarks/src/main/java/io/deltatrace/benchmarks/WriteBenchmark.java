package io.deltatrace.benchmarks;

import io.deltatrace.benchmarks.peers.User;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What every peer writes. Nothing grows while it is measured: what was added is removed between the calls. */
public class WriteBenchmark extends MicrosecondsBenchmark {

    private static final int BATCH = 1_000;

    /** Users who come, one call each, and go. */
    @State(Scope.Benchmark)
    public static class More extends Users.Plain {

        List<Object> more = List.of();

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
            List<User> added = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                added.add(User.of(users + i, users + i));
            }
            more = records(added);
        }

        /** Removes them. */
        @TearDown(Level.Invocation)
        public void removeAdded() {
            store.deleteAgedFrom(users);
        }
    }

    /** As {@link More}, with indexes on id and age. */
    @State(Scope.Benchmark)
    public static class MoreIndexed extends More {

        /** For JMH. */
        public MoreIndexed() {
            super(true);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void addOne(More state) {
        state.more.forEach(state.store::add);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void addOneIndexed(MoreIndexed state) {
        state.more.forEach(state.store::add);
    }

    @Benchmark
    public void updateOne(Users.Indexed state) {
        state.store.renameAged(state.another(), state.freshName());
    }

    @Benchmark
    public void addAll(Users.Empty state) {
        state.fill();
    }

    @Benchmark
    public void addAllIndexed(Users.EmptyIndexed state) {
        state.fill();
    }

    @Benchmark
    public int deleteHalf(Users.Fresh state) {
        return state.store.deleteAgedFrom(state.users / 2);
    }

    @Benchmark
    public int deleteHalfIndexed(Users.FreshIndexed state) {
        return state.store.deleteAgedFrom(state.users / 2);
    }
}
