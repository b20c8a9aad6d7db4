package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.deltatrace.history.VerifyOption;
import io.deltatrace.query.Query;
import io.deltatrace.storage.DirectoryNotUsableException;
import io.deltatrace.storage.JournalFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk that is full. It is made of memory, which only Linux does and only for root. */
class FullDiskTests {

    @TempDir
    private Path disk;

    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = Files.isExecutable(Path.of("/bin/mount"))
                && run("/bin/mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0;
        assumeThat(mounted).as("a small file system can be mounted here").isTrue();
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("/bin/umount", disk.toString())).isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(List.of(command) + " does not end");
        }
        return process.exitValue();
    }

    private DeltaTraceDatabase open() {
        return builder().build();
    }

    private DeltaTraceDatabaseBuilder builder() {
        return DeltaTraceDatabase.builder()
                .directory(disk.resolve("data"))
                .segmentSize(100_000)
                .snapshotEvery(50, 50_000)
                .historyLimit(10);
    }

    @Test
    void fullDisk_refusesWrites_andLosesNothing() throws Exception {
        String text = "x".repeat(1_500);
        long[] added = {0};
        try (DeltaTraceDatabase database = open()) {
            assertThatThrownBy(() -> {
                        while (added[0] < 10_000) {
                            database.execute(Query.add("rows", Map.of("n", added[0] + 1, "text", text)))
                                    .orThrow();
                            added[0]++;
                        }
                    })
                    .isInstanceOf(JournalFailedException.class)
                    .hasRootCauseInstanceOf(IOException.class)
                    .hasMessageContaining("space");
            assertThat(added[0]).isGreaterThan(50);
            assertThatThrownBy(() -> database.execute(Query.add("rows", Map.of("n", 0))))
                    .isInstanceOf(JournalFailedException.class)
                    .hasMessageContaining("opened again");
            assertThat(database.storage().orElseThrow().failure()).contains("space");
            assertHas(database, added[0]);
        }
        assertThat(run("/bin/mount", "-o", "remount,size=16m", disk.toString())).isZero();
        try (DeltaTraceDatabase database = open()) {
            assertHas(database, added[0]);
            database.execute(Query.add("rows", Map.of("n", added[0] + 1)));
            assertHas(database, added[0] + 1);
        }
    }

    private static void assertHas(DeltaTraceDatabase database, long rows) {
        assertThat(database.snapshot().size("rows")).isEqualTo(rows);
        assertThat(database.asOf(rows / 2).size("rows")).isEqualTo(rows / 2);
        assertThat(database.asOf(rows - 1).size("rows")).isEqualTo(rows - 1);
        assertThat(database.history().verify(VerifyOption.REPLAY).fault()).isNull();
    }

    /** What a snapshot that did not fit has left could be what the journal needs. */
    @Test
    void snapshotThatDoesNotFit_leavesNothingBehind_andWritesGoOn() throws Exception {
        StringBuilder noise = new StringBuilder();
        new Random(1).ints(20_000, 0x4E00, 0x9F00).forEach(noise::appendCodePoint);
        // No snapshot but the one that is asked for.
        try (DeltaTraceDatabase database =
                builder().snapshotEvery(Long.MAX_VALUE, Long.MAX_VALUE).build()) {
            database.execute(Query.add("rows", Map.of("n", 1, "noise", noise.toString())));
            Path others = disk.resolve("others");
            Files.write(others, new byte[(int) disk.toFile().getUsableSpace() - 20_000]);

            assertThatThrownBy(database::saveSnapshot)
                    .isInstanceOf(DirectoryNotUsableException.class)
                    .hasRootCauseInstanceOf(IOException.class);
            try (Stream<Path> files = Files.list(disk.resolve("data").resolve("snapshots"))) {
                assertThat(files).isEmpty();
            }
            assertThat(database.execute(Query.add("rows", Map.of("n", 2))).isSuccess())
                    .isTrue();
            assertThat(database.storage().orElseThrow().failure()).isNull();
        }
    }
}
