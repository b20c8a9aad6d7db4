package io.deltatrace.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltatrace.history.VerifyProgress;
import io.deltatrace.internal.engine.Recording;
import io.deltatrace.storage.Durability;
import io.deltatrace.storage.JournalFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** When the journal is forced to the disk, who waits for it, and what they are told. */
@Timeout(60)
class DurabilityTests {

    private static final int WRITERS = 8;

    @RegisterExtension
    static final QuietLog LOG = new QuietLog();

    private final GatedDisk disk = new GatedDisk();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path directory;

    @AfterEach
    void endThreads() {
        disk.open();
        threads.shutdown();
    }

    /** A disk whose forces of the journal are counted, and wait while its gate is shut. */
    private static final class GatedDisk extends ForwardingDisk {

        private final AtomicInteger forces = new AtomicInteger();
        private volatile long forcedLength;
        private volatile boolean failing;
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile CountDownLatch arrived = new CountDownLatch(1);

        GatedDisk() {
            super(new LocalDisk());
        }

        void shut() {
            arrived = new CountDownLatch(1);
            gate = new CountDownLatch(1);
        }

        void open() {
            gate.countDown();
        }

        @Override
        void force(Path file, Output output) throws IOException {
            if (!file.toString().endsWith(Layout.SEGMENT)) {
                super.force(file, output);
                return;
            }
            forces.incrementAndGet();
            long length = Files.size(file);
            CountDownLatch until = gate;
            arrived.countDown();
            try {
                // A test that fails must not wait for ever for the database to close.
                if (!until.await(20, TimeUnit.SECONDS)) {
                    throw new IOException("The gate was not opened");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (failing) {
                // The kernel tells of a failure once; the next force would succeed.
                failing = false;
                throw new IOException(FaultyDisk.MESSAGE);
            }
            super.force(file, output);
            forcedLength = length;
        }
    }

    private Opened open(Durability durability, Duration interval, long segmentBytes) {
        return new Opened(
                disk, directory, new StorageOptions(durability, interval, segmentBytes, 10_000, 1L << 30, true, 100));
    }

    private Opened open(Durability durability) {
        return open(durability, Duration.ofHours(1), 1L << 20);
    }

    private Path journal() {
        return new Layout(directory).segment(1);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private List<Future<?>> write(Opened database, int firstId, int count) {
        List<Future<?>> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int id = firstId + i;
            writes.add(threads.submit(() -> database.execute(Opened.add(id))));
        }
        return writes;
    }

    @Test
    void always_forcesBeforeAWriteReturns() throws IOException {
        try (Opened database = open(Durability.ALWAYS)) {
            for (long id = 1; id <= 20; id++) {
                database.execute(id % 2 == 0 ? Opened.add(id) : Opened.addAll(id, -id));
                assertThat(disk.forcedLength).isEqualTo(Files.size(journal()));
                assertThat(database.status().durableRevision()).isEqualTo(id);
            }
        }
    }

    @Test
    void writersThatWait_shareAForce_andReadersSeeNothingBeforeIt() throws Exception {
        try (Opened database = open(Durability.ALWAYS)) {
            int before = disk.forces.get();
            disk.shut();
            List<Future<?>> writes = new ArrayList<>(write(database, 1, 1));
            disk.arrived.await();
            writes.addAll(write(database, 2, WRITERS));
            await(() -> database.status().revision() == 1 + WRITERS);

            assertThat(database.current().revision()).isZero();
            assertThat(database.entries()).isEmpty();
            assertThat(database.status().durableRevision()).isZero();
            assertThat(writes).noneMatch(Future::isDone);
            disk.open();
            for (Future<?> write : writes) {
                write.get();
            }
            assertThat(disk.forces.get() - before).isLessThanOrEqualTo(2);
            assertThat(database.ids()).hasSize(1 + WRITERS);
        }
    }

    /** Its message and its counts are of a state that a crash could still lose. */
    @Test
    void failureThatIsNotRecorded_waitsForTheStateThatItTellsOf() throws Exception {
        StorageOptions options =
                new StorageOptions(Durability.ALWAYS, Duration.ofHours(1), 1L << 20, 10_000, 1L << 30, true, 100);
        try (Opened database = new Opened(disk, directory, options, Recording.NOTHING)) {
            disk.shut();
            List<Future<?>> writes = write(database, 1, 1);
            disk.arrived.await();
            Thread failing = new Thread(() -> database.execute(Opened.negate(77)));
            failing.start();
            await(() -> failing.getState() != Thread.State.RUNNABLE);

            assertThat(failing.getState()).isEqualTo(Thread.State.WAITING);
            disk.open();
            failing.join();
            writes.get(0).get();
            assertThat(database.current().revision()).isEqualTo(1);
        }
    }

    @Test
    void lastSync_isTheInstantOfTheLastForce() throws InterruptedException {
        Instant start = Instant.now();
        try (Opened database = open(Durability.OS)) {
            Instant opened = database.status().lastSync();
            assertThat(opened).isBetween(start, Instant.now());
            database.execute(Opened.add(1));
            assertThat(database.status().lastSync()).isEqualTo(opened);
        }
        try (Opened database = open(Durability.ALWAYS)) {
            Instant opened = database.status().lastSync();
            await(() -> Instant.now().isAfter(opened));
            database.execute(Opened.add(2));
            assertThat(database.status().lastSync()).isAfter(opened);
            assertThat(database.status().durableRevision()).isEqualTo(2);
        }
    }

    /** Whoever keeps it elsewhere would take it for a sign that the history was cut if a crash lost the entry. */
    @Test
    void checkpoint_isNotOfAnEntryThatACrashCouldLose() throws Exception {
        try (Opened database = open(Durability.ALWAYS)) {
            database.execute(Opened.add(1));
            disk.shut();
            List<Future<?>> writes = write(database, 2, 1);
            disk.arrived.await();

            assertThat(database.log().checkpoint().revision()).isEqualTo(1);
            disk.open();
            writes.get(0).get();
            assertThat(database.log().checkpoint().revision()).isEqualTo(2);
            assertThat(database.log()
                            .verify(List.of(database.log().checkpoint()), VerifyProgress.NONE, Set.of())
                            .isIntact())
                    .isTrue();
        }
    }

    @Test
    void forceThatFails_failsAllWhoWaitForIt_andIsNotTriedAgain() throws Exception {
        try (Opened database = open(Durability.ALWAYS)) {
            database.execute(Opened.add(1));
            disk.shut();
            disk.failing = true;
            List<Future<?>> writes = new ArrayList<>(write(database, 2, 1));
            disk.arrived.await();
            writes.addAll(write(database, 3, WRITERS));
            await(() -> database.status().revision() == 2 + WRITERS);
            int forces = disk.forces.get();
            disk.open();

            assertAllFail(writes);
            assertThat(disk.forces).hasValue(forces);
            assertThat(database.ids()).containsExactly(1L);
            assertThat(database.entries()).hasSize(1);
            assertThat(database.log().checkpoint().revision()).isEqualTo(1);
        }
    }

    /** The writer that begins a new file comes to force the old one just after another writer could not. */
    @Test
    void newFile_doesNotHideThatTheOldOneCouldNotBeForced() throws Exception {
        Path other = directory.resolve("other");
        try (Opened database = new Opened(new LocalDisk(), other, StorageOptions.DEFAULT)) {
            database.execute(Opened.add(1));
        }
        long line = Files.size(new Layout(other).segment(1));
        try (Opened database = open(Durability.ALWAYS, Duration.ofHours(1), line * 3 / 2)) {
            database.execute(Opened.add(1));
            disk.shut();
            disk.failing = true;
            List<Future<?>> writes = new ArrayList<>(write(database, 2, 1));
            disk.arrived.await();
            Thread[] rotating = new Thread[1];
            writes.add(threads.submit(() -> {
                rotating[0] = Thread.currentThread();
                database.execute(Opened.add(3));
            }));
            await(() -> rotating[0] != null && rotating[0].getState() == Thread.State.WAITING);
            disk.open();

            assertAllFail(writes);
            assertThat(database.ids()).containsExactly(1L);
            assertThat(database.status().failure()).contains(FaultyDisk.MESSAGE);
            assertThat(database.status().durableRevision()).isEqualTo(1);
        }
    }

    private static void assertAllFail(List<Future<?>> writes) {
        for (Future<?> write : writes) {
            assertThatThrownBy(write::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(JournalFailedException.class)
                    .hasRootCauseMessage(FaultyDisk.MESSAGE);
        }
    }

    @Test
    void interval_forcesInTheBackground() throws Exception {
        try (Opened database = open(Durability.INTERVAL, Duration.ofMillis(2), 1L << 20)) {
            database.execute(Opened.add(1));
            await(() -> database.status().durableRevision() == 1);
            assertThat(disk.forcedLength).isEqualTo(Files.size(journal()));
        }
    }

    @Test
    void interval_failsLaterWrites_whenTheBackgroundCannotForce() throws Exception {
        try (Opened database = open(Durability.INTERVAL, Duration.ofMillis(2), 1L << 20)) {
            disk.failing = true;
            database.execute(Opened.add(1));
            await(() -> database.status().failure() != null);

            assertThatThrownBy(() -> database.execute(Opened.add(2)))
                    .isInstanceOf(JournalFailedException.class)
                    .hasRootCauseMessage(FaultyDisk.MESSAGE);
            assertThat(database.ids()).containsExactly(1L);
        }
    }

    /** A disk driver may fail in ways that are no input or output error; silence would be no durability. */
    @Test
    void interval_failsLaterWrites_whateverKeepsTheBackgroundFromForcing() throws Exception {
        Disk strange = new ForwardingDisk(new LocalDisk()) {
            private int forces;

            @Override
            void force(Path file, Output output) throws IOException {
                if (file.toString().endsWith(Layout.SEGMENT) && ++forces > 1) {
                    throw new InternalError(FaultyDisk.MESSAGE);
                }
                super.force(file, output);
            }
        };
        StorageOptions options =
                new StorageOptions(Durability.INTERVAL, Duration.ofMillis(2), 1L << 20, 10_000, 1L << 30, true, 100);
        try (Opened database = new Opened(strange, directory, options)) {
            database.execute(Opened.add(1));
            await(() -> database.status().failure() != null);

            assertThatThrownBy(() -> database.execute(Opened.add(2))).isInstanceOf(JournalFailedException.class);
        }
    }

    @Test
    void operatingSystem_isLeftToForce() {
        try (Opened database = open(Durability.OS)) {
            int before = disk.forces.get();
            for (long id = 1; id <= 20; id++) {
                database.execute(Opened.add(id));
            }
            assertThat(disk.forces).hasValue(before);
            assertThat(database.ids()).hasSize(20);
            assertThat(database.status().durableRevision()).isZero();
        }
        assertThat(disk.forcedLength).as("closing forces").isPositive();
    }

    /** An application that cancels a request must not take the journal away from all others. */
    @Test
    void interruptedThreads_readAndWriteLikeOthers() throws Exception {
        Thread.currentThread().interrupt();
        try (Opened database = new Opened(new LocalDisk(), directory, Opened.SMALL)) {
            for (long id = 1; id <= 30; id++) {
                database.execute(Opened.add(id));
                database.asOf(id / 2);
            }
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            database.log().saveSnapshot();
            database.log().retain(10, null);
            database.assertReadable();
        }
        assertThat(Thread.interrupted()).isTrue();
        try (Opened reopened = new Opened(new LocalDisk(), directory, Opened.SMALL)) {
            assertThat(reopened.ids()).hasSize(30);
        }
    }

    @Test
    void threadsThatAreInterruptedWhileTheyWrite_breakNothing() throws Exception {
        try (Opened database = new Opened(new LocalDisk(), directory, Opened.SMALL)) {
            Thread writer = new Thread(() -> {
                for (long id = 1; id <= 60; id++) {
                    database.execute(Opened.add(id));
                }
            });
            writer.start();
            while (writer.isAlive()) {
                writer.interrupt();
                TimeUnit.MICROSECONDS.sleep(200);
            }
            assertThat(database.status().failure()).isNull();
            assertThat(database.ids()).hasSize(60);
            database.assertReadable();
        }
    }
}
