package io.deltatrace.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.storage.Durability;
import io.deltatrace.storage.JournalFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While one thread hands lines to the operating system, others append theirs, and those are written together. */
@Timeout(60)
class SharedWriteTests {

    private static final int WRITERS = 8;

    @RegisterExtension
    static final QuietLog LOG = new QuietLog();

    private final GatedDisk disk = new GatedDisk();
    private final List<Thread> threads = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void endThreads() throws InterruptedException {
        disk.gate.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** A disk whose writes of the journal are counted, and wait while its gate is shut. */
    private static final class GatedDisk extends ForwardingDisk {

        private final List<Integer> lines = new ArrayList<>();
        private final CountDownLatch gate = new CountDownLatch(1);
        private final CountDownLatch arrived = new CountDownLatch(1);
        private volatile boolean gated;
        private volatile int failingAt = Integer.MAX_VALUE;
        private volatile int linesWrittenByFailure;

        GatedDisk() {
            super(new LocalDisk());
        }

        @Override
        void write(Path file, Output output, byte[] bytes) throws IOException {
            if (gated && file.toString().endsWith(Layout.SEGMENT)) {
                arrived.countDown();
                try {
                    // A test that fails must not wait for ever for the database to close.
                    if (!gate.await(20, TimeUnit.SECONDS)) {
                        throw new IOException("The gate was not opened");
                    }
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                lines.add((int) LongStream.range(0, bytes.length)
                        .filter(i -> bytes[(int) i] == '\n')
                        .count());
                if (lines.size() == failingAt) {
                    output.write(Arrays.copyOf(bytes, endOfLine(bytes, linesWrittenByFailure)));
                    throw new IOException(FaultyDisk.MESSAGE);
                }
            }
            output.write(bytes);
        }

        private static int endOfLine(byte[] bytes, int number) {
            int end = 0;
            for (int line = 0; line < number; end++) {
                line += bytes[end] == '\n' ? 1 : 0;
            }
            return end;
        }
    }

    private Opened open(Durability durability, long segmentBytes) {
        Opened opened = new Opened(
                disk,
                directory,
                new StorageOptions(durability, Duration.ofHours(1), segmentBytes, 10_000, 1L << 30, true, 100));
        disk.gated = true;
        return opened;
    }

    private Opened open() {
        return open(Durability.OS, 1L << 20);
    }

    private Opened reopened() {
        disk.gated = false;
        disk.failingAt = Integer.MAX_VALUE;
        return new Opened(new LocalDisk(), directory, StorageOptions.DEFAULT);
    }

    private FutureTask<Object> begin(Callable<Object> work) {
        FutureTask<Object> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
        return task;
    }

    private FutureTask<Object> write(Opened database, Request request) {
        return begin(() -> {
            database.execute(request);
            return request;
        });
    }

    /** One writer is writing, and the others wait for it to be over; while they wait for the right to write, they do so with a limit. */
    private List<FutureTask<Object>> writeWhileOneWaits(Opened database, Request first, List<Request> others)
            throws InterruptedException {
        List<FutureTask<Object>> writes = new ArrayList<>();
        writes.add(write(database, first));
        disk.arrived.await();
        for (Request other : others) {
            writes.add(write(database, other));
        }
        for (Thread thread : threads.subList(1, threads.size())) {
            while (thread.getState() != Thread.State.WAITING) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
        return writes;
    }

    private static List<Request> adds() {
        return LongStream.rangeClosed(2, 1 + WRITERS).mapToObj(Opened::add).toList();
    }

    @ParameterizedTest
    @EnumSource
    void writersThatWait_shareAWrite_andReadersSeeNothingBeforeIt(Durability durability) throws Exception {
        try (Opened database = open(durability, 1L << 20)) {
            List<FutureTask<Object>> writes = writeWhileOneWaits(database, Opened.add(1), adds());

            assertThat(database.current().revision()).isZero();
            assertThat(database.status().revision()).isZero();
            assertThat(database.entries()).isEmpty();
            assertThat(writes).noneMatch(FutureTask::isDone);
            disk.gate.countDown();
            for (FutureTask<Object> write : writes) {
                write.get();
            }
            assertThat(disk.lines).containsExactly(1, WRITERS);
            assertThat(database.ids()).hasSize(1 + WRITERS);
            database.assertReadable();
        }
        try (Opened database = reopened()) {
            assertThat(database.ids()).hasSize(1 + WRITERS);
            database.assertReadable();
        }
    }

    /** What is on the disk is the start of what was to be written, as after a crash. */
    @Test
    void writeThatFails_failsAllWhoWaitForIt_andIsNotTriedAgain() throws Exception {
        disk.failingAt = 2;
        disk.linesWrittenByFailure = 3;
        try (Opened database = open()) {
            List<FutureTask<Object>> writes = writeWhileOneWaits(database, Opened.add(1), adds());
            disk.gate.countDown();

            assertThatCode(() -> writes.get(0).get()).doesNotThrowAnyException();
            for (FutureTask<Object> write : writes.subList(1, writes.size())) {
                assertThatThrownBy(write::get)
                        .hasCauseInstanceOf(JournalFailedException.class)
                        .hasRootCauseMessage(FaultyDisk.MESSAGE);
            }
            assertThatThrownBy(() -> database.execute(Opened.add(99))).isInstanceOf(JournalFailedException.class);
            assertThat(disk.lines).hasSize(2);
            assertThat(database.ids()).containsExactly(1L);
            assertThat(database.entries()).hasSize(1);
            assertThat(database.verify().isIntact()).isTrue();
            assertThat(database.log().checkpoint().revision()).isEqualTo(1);
        }
        try (Opened database = reopened()) {
            assertThat(database.ids()).hasSize(4).startsWith(1L);
            database.assertReadable();
        }
    }

    @Test
    void longLines_areNotPutTogetherWithoutEnd() throws Exception {
        List<Request> others = LongStream.rangeClosed(2, 1 + WRITERS)
                .<Request>mapToObj(id -> Query.add("rows", Map.of("id", id, "text", "x".repeat(100_000))))
                .toList();
        try (Opened database = open()) {
            List<FutureTask<Object>> writes = writeWhileOneWaits(database, Opened.add(1), others);
            disk.gate.countDown();
            for (FutureTask<Object> write : writes) {
                write.get();
            }
            assertThat(disk.lines).containsExactly(1, 3, 3, 2);
            database.assertReadable();
        }
        try (Opened database = reopened()) {
            assertThat(database.ids()).hasSize(1 + WRITERS);
        }
    }

    @Test
    void newFile_isBegunAfterAllThatWaits() throws Exception {
        try (Opened database = open(Durability.OS, 1)) {
            List<FutureTask<Object>> writes = writeWhileOneWaits(database, Opened.add(1), List.of(Opened.add(2)));
            disk.gate.countDown();
            for (FutureTask<Object> write : writes) {
                write.get();
            }
            assertThat(database.status().segments()).isEqualTo(2);
            assertThat(Files.readAllLines(new Layout(directory).segment(1))).hasSize(1);
            assertThat(Files.readAllLines(new Layout(directory).segment(2))).hasSize(1);
            database.assertReadable();
        }
    }

    @Test
    void closing_writesWhatWaits() throws Exception {
        Opened database = open();
        List<FutureTask<Object>> writes = writeWhileOneWaits(database, Opened.add(1), adds());
        FutureTask<Object> closing = begin(() -> {
            database.close();
            return database;
        });
        disk.gate.countDown();
        closing.get();
        for (FutureTask<Object> write : writes) {
            write.get();
        }
        try (Opened again = reopened()) {
            assertThat(again.ids()).hasSize(1 + WRITERS);
            again.assertReadable();
        }
    }

    @Test
    void manyWriters_leaveAWholeHistory_inManyFiles() throws Exception {
        disk.gate.countDown();
        try (Opened database = open(Durability.OS, 2_000)) {
            List<FutureTask<Object>> writes = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                long first = 1_000L * writer;
                writes.add(begin(() -> {
                    for (long id = first; id < first + 50; id++) {
                        database.execute(Opened.add(id));
                    }
                    return first;
                }));
            }
            for (FutureTask<Object> write : writes) {
                write.get();
            }
            assertThat(database.ids()).hasSize(50 * WRITERS).doesNotHaveDuplicates();
            assertThat(database.status().segments()).isGreaterThan(20);
            database.assertReadable();
        }
        try (Opened database = reopened()) {
            assertThat(database.ids()).hasSize(50 * WRITERS).doesNotHaveDuplicates();
            database.assertReadable();
        }
    }
}
