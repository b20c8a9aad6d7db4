package io.deltatrace.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.deltatrace.internal.storage.FaultyDisk.Failure;
import io.deltatrace.storage.DirectoryNotUsableException;
import io.deltatrace.storage.Durability;
import io.deltatrace.storage.JournalFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** History is given up on a disk that fails at its first operation, then at its second, and so on to the last. */
class RetentionFaultTests {

    private static final int MOST_OPERATIONS = 1_000;
    private static final int ROWS = 14;
    private static final List<Long> ALL =
            LongStream.rangeClosed(1, ROWS).boxed().toList();

    @RegisterExtension
    static final QuietLog LOG = new QuietLog();

    @TempDir
    private Path temporary;

    @BeforeEach
    void fill() {
        try (Opened database = new Opened(FaultyDisk.sound(), temporary.resolve("full"), Opened.SMALL)) {
            ALL.forEach(id -> database.execute(Opened.add(id)));
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void anyOperationThatFails_losesNothingThatIsRetained(Failure failure) throws IOException {
        boolean over = false;
        for (int at = 1; !over; at++) {
            assertThat(at).isLessThan(MOST_OPERATIONS);
            Path directory = FaultyDiskTests.copy(temporary.resolve("full"), temporary.resolve(failure + "-" + at));
            Path archive = temporary.resolve("archive-" + failure + at);
            FaultyDisk disk = FaultyDisk.sound();
            try (Opened database = new Opened(disk, directory, Opened.SMALL)) {
                disk.failAt(failure, at);
                retain(database, archive);
            } catch (AssertionError e) {
                throw new AssertionError(failure + " at operation " + at + ", " + disk.failedAt(), e);
            }
            over = disk.failedAt() == null;
            if (disk.isDead()) {
                disk.losePower(at);
            }
            assertRecovers(directory, failure + " at operation " + at);
        }
    }

    private static void retain(Opened database, Path archive) {
        Throwable thrown = catchThrowable(() -> database.log().retain(8, archive));
        if (thrown != null) {
            assertThat(thrown)
                    .isInstanceOfAny(DirectoryNotUsableException.class, JournalFailedException.class)
                    .hasRootCauseMessage(FaultyDisk.MESSAGE);
        }
        assertThat(database.ids()).isEqualTo(ALL);
        assertThat(database.log().oldestState()).isLessThanOrEqualTo(8);
        database.assertReadable();
    }

    private static void assertRecovers(Path directory, String description) {
        try (Opened reopened = new Opened(FaultyDisk.sound(), directory, Opened.SMALL)) {
            assertThat(reopened.ids()).as(description).isEqualTo(ALL);
            assertThat(reopened.log().oldestState()).isLessThanOrEqualTo(8);
            reopened.assertReadable();
            reopened.log().retain(11, null);
            assertThat(reopened.log().oldestState()).as(description).isEqualTo(11);
            reopened.execute(Opened.add(100));
        }
        try (Opened again = new Opened(FaultyDisk.sound(), directory, Opened.SMALL)) {
            assertThat(again.ids()).hasSize(ROWS + 1).endsWith(100L);
            assertThat(again.log().oldestState()).isEqualTo(11);
            again.assertReadable();
        } catch (RuntimeException e) {
            throw new AssertionError(description, e);
        }
    }

    /**
     * What could not be deleted is given up all the same, and is not taken for the oldest state when others are thinned out. Nor
     * is what the manifest needs, of which nobody knows whether it is the old one or the new one.
     */
    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"ONCE", "THOUGH_DONE"})
    void retentionThatFails_isNoReasonToGiveUpMoreLater(Failure failure) throws IOException {
        // All snapshots between the oldest and the newest are close enough together to be thinned out.
        StorageOptions thinning =
                new StorageOptions(Durability.ALWAYS, Duration.ofHours(1), 1_200, 100, 1L << 20, true, 3);
        boolean over = false;
        for (int at = 1; !over; at++) {
            assertThat(at).isLessThan(MOST_OPERATIONS);
            Path directory =
                    FaultyDiskTests.copy(temporary.resolve("full"), temporary.resolve("later-" + failure + at));
            FaultyDisk disk = FaultyDisk.sound();
            try (Opened database = new Opened(disk, directory, thinning)) {
                database.log().retain(5, null);
                disk.failAt(failure, at);
                retain(database, temporary.resolve("archive-later-" + failure + at));
                over = disk.failedAt() == null;
                for (long id = 15; id <= 17 && !over; id++) {
                    database.execute(Opened.add(id));
                    database.log().saveSnapshot();
                }
                assertThat(database.log().oldestState()).as("operation %s", at).isLessThanOrEqualTo(8);
                database.assertReadable();
            }
            try (Opened reopened = new Opened(FaultyDisk.sound(), directory, thinning)) {
                assertThat(reopened.log().oldestState())
                        .as("%s at operation %s, %s", failure, at, disk.failedAt())
                        .isLessThanOrEqualTo(8);
                assertThat(Opened.ids(reopened.asOf(8))).hasSize(8);
            }
        }
    }

