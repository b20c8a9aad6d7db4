package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.cause.ActorType;
import io.deltatrace.condition.Condition;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.query.Request;
import io.deltatrace.storage.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** There is one way of looking back, whether the history is in memory, on files, or partly both. */
class SameHistoryTests {

    private static final int REQUESTS = 400;
    private static final List<String> COLLECTIONS = List.of("users", "orders", "empty", "merged");

    @Property(tries = 12)
    void historyOnFiles_saysTheSameAsInMemory(@ForAll long seed) throws IOException {
        Path directory = Files.createTempDirectory("deltatrace");
        try (DeltaTraceDatabase memory = DeltaTraceDatabase.builder()
                        .clock(clock())
                        .historyLimit(Integer.MAX_VALUE)
                        .build();
                DeltaTraceDatabase files = DeltaTraceDatabase.builder()
                        .clock(clock())
                        .directory(directory)
                        .durability(Durability.OS)
                        .historyLimit(7)
                        .segmentSize(20_000)
                        .snapshotEvery(37, Long.MAX_VALUE)
                        .build()) {
            RandomRequests requests = new RandomRequests(seed);
            for (int i = 0; i < REQUESTS; i++) {
                Request request = requests.request();
                memory.execute(request);
                files.execute(request);
            }
            Random random = new Random(seed);
            assertSame(memory, files, random);
            try (DeltaTraceDatabase reopened = DeltaTraceDatabase.openReadOnly(directory)) {
                assertSame(memory, reopened, random);
            }
        } finally {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Two commits out of three have instants of their own. */
    private static InstantSource clock() {
        int[] calls = {0};
        return () -> Instant.ofEpochSecond(calls[0]++ * 2 / 3);
    }

    private static void assertSame(DeltaTraceDatabase memory, DeltaTraceDatabase files, Random random) {
        long newest = memory.snapshot().revision();
        assertThat(files.snapshot().revision()).isEqualTo(newest);
        assertThat(files.history().checkpoint()).isEqualTo(memory.history().checkpoint());
        for (String collection : COLLECTIONS) {
            Condition condition =
                    random.nextBoolean() ? Condition.all() : new RandomRequests(random.nextLong()).condition();
            assertThat(files.history().versionsOf(collection, condition))
                    .isEqualTo(memory.history().versionsOf(collection, condition));
            assertThat(files.history().blame(collection, condition))
                    .isEqualTo(memory.history().blame(collection, condition));
        }
        for (int i = 0; i < 20; i++) {
            long one = random.nextInt((int) newest + 1);
            long other = random.nextInt((int) newest + 1);
            assertThat(files.history().diff(one, other))
                    .isEqualTo(memory.history().diff(one, other));
            Instant instant = Instant.ofEpochSecond(random.nextInt(REQUESTS));
            assertThat(files.asOf(instant).revision())
                    .isEqualTo(memory.asOf(instant).revision());
            HistoryFilter filter = filter(random, newest);
            assertThat(files.history().entries(filter))
                    .as("%s", filter)
                    .isEqualTo(memory.history().entries(filter));
        }
        assertThatExceptionOfType(RevisionNotRetainedException.class).isThrownBy(() -> files.asOf(newest + 1));
        assertThatExceptionOfType(RevisionNotRetainedException.class).isThrownBy(() -> files.asOf(-1));
    }

    private static HistoryFilter filter(Random random, long newest) {
        HistoryFilter filter = HistoryFilter.all().limit(1 + random.nextInt(100));
        if (random.nextBoolean()) {
            filter = filter.from(Instant.ofEpochSecond(random.nextInt(REQUESTS)));
        }
        if (random.nextBoolean()) {
            filter = filter.until(Instant.ofEpochSecond(random.nextInt(REQUESTS)));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.text("TAR");
        }
        if (random.nextInt(3) == 0) {
            filter = filter.actorType(ActorType.SYSTEM);
        }
        if (random.nextInt(3) == 0) {
            filter = filter.outcome(Outcome.FAILED);
        }
        if (random.nextBoolean()) {
            filter = filter.before(random.nextInt((int) newest + 2));
        }
        return random.nextBoolean() ? filter.fromTheOldest() : filter;
    }
}
