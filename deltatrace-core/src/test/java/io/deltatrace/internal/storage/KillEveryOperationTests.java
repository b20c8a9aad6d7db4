package io.deltatrace.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.TestProcess;
import io.deltatrace.storage.Durability;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that does a fixed piece of work is killed in the middle of the first thing that it does to its disk, then of the second,
 * and so on to the last; or of every so many-th, as the system property {@value #STEP} says.
 */
class KillEveryOperationTests {

    private static final String STEP = "deltatrace.crash.step";
    private static final int DISTANCE = Integer.getInteger(STEP, 50);
    private static final int MOST_OPERATIONS = 1_000;

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Timeout(3_600)
    void processThatIsKilledAtAnyOperation_losesNothingThatWasAcknowledged(Durability durability) throws Exception {
        int kills = 0;
        for (int at = 1; ; at += DISTANCE) {
            assertThat(at).isLessThan(MOST_OPERATIONS);
            Path directory = temporary.resolve("kill-" + at);
            FixedWork work = FixedWork.of(
                    directory,
                    durability,
                    TestProcess.of(StoppingProcess.class, directory.toString(), durability.name(), String.valueOf(at)));
            work.assertRecovers("operation " + at);
            if (work.lastWord().equals(StoppingProcess.DONE)) {
                break;
            }
            assertThat(work.lastWord()).isEqualTo(StoppingProcess.STOPPED);
            kills++;
        }
        assertThat(kills).isGreaterThan(1);
        System.out.printf("%s: %,d kills survived in the middle of an operation of the disk%n", durability, kills);
    }
}
