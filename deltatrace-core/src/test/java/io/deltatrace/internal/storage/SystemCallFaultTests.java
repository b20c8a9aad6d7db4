package io.deltatrace.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.deltatrace.TestProcess;
import io.deltatrace.storage.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The real system calls of a process that does a fixed piece of work fail: the first of their kind, then every so many-th as the
 * system property {@value #STEP} says. Where there is no {@code strace} that may trace, this is skipped.
 */
class SystemCallFaultTests {

    private static final String STEP = "deltatrace.crash.step";
    private static final int DISTANCE = Integer.getInteger(STEP, 20);
    private static final int MOST_CALLS = 300;
    private static final String STRACE = "/usr/bin/strace";

    @TempDir
    private Path temporary;

    @BeforeEach
    void requireStrace() throws Exception {
        assumeThat(Files.isExecutable(Path.of(STRACE))).as("there is " + STRACE).isTrue();
        int status = new ProcessBuilder(STRACE, "-f", "-o", "/dev/null", "-e", "inject=fsync:error=EIO", "true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assumeThat(status)
                .as("strace may trace processes here and make system calls fail")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"fsync, EIO", "fdatasync, EIO", "write, ENOSPC", "rename, EIO"})
    @Timeout(3_600)
    void systemCallThatFails_losesNothingThatWasAcknowledged(String call, String error) throws Exception {
        int faults = 0;
        int failures = 0;
        boolean injected = true;
        for (int at = 1; injected; at += DISTANCE) {
            assertThat(at).isLessThan(MOST_CALLS);
            String description = call + " " + at;
            Path directory = temporary.toRealPath().resolve(call + at);
            Path trace = temporary.resolve(call + at + ".trace");
            FixedWork work = work(directory, trace, call, error, at);
            injected = Files.readString(trace).contains("INJECTED");
            if (work.lastWord().equals(StoppingProcess.DONE)) {
                assertThat(work.acknowledged()).as(description).hasSize(StoppingProcess.ROWS);
            } else {
                assertThat(injected)
                        .as("the process failed by itself, %s", description)
                        .isTrue();
                failures++;
            }
            faults += injected ? 1 : 0;
            work.assertRecovers(description);
        }
        System.out.printf("%s: %,d made to fail with %s, %,d processes ended by it%n", call, faults, error, failures);
    }

    private static FixedWork work(Path directory, Path trace, String call, String error, int at)
            throws IOException, InterruptedException {
        ProcessBuilder builder = TestProcess.of(
                        StoppingProcess.class,
                        directory.toString(),
                        Durability.ALWAYS.name(),
                        String.valueOf(Integer.MAX_VALUE))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        List<String> strace = new ArrayList<>(List.of(STRACE, "-f", "--seccomp-bpf", "-qq", "-o", trace.toString()));
        strace.addAll(List.of("-e", "trace=" + call, "-e", "inject=" + call + ":error=" + error + ":when=" + at));
        if (call.equals("write")) {
            // What the process prints goes through.
            IntStream.rangeClosed(1, StoppingProcess.ROWS).forEach(revision -> {
                strace.add("-P");
                strace.add(new Layout(directory).segment(revision).toString());
            });
        }
        builder.command().addAll(0, strace);
        return FixedWork.of(directory, Durability.ALWAYS, builder);
    }
}
