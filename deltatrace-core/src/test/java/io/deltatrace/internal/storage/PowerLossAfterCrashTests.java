package io.deltatrace.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.deltatrace.internal.storage.FaultyDisk.Failure;
import io.deltatrace.storage.StorageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process ends at its first operation, then at its second, and so on to the last. The next one goes on with files and names that
 * were not forced, and then the power goes.
 */
class PowerLossAfterCrashTests {

    private static final int MOST_OPERATIONS = 1_000;
    private static final int ROWS = 14;

    @RegisterExtension
    static final QuietLog LOG = new QuietLog();

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatTheProcessBeforeHasNotForced_cannotTakeAwayWhatWasAcknowledgedSince(long seed) {
        boolean over = false;
        for (int at = 1; !over; at++) {
            assertThat(at).isLessThan(MOST_OPERATIONS);
            Path directory = temporary.resolve("at-" + at);
            FaultyDisk disk = new FaultyDisk(Failure.FROM_THEN_ON, at);
            List<Long> acknowledged = new ArrayList<>();
            Throwable thrown = catchThrowable(() -> work(disk, directory, acknowledged));
            over = disk.failedAt() == null;
            // What fails at the very end may be a snapshot in the background, of which no write is told.
            if (thrown != null || acknowledged.size() < ROWS) {
                assertThat(thrown).isInstanceOf(StorageException.class);
                assertThat(over).isFalse();
            }
            disk.restart();
            List<Long> found;
            try (Opened next = new Opened(disk, directory, Opened.SMALL)) {
                found = next.ids();
                assertThat(found).as("operation %s", at).containsAll(acknowledged);
                next.execute(Opened.add(100));
                disk.die();
            }
            disk.losePower(1_000 * seed + at);
            try (Opened reopened = new Opened(FaultyDisk.sound(), directory, Opened.SMALL)) {
                assertThat(reopened.ids())
                        .as("operation %s", at)
                        .containsAll(found)
                        .endsWith(100L);
                reopened.assertReadable();
            }
        }
    }

    private static void work(FaultyDisk disk, Path directory, List<Long> acknowledged) {
        try (Opened database = new Opened(disk, directory, Opened.SMALL)) {
            for (long id = 1; id <= ROWS; id++) {
                database.execute(Opened.add(id));
                acknowledged.add(id);
                if (id % 5 == 0) {
                    database.log().saveSnapshot();
                    database.log().retain(id - 2, null);
                }
            }
            disk.die();
        }
    }
}
