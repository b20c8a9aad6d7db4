package io.deltatrace.benchmarks;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What memory alone takes for one record after the other, none near the last: to read where it is, and then to read it. Each read
 * waits for the one before, as those of a look-up do; so this is the limit of look-ups, as a bare force is that of durable writes.
 */
@State(Scope.Benchmark)
public class MemoryBenchmark extends MicrosecondsBenchmark {

    /** With them a record takes about as much memory as a user does. */
    private static final int NUMBERS = 37;

    /** How many records there are. */
    @Param("100000")
    int users;

    private long[][] records = {};
    private int place;

    /** Makes records of which each says where the next one is, in one circle through all (Sattolo's algorithm, 1986). */
    @Setup
    public void prepare() {
        int[] circle = new int[users];
        Random random = new Random(1);
        for (int i = 0; i < users; i++) {
            circle[i] = i;
        }
        for (int i = users - 1; i > 0; i--) {
            int other = random.nextInt(i);
            int moved = circle[i];
            circle[i] = circle[other];
            circle[other] = moved;
        }
        records = new long[users][NUMBERS];
        for (int i = 0; i < users; i++) {
            records[i][0] = circle[i];
        }
    }

    @Benchmark
    public long twoReads() {
        long next = records[place][0];
        place = (int) next;
        return next;
    }
}
