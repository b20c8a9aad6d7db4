package io.deltatrace.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.internal.storage.FaultyDisk.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A snapshot is taken on a disk that fails at its first operation, then at its second, and so on to the last. */
class SnapshotFaultTests {

    private static final int MOST_OPERATIONS = 1_000;

    @RegisterExtension
    static final QuietLog LOG = new QuietLog();

    @TempDir
    private Path temporary;

    /** Whoever copies the files for a backup takes what is called a snapshot for one. */
    @ParameterizedTest
    @EnumSource(Failure.class)
    void fileThatIsCalledASnapshot_isWhole_whateverFailed(Failure failure) throws IOException {
        boolean over = false;
        for (int at = 1; !over; at++) {
            assertThat(at).isLessThan(MOST_OPERATIONS);
            Path directory = temporary.resolve(failure + "-" + at);
            FaultyDisk disk = FaultyDisk.sound();
            try (Opened database = new Opened(disk, directory, StorageOptions.DEFAULT)) {
                for (int id = 1; id <= 10; id++) {
                    database.execute(Opened.add(id));
                }
                disk.failAt(failure, at);
                saveWhateverComes(database);
                over = disk.failedAt() == null;
            }
            if (disk.isDead()) {
                disk.losePower(at);
            }
            assertWhole(directory, failure + " at operation " + at);
        }
    }

    private static void saveWhateverComes(Opened database) {
        try {
            database.log().saveSnapshot();
        } catch (RuntimeException e) {
            assertThat(e).hasRootCauseMessage(FaultyDisk.MESSAGE);
        }
    }

    private static void assertWhole(Path directory, String description) throws IOException {
        Path snapshots = directory.resolve("snapshots");
        if (!Files.isDirectory(snapshots)) {
            return;
        }
        try (Stream<Path> files = Files.list(snapshots)) {
            List<Path> named =
                    files.filter(file -> file.toString().endsWith(".dtdb.gz")).toList();
            for (Path file : named) {
                try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                    assertThat(in.readAllBytes()).as(description).isNotEmpty();
                } catch (IOException e) {
                    throw new AssertionError(description + " left half of " + file.getFileName(), e);
                }
            }
        }
    }
}
