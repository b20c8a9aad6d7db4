package io.deltatrace.internal.storage;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.deltatrace.internal.storage.FaultyDisk.Failure;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.storage.DirectoryNotUsableException;
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
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** A fixed piece of work is done on a disk that fails at its first operation, then at its second, and so on to the last. */
class FaultyDiskTests {

    private static final int MOST_OPERATIONS = 1_000;

    @RegisterExtension
    static final QuietLog LOG = new QuietLog();

    @TempDir
    private Path temporary;

    /** A request, and what the rows are once it has happened. */
    private record Step(Request request, List<Long> after) {}

    private static List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        List<Long> rows = new ArrayList<>();
        for (long id = 1; id <= 4; id++) {
            rows.add(id);
            steps.add(new Step(Opened.add(id), List.copyOf(rows)));
        }
        rows.addAll(List.of(5L, 6L, 7L));
        steps.add(new Step(Opened.addAll(5, 6, 7), List.copyOf(rows)));
        rows.set(1, -2L);
        steps.add(new Step(Opened.negate(2), List.copyOf(rows)));
        steps.add(new Step(Query.delete("rows").where(field("id").equalTo(77)), List.copyOf(rows)));
        for (long id = 8; id <= 11; id++) {
            rows.add(id);
            steps.add(new Step(Opened.add(id), List.copyOf(rows)));
        }
        return steps;
    }

    /** What became of the work. */
    private static final class Run {

        private final FaultyDisk disk;
        private final Path directory;
        private List<Long> acknowledged = List.of();
        private List<Long> attempted = List.of();

        Run(FaultyDisk disk, Path directory) {
            this.disk = disk;
            this.directory = directory;
        }

        void work(StorageOptions options) {
            Opened database;
            try {
                database = new Opened(disk, directory, options);
            } catch (DirectoryNotUsableException e) {
                assertThat(e).hasRootCauseMessage(FaultyDisk.MESSAGE);
                return;
            }
            boolean failed = false;
            List<Step> steps = steps();
            for (int i = 0; i < steps.size(); i++) {
                failed = step(database, steps.get(i), failed);
                assertThat(database.ids()).isEqualTo(acknowledged);
                if (i == 8) {
                    saveSnapshot(database);
                }
            }
            database.assertReadable();
            database.close();
            // A force in the background may have failed after the last write. When it is closed there is nothing more
            // of that.
            String failure = database.status().failure();
            if (failed) {
                assertThat(failure).contains(FaultyDisk.MESSAGE);
            }
            Path fault = disk.failedAt();
            if (fault == null) {
                assertThat(failure).isNull();
            } else if (!disk.isDead() && !disk.isFull()) {
                // Snapshots and indexes can be made again; that one cannot be stored is no reason to refuse writes.
                assertThat(failure != null).as("%s", fault).isEqualTo(fault.startsWith(directory.resolve("journal")));
            }
        }

        private boolean step(Opened database, Step step, boolean failed) {
            Throwable thrown = catchThrowable(() -> database.execute(step.request()));
            if (!failed) {
                attempted = step.after();
            }
            if (thrown == null) {
                assertThat(failed).as("a write after one that failed").isFalse();
                acknowledged = step.after();
                return false;
            }
            assertThat(thrown).isInstanceOf(JournalFailedException.class).hasRootCauseMessage(FaultyDisk.MESSAGE);
            return true;
        }

        private static void saveSnapshot(Opened database) {
            Throwable thrown = catchThrowable(() -> database.log().saveSnapshot());
            if (thrown != null) {
                assertThat(thrown)
                        .isInstanceOfAny(DirectoryNotUsableException.class, JournalFailedException.class)
                        .hasRootCauseMessage(FaultyDisk.MESSAGE);
            }
        }

        boolean isOver() {
            return disk.failedAt() == null;
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "POWER_LOSS")
    void anyOperationThatFails_losesNothingAndLeavesNothingHalf(Failure failure) {
        boolean over = false;
        for (int at = 1; !over; at++) {
            assertThat(at).isLessThan(MOST_OPERATIONS);
            Run run = new Run(new FaultyDisk(failure, at), temporary.resolve(failure + "-" + at));
            over = describe(failure, at, 0, () -> {
                        run.work(Opened.SMALL);
                        assertRecovers(run, Opened.SMALL);
                    })
                    && run.isOver();
        }
    }

    /** Whichever of the unforced bytes and names the disk has kept. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void powerLossAtAnyOperation_losesNothingThatWasAcknowledged(int seed) {
        boolean over = false;
        for (int at = 1; !over; at++) {
            assertThat(at).isLessThan(MOST_OPERATIONS);
            long chance = 1_000L * seed + at;
            Run run = new Run(new FaultyDisk(Failure.POWER_LOSS, at), temporary.resolve(seed + "-" + at));
            over = describe(Failure.POWER_LOSS, at, seed, () -> {
                        run.work(Opened.SMALL);
                        run.disk.losePower(chance);
                        assertRecovers(run, Opened.SMALL);
                    })
                    && run.isOver();
        }
    }

    /** Such as after the process ran out of memory between writing an entry and taking note of it. */
    @Test
    void entryThatDoesNotFollow_isTakenForAFailure() {
        Path directory = temporary.resolve("twice");
        try (Opened database = new Opened(FaultyDisk.sound(), directory, Opened.SMALL)) {
            database.execute(Opened.add(1));
            database.execute(Opened.add(2));
            assertThatThrownBy(() -> database.log().append(database.entries().get(1), database.current()))
                    .isInstanceOf(JournalFailedException.class);
            assertThatThrownBy(() -> database.execute(Opened.add(3))).isInstanceOf(JournalFailedException.class);
            database.assertReadable();
        }
        try (Opened reopened = new Opened(FaultyDisk.sound(), directory, Opened.SMALL)) {
            assertThat(reopened.ids()).containsExactly(1L, 2L);
        }
    }

    private static boolean describe(Failure failure, int at, int seed, Runnable action) {
        try {
            action.run();
            return true;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(failure + " at operation " + at + ", seed " + seed, e);
        }
    }

    private static void assertRecovers(Run run, StorageOptions options) {
        try (Opened reopened = new Opened(FaultyDisk.sound(), run.directory, options)) {
            assertThat(reopened.ids()).isIn(run.acknowledged, run.attempted);
            reopened.assertReadable();
            reopened.execute(Opened.add(100));
        }
        try (Opened again = new Opened(FaultyDisk.sound(), run.directory, options)) {
            assertThat(again.ids()).endsWith(100L);
        }
    }

    /** Nothing was promised but that what is left is a beginning of what happened, and can be opened. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void powerLossWithoutForcing_leavesABeginning(boolean checkOnOpen) {
        StorageOptions options = Opened.options(Durability.OS, checkOnOpen);
        List<List<Long>> beginnings = new ArrayList<>(List.of(List.of()));
        steps().forEach(step -> beginnings.add(step.after()));
        for (int seed = 1; seed <= 40; seed++) {
            FaultyDisk disk = new FaultyDisk(Failure.POWER_LOSS, 20 + new SplittableRandom(seed).nextInt(60));
            long chance = seed;
            Run run = new Run(disk, temporary.resolve("os-" + checkOnOpen + seed));
            describe(Failure.POWER_LOSS, 0, seed, () -> {
                run.work(options);
                disk.losePower(chance);
                try (Opened reopened = new Opened(FaultyDisk.sound(), run.directory, options)) {
                    assertThat(reopened.ids()).isIn(beginnings);
                    reopened.assertReadable();
                    reopened.execute(Opened.add(100));
                }
                try (Opened again = new Opened(FaultyDisk.sound(), run.directory, options)) {
                    assertThat(again.ids()).endsWith(100L);
                }
            });
        }
    }

    /** A force ends where a line ends, so that the rest of a sector that was lost may be a few bytes only. */
    @Test
    void fewLostBytes_atTheEndOfASector_areWhatACrashLeaves() throws IOException {
        StorageOptions options =
                new StorageOptions(Durability.OS, Duration.ofHours(1), 1L << 20, 1_000, 1L << 20, true, 3);
        Path directory = temporary.resolve("sector");
        FaultyDisk disk = FaultyDisk.sound();
        Path journal = new Layout(directory).segment(1);
        long id = 0;
        long end = 0;
        try (Opened database = new Opened(disk, directory, options)) {
            while (end == 0 || end % 512 < 500) {
                database.execute(Opened.add(++id));
                end = Files.size(journal);
            }
            database.execute(Opened.add(id + 1));
            database.execute(Opened.add(id + 2));
            disk.die();
        }
        byte[] content = Files.readAllBytes(journal);
        Arrays.fill(content, (int) end, (int) (end / 512 + 1) * 512, (byte) 0);
        Files.write(journal, content);

        try (Opened reopened = new Opened(FaultyDisk.sound(), directory, options)) {
            assertThat(reopened.current().revision()).isEqualTo(id);
            reopened.assertReadable();
        }
    }

    /** An index may know of entries that were written while the snapshot was, and that were not forced. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void indexOfEntriesThatWereLost_isNotBelieved(boolean checkOnOpen) throws IOException {
        StorageOptions options =
                new StorageOptions(Durability.OS, Duration.ofHours(1), 1L << 20, 1_000, 1L << 20, checkOnOpen, 3);
        Path directory = temporary.resolve("index");
        FaultyDisk disk = FaultyDisk.sound();
        AtomicReference<Opened> writing = new AtomicReference<>();
        Disk hooked = new ForwardingDisk(disk) {
            @Override
            public void rename(Path from, Path to) throws IOException {
                super.rename(from, to);
                if (to.toString().endsWith(Layout.SNAPSHOT)) {
                    writing.get().execute(Opened.add(3));
                    writing.get().execute(Opened.add(4));
                }
            }
        };
        try (Opened database = new Opened(hooked, directory, options)) {
            writing.set(database);
            database.execute(Opened.add(1));
            database.execute(Opened.add(2));
            database.log().saveSnapshot();
            disk.die();
        }
        Path journal = new Layout(directory).segment(1);
        byte[] content = Files.readAllBytes(journal);
        Arrays.fill(content, content.length * 5 / 8, content.length * 6 / 8, (byte) 0);
        Files.write(journal, content);

        FaultyDisk second = FaultyDisk.sound();
        try (Opened reopened = new Opened(second, directory, options)) {
            assertThat(reopened.ids()).containsExactly(1L, 2L);
            reopened.assertReadable();
            for (long id = 13; id <= 15; id++) {
                reopened.execute(Opened.add(id));
            }
            second.die();
        }
        try (Opened again = new Opened(FaultyDisk.sound(), directory, options)) {
            assertThat(again.ids()).containsExactly(1L, 2L, 13L, 14L, 15L);
            again.assertReadable();
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void openingThatFailsAnywhere_canBeTriedAgain(Failure failure) throws IOException {
        Path torn = temporary.resolve("torn");
        try (Opened database = new Opened(FaultyDisk.sound(), torn, Opened.SMALL)) {
            steps().forEach(step -> database.execute(step.request()));
        }
        Path newest;
        try (Stream<Path> files = Files.list(torn.resolve("journal"))) {
            newest = files.sorted().reduce((one, other) -> other).orElseThrow();
        }
        Files.writeString(newest, Files.readString(newest) + "{\"revision\":13,\"at\":");
        Files.writeString(torn.resolve("snapshots").resolve("0000000000000000099.dtdb.gz.tmp"), "half");

        boolean over = false;
        for (int at = 1; !over; at++) {
            assertThat(at).isLessThan(MOST_OPERATIONS);
            Path directory = copy(torn, temporary.resolve("open-" + failure + at));
            FaultyDisk disk = new FaultyDisk(failure, at);
            try {
                new Opened(disk, directory, Opened.SMALL).close();
            } catch (DirectoryNotUsableException e) {
                assertThat(e).hasRootCauseMessage(FaultyDisk.MESSAGE);
            }
            over = disk.failedAt() == null;
            disk.losePower(at);
            try (Opened reopened = new Opened(FaultyDisk.sound(), directory, Opened.SMALL)) {
                assertThat(reopened.ids())
                        .isEqualTo(steps().get(steps().size() - 1).after());
                reopened.assertReadable();
            }
        }
    }

    static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    @Test
    void diskThatFailsForGood_isReportedWithItsCause() {
        FaultyDisk disk = new FaultyDisk(Failure.FROM_THEN_ON, 40);
        try (Opened database = new Opened(disk, temporary.resolve("full"), Opened.SMALL)) {
            assertThatThrownBy(() -> {
                        for (long id = 1; id < 100; id++) {
                            database.execute(Opened.add(id));
                        }
                    })
                    .isInstanceOf(JournalFailedException.class)
                    .hasMessageContaining(FaultyDisk.MESSAGE)
                    .hasMessageContaining("opened again");
            assertThat(database.status().failure()).contains(FaultyDisk.MESSAGE);
            assertThat(database.status().durableRevision())
                    .isEqualTo(database.ids().size());
            assertThatThrownBy(() -> database.execute(Query.add("rows", Map.of())))
                    .isInstanceOf(JournalFailedException.class);
        }
    }
}
