package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.document.Document;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.query.Query;
import io.deltatrace.storage.Durability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that writes is killed, again and again, and each time the directory has everything that it had told of. How often
 * is set by the system property {@value #KILLS}, for each durability; a quarter of that while history is given up.
 */
class CrashTests {

    private static final String KILLS = "deltatrace.crash.kills";
    private static final int MANY = Integer.getInteger(KILLS, 8);
    private static final int FEW = Math.max(1, MANY / 4);
    private static final int SIGKILL = 128 + 9;

    private final Random random = new Random();
    private final Set<String> submitted = new HashSet<>();
    private final Set<String> acknowledged = new HashSet<>();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Timeout(3_600)
    void killedProcess_losesNothingAcknowledged_andLeavesNothingThatWasNotSubmitted(Durability durability)
            throws Exception {
        for (int kill = 1; kill <= MANY; kill++) {
            writeAndKill(durability, kill, 0);
            try (DeltaTraceDatabase database =
                    WritingProcess.builder(directory, durability).build()) {
                assertHasWhatItShould(database);
                if (kill % 5 == 0 || kill == MANY) {
                    assertHistoryIsWhole(database);
                }
                assertThat(database.asOf(0).collections()).isEmpty();
            }
        }
        tell(MANY, durability);
    }

    private void tell(int kills, Durability durability) {
        System.out.printf(
                "%s: %,d kills survived, %,d of %,d requests are there%n",
                durability, kills, acknowledged.size(), submitted.size());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    @Timeout(3_600)
    void processThatIsKilledWhileItGivesUpHistory_losesNoData(Durability durability) throws Exception {
        for (int kill = 1; kill <= FEW; kill++) {
            writeAndKill(durability, kill, 50);
            try (DeltaTraceDatabase database =
                    WritingProcess.builder(directory, durability).build()) {
                assertHasWhatItShould(database);
                assertHistoryIsWhole(database);
                assertThat(database.storage().orElseThrow().firstRevision()).isGreaterThan(1);
            }
        }
        tell(FEW, durability);
    }

    private void writeAndKill(Durability durability, int kill, int retained) throws IOException, InterruptedException {
        Process process = TestProcess.of(
                        WritingProcess.class,
                        directory.toString(),
                        durability.name(),
                        String.valueOf(kill * 1_000_000_000L),
                        String.valueOf(retained))
                .start();
        AtomicInteger told = new AtomicInteger();
        String awaited = retained > 0 ? WritingProcess.RETAINED : "= ";
        Thread listener = new Thread(() -> listen(process, awaited, told));
        listener.start();
        while (told.get() == 0 && process.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        TimeUnit.MILLISECONDS.sleep(10 + random.nextInt(100));
        // Not through the process itself, which would close the pipe before all that was told is read.
        process.toHandle().destroyForcibly();
        assertThat(process.waitFor()).isIn(SIGKILL, 1);
        listener.join();
        assertThat(told).hasPositiveValue();
    }

    private void listen(Process process, String awaited, AtomicInteger told) {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(awaited)) {
                    told.incrementAndGet();
                }
                if (line.startsWith("= ")) {
                    acknowledged.add(line.substring(2));
                } else if (line.startsWith("+ ")) {
                    submitted.add(line.substring(2));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertHasWhatItShould(DeltaTraceDatabase database) {
        Set<String> recovered = recovered(database.snapshot());
        assertThat(minus(acknowledged, recovered)).as("lost").isEmpty();
        assertThat(minus(recovered, submitted)).as("never submitted").isEmpty();
        // What had not been told of may be there or not; from now on it stays as it is.
        acknowledged.addAll(recovered);
        assertThat(database.history().verify().fault()).isNull();
    }

    private void assertHistoryIsWhole(DeltaTraceDatabase database) {
        Set<String> recovered = recovered(database.snapshot());
        assertThat(database.history().verify(VerifyOption.REPLAY).fault()).isNull();
        long newest = database.snapshot().revision();
        List<Long> revisions =
                database.history().entries(HistoryFilter.all().fromTheOldest().limit(Integer.MAX_VALUE)).stream()
                        .map(HistoryEntry::revision)
                        .toList();
        long oldest = revisions.get(0);
        assertThat(revisions).hasSize((int) (newest - oldest + 1)).isSorted().endsWith(newest);
        long oldestState = database.storage().orElseThrow().oldestState();
        for (int i = 0; i < 5; i++) {
            long revision = oldestState + random.nextLong(newest - oldestState + 1);
            Snapshot past = database.asOf(revision);
            assertThat(past.revision()).isEqualTo(revision);
            assertThat(minus(recovered(past), recovered)).isEmpty();
        }
    }

    private static Collection<String> minus(Set<String> one, Set<String> other) {
        Set<String> difference = new HashSet<>(one);
        difference.removeAll(other);
        return difference;
    }

    private static Set<String> recovered(Snapshot snapshot) {
        List<String> names = new ArrayList<>();
        for (Document row : snapshot.execute(Query.getAll("rows")).documents()) {
            names.add("a" + row.get("id"));
            if (row.get("updated") != null) {
                names.add("u" + row.get("updated"));
            }
        }
        Map<Object, Integer> parts = new HashMap<>();
        for (Document part : snapshot.execute(Query.getAll("parts")).documents()) {
            parts.merge(String.valueOf(part.get("id")), 1, Integer::sum);
        }
        assertThat(parts).allSatisfy((id, count) -> assertThat(count).isEqualTo(WritingProcess.PARTS));
        parts.keySet().forEach(id -> names.add("t" + id));
        assertThat(names).doesNotHaveDuplicates();
        return new HashSet<>(names);
    }
}
