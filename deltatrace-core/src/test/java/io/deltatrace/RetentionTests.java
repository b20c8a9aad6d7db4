package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.internal.engine.ChainedLine;
import io.deltatrace.query.Query;
import io.deltatrace.storage.ReadOnlyException;
import io.deltatrace.storage.Retention;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** History is given up, the data is not. */
class RetentionTests {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @TempDir
    private Path temporary;

    private Path directory() {
        return temporary.resolve("data");
    }

    private DeltaTraceDatabaseBuilder onFiles() {
        return DeltaTraceDatabase.builder()
                .directory(directory())
                .segmentSize(3_000)
                .snapshotEvery(7, 1_000_000)
                .historyLimit(5)
                .clock(now::get);
    }

    /** One row a minute. */
    private void fill(DeltaTraceDatabase database, int count) {
        for (int n = 1; n <= count; n++) {
            now.updateAndGet(instant -> instant.plusSeconds(60));
            database.execute(Query.add("rows", Map.of("n", n)));
        }
    }

    private static List<Long> revisions(DeltaTraceDatabase database) {
        return database.history().entries(HistoryFilter.all().fromTheOldest().limit(10_000)).stream()
                .map(HistoryEntry::revision)
                .toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void assertKept(DeltaTraceDatabase database, long oldest, long newest) {
        assertThat(database.snapshot().size("rows")).isEqualTo(newest);
        List<Long> revisions = revisions(database);
        assertThat(revisions)
                .isEqualTo(range(revisions.get(0), newest))
                .endsWith(range(oldest + 1, newest).toArray(Long[]::new));
        for (long revision = oldest; revision <= newest; revision++) {
            assertThat(database.asOf(revision).size("rows")).isEqualTo(revision);
        }
        assertThatThrownBy(() -> database.asOf(oldest - 1))
                .isInstanceOf(RevisionNotRetainedException.class)
                .hasMessageContaining("from revision " + oldest + " to " + newest);
        assertThatThrownBy(() -> database.history().diff(1, newest)).isInstanceOf(RevisionNotRetainedException.class);
        assertThat(database.history().versionsOf("rows", field("n").equalTo(1)))
                .singleElement()
                .satisfies(version -> assertThat(version.entry())
                        .as("it is not known any more")
                        .isNull());
    }

    @ParameterizedTest
    @CsvSource({"1, false", "10, false", "25, true", "59, false"})
    void entries_areKeptFromTheGivenNumberOn(int count, boolean byAge) throws IOException {
        String head;
        long oldest;
        try (DeltaTraceDatabase database = onFiles().build()) {
            fill(database, 60);
            int before = files(directory().resolve("journal")).size();
            Checkpoint early = database
                    .history()
                    .entries(HistoryFilter.all().fromTheOldest().limit(1))
                    .stream()
                    .map(entry -> new Checkpoint(entry.revision(), entry.link().hash()))
                    .toList()
                    .get(0);
            oldest = database.retain(byAge ? Retention.age(Duration.ofMinutes(count)) : Retention.entries(count));

            assertThat(oldest).isLessThanOrEqualTo(60L - count);
            if (60 - count > 10) {
                assertThat(oldest).isEqualTo(60L - count);
                assertThat(files(directory().resolve("journal"))).hasSizeLessThan(before);
                assertKept(database, oldest, 60);
                assertThat(database.history().verify(List.of(early), VerifyOption.REPLAY))
                        .satisfies(report -> assertThat(report.isIntact()).isTrue())
                        .satisfies(report -> assertThat(report.unverifiable()).containsExactly(early));
            }
            head = database.history().checkpoint().toString();
        }
        try (DeltaTraceDatabase reopened = onFiles().build()) {
            assertThat(reopened.history().checkpoint()).hasToString(head);
            if (60 - count > 10) {
                assertKept(reopened, oldest, 60);
            }
            assertThat(reopened.history()
                            .verify(List.of(Checkpoint.parse(head)), VerifyOption.REPLAY)
                            .fault())
                    .isNull();
            reopened.execute(Query.add("rows", Map.of("n", 61)));
            assertThat(reopened.snapshot().size("rows")).isEqualTo(61);
        }
    }

    @Test
    void repeatedRetention_keepsTheDirectorySmall() throws IOException {
        for (int session = 1; session <= 4; session++) {
            try (DeltaTraceDatabase database = onFiles().build()) {
                fill(database, 60);
                long newest = database.snapshot().revision();
                assertThat(newest).isEqualTo(60L * session);
                assertThat(database.retain(Retention.entries(20))).isEqualTo(newest - 20);
                assertThat(database.retain(Retention.entries(20))).as("again").isEqualTo(newest - 20);
                assertThat(database.retain(Retention.entries(1_000))).as("more").isEqualTo(newest - 20);
                assertThat(files(directory().resolve("journal"))).hasSizeLessThan(12);
                assertThat(files(directory().resolve("index"))).hasSizeLessThan(12);
                assertThat(files(directory().resolve("snapshots"))).hasSizeLessThan(12);
            }
        }
    }

    @Test
    void archive_getsWholeFilesThatContinueEachOther() throws Exception {
        Path archive = temporary.resolve("archive").resolve("2026");
        try (DeltaTraceDatabase database = onFiles().build()) {
            fill(database, 60);
            database.retain(Retention.entries(30).archivingTo(archive));
            database.retain(Retention.entries(10).archivingTo(archive));
        }
        String head = "0".repeat(64);
        long revision = 0;
        MessageDigest digest = ChainedLine.digest();
        List<Path> files = new ArrayList<>(files(archive));
        assertThat(files).anyMatch(file -> file.toString().endsWith(".dtdb.gz"));
        files.removeIf(file -> !file.toString().endsWith(".ndjson"));
        files.addAll(files(directory().resolve("journal")));
        for (Path file : files) {
            assertThat(Files.readString(file)).endsWith("\n");
            for (String line : Files.readAllLines(file)) {
                ChainedLine chained = ChainedLine.read(line.getBytes(StandardCharsets.UTF_8), digest);
                assertThat(chained).isNotNull();
                assertThat(chained.previousHash()).isEqualTo(head);
                assertThat(chained.revision()).isEqualTo(++revision);
                head = chained.hash();
            }
        }
        assertThat(revision).isEqualTo(60);
    }

    /** A copy in place of the original would be the end of both. */
    @ParameterizedTest
    @ValueSource(strings = {"journal", "snapshots", "index", "journal/old", "../data/journal"})
    void archiveAmongTheFilesOfTheDatabase_isRefused(String where) {
        try (DeltaTraceDatabase database = onFiles().build()) {
            fill(database, 60);
            assertThatThrownBy(() -> database.retain(
                            Retention.entries(10).archivingTo(directory().resolve(where))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("archive");
            assertThat(revisions(database)).isEqualTo(range(1, 60));
        }
        try (DeltaTraceDatabase reopened = onFiles().build()) {
            assertThat(revisions(reopened)).isEqualTo(range(1, 60));
        }
    }

    @Test
    @Timeout(60)
    void readersAndWriters_goOnWhileHistoryIsGivenUp() throws Exception {
        try (DeltaTraceDatabase database = onFiles().build()) {
            AtomicReference<Throwable> failure = new AtomicReference<>();
            List<Thread> threads = new ArrayList<>();
            threads.add(new Thread(() ->
                    IntStream.range(0, 400).forEach(n -> database.execute(Query.add("rows", Map.of("n", n))))));
            Runnable look = () -> {
                List<Long> revisions = revisions(database);
                if (!revisions.isEmpty()) {
                    long oldest = revisions.get(0);
                    assertThat(revisions).isEqualTo(range(oldest, oldest + revisions.size() - 1));
                }
            };
            threads.add(new Thread(() -> whileAlive(threads.get(0), look)));
            threads.add(new Thread(() -> whileAlive(
                    threads.get(0),
                    () -> assertThat(database.history().verify().fault()).isNull())));
            threads.add(new Thread(() -> whileAlive(
                    threads.get(0),
                    () -> assertThat(database.history()
                                    .versionsOf("rows", field("n").greaterThanOrEqualTo(0)))
                            .isNotNull())));
            threads.forEach(thread -> thread.setUncaughtExceptionHandler((at, e) -> failure.set(e)));
            threads.forEach(Thread::start);
            while (threads.get(0).isAlive()) {
                database.retain(Retention.entries(20));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failure.get()).isNull();
            assertThat(database.snapshot().size("rows")).isEqualTo(400);
            assertThat(database.retain(Retention.entries(20))).isGreaterThanOrEqualTo(300);
            assertThat(database.history().verify(VerifyOption.REPLAY).fault()).isNull();
        }
    }

    private static void whileAlive(Thread other, Runnable action) {
        while (other.isAlive()) {
            action.run();
        }
    }

    @Test
    void memory_forgetsExactlyWhatIsNotRetained() {
        try (DeltaTraceDatabase database =
                DeltaTraceDatabase.builder().clock(now::get).build()) {
            fill(database, 60);
            assertThat(database.retain(Retention.entries(25))).isEqualTo(35);
            assertKept(database, 35, 60);
            assertThat(database.retain(Retention.age(Duration.ofMinutes(10)))).isEqualTo(50);
            assertKept(database, 50, 60);
            assertThat(database.retain(Retention.entries(30))).isEqualTo(50);
            assertThat(database.history().verify(VerifyOption.REPLAY).fault()).isNull();
            assertThatThrownBy(() -> database.retain(Retention.entries(1).archivingTo(temporary)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void instantBeforeTheOldestState_isNotRetained() {
        try (DeltaTraceDatabase database = onFiles().build()) {
            fill(database, 60);
            long oldest = database.retain(Retention.age(Duration.ofMinutes(20)));

            assertThat(database.asOf(START.plusSeconds(60 * oldest)).revision()).isEqualTo(oldest);
            assertThatThrownBy(() -> database.asOf(START.plusSeconds(60 * oldest - 1)))
                    .isInstanceOf(RevisionNotRetainedException.class)
                    .hasMessageContaining("from revision " + oldest + " to 60");
        }
    }

    @Test
    void readOnlyDatabase_givesNothingUp() {
        try (DeltaTraceDatabase database = onFiles().build()) {
            fill(database, 60);
        }
        try (DeltaTraceDatabase reading = DeltaTraceDatabase.openReadOnly(directory())) {
            assertThatThrownBy(() -> reading.retain(Retention.entries(1))).isInstanceOf(ReadOnlyException.class);
            assertThat(revisions(reading)).isEqualTo(range(1, 60));
        }
    }
}
