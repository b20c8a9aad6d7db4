package io.deltatrace.benchmarks;

import static io.deltatrace.benchmarks.Users.sized;

import io.deltatrace.benchmarks.peers.User;
import io.deltatrace.benchmarks.peers.UserStore;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;

/** What every peer reads. */
public class ReadBenchmark extends MicrosecondsBenchmark {

    private static final int RANGE = 101;
    private static final int PAGE = 50;

    @Benchmark
    public Object searchOneLast(Users.Plain state) {
        return state.store.named(User.NAME_PREFIX + (state.users - 1));
    }

    @Benchmark
    public List<?> sorted(Users.Plain state) {
        return sized(state.store.startingWith(User.NAME_PREFIX, UserStore.ALL), state.users);
    }

    @Benchmark
    public List<?> sortedHalf(Users.Plain state) {
        return sized(state.store.startingWith(User.NAME_PREFIX, state.users / 2), state.users / 2);
    }

    @Benchmark
    public List<?> sortedShuffled(Users.Shuffled state) {
        return sized(state.store.startingWith(User.NAME_PREFIX, UserStore.ALL), state.users);
    }

    @Benchmark
    public List<?> sortedShuffledPage(Users.Shuffled state) {
        return sized(state.store.startingWith(User.NAME_PREFIX, PAGE), PAGE);
    }

    @Benchmark
    public Object lookUp(Users.Indexed state) {
        return state.store.withId(state.another());
    }

    @Benchmark
    public List<?> range(Users.Indexed state) {
        int from = state.another() % (state.users - RANGE);
        return sized(state.store.aged(from, from + RANGE - 1), RANGE);
    }

    @Benchmark
    public List<?> allFirst(Users.Fresh state) {
        return sized(state.store.all(), state.users);
    }

    @Benchmark
    public List<?> allAgain(Users.Plain state) {
        return sized(state.store.all(), state.users);
    }
}
