package io.deltatrace.benchmarks;

import static io.deltatrace.benchmarks.Users.sized;

import io.deltatrace.benchmarks.peers.User;
import io.deltatrace.benchmarks.peers.UserStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** What every peer reads. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadBenchmark {

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