    /** Whoever looks back has found out what a state is made of, and that is given up before it is read. */
    @ParameterizedTest
    @ValueSource(strings = {Layout.SNAPSHOT, Layout.SEGMENT})
    void stateThatIsRetained_canBeHadWhileWhatIsBeforeItIsGivenUp(String kindOfFile) {
        long retained = 8;
        Path directory = temporary.resolve("full");
        try (Opened database = new Opened(FaultyDisk.sound(), directory, Opened.SMALL)) {
            database.log().retain(5, null);
        }
        AtomicReference<Opened> opened = new AtomicReference<>();
        Disk hooked = new ForwardingDisk(new LocalDisk()) {
            @Override
            public Input read(Path file) throws IOException {
                Opened database = opened.get();
                if (database != null && file.toString().endsWith(kindOfFile)) {
                    opened.set(null);
                    database.log().retain(retained, null);
                }
                return super.read(file);
            }
        };
        try (Opened database = new Opened(hooked, directory, Opened.SMALL)) {
            opened.set(database);
            assertThat(Opened.ids(database.asOf(retained))).hasSize((int) retained);
            assertThat(opened).hasNullValue();
            assertThat(database.log().oldestState()).isEqualTo(retained);
        }
    }

    /** The manifest says that they are given up; the process ended before they were deleted. */
    @Test
    void filesThatAreGivenUp_areDeletedWhenTheDirectoryIsOpened() throws IOException {
        Path directory = FaultyDiskTests.copy(temporary.resolve("full"), temporary.resolve("left"));
        Path copy = FaultyDiskTests.copy(directory, temporary.resolve("copy"));
        long anchor;
        try (Opened database = new Opened(FaultyDisk.sound(), directory, Opened.SMALL)) {
            database.log().retain(11, null);
            anchor = database.status().firstRevision() - 1;
        }
        for (String folder : List.of("journal", "snapshots", "index")) {
            try (Stream<Path> files = Files.list(copy.resolve(folder))) {
                for (Path file : files.toList()) {
                    Path to = directory.resolve(folder).resolve(file.getFileName());
                    if (!Files.exists(to)) {
                        Files.copy(file, to);
                    }
                }
            }
        }
        new Opened(FaultyDisk.sound(), directory, Opened.SMALL).close();
        for (String folder : List.of("journal", "snapshots", "index")) {
            try (Stream<Path> files = Files.list(directory.resolve(folder))) {
                assertThat(files)
                        .allSatisfy(file -> assertThat(Long.parseLong(
                                        file.getFileName().toString().substring(0, 19)))
                                .isGreaterThanOrEqualTo(folder.equals("snapshots") ? anchor : anchor + 1));
            }
        }
    }
}
