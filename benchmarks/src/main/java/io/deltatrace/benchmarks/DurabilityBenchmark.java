package io.deltatrace.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.util.FileSystemUtils;

/** Writes per second of one, four and sixteen threads, on files in the directory for temporary files. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class DurabilityBenchmark {

    /** Who writes, and what the writer waits for. */
    @Param
    DurableItems.Kind files;

    private Path directory;
    private DurableItems items;

    /** A new directory. */
    @Setup(Level.Trial)
    public void open() throws Exception {
        directory = Files.createTempDirectory("deltatrace-durability");
        items = files.open(directory);
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
        items.close();
        FileSystemUtils.deleteRecursively(directory);
    }

    private void write() throws Exception {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        items.setPrice(random.nextInt(DurableItems.COUNT), random.nextInt());
    }

    @Benchmark
    @Threads(1)
    public void writes() throws Exception {
        write();
    }

    @Benchmark
    @Threads(4)
    public void writesOfFour() throws Exception {
        write();
    }

    @Benchmark
    @Threads(16)
    public void writesOfSixteen() throws Exception {
        write();
    }
}
