package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.history.RevertOption;
import io.deltatrace.history.UndoConflictException;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.json.Json;
import io.deltatrace.query.ReadQuery;
import io.deltatrace.query.Request;
import io.deltatrace.storage.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Indexes make no difference to what a database says, now or of its past, in memory or on files, whatever is declared when. */
class IndexedHistoryTests {

    private static final int REQUESTS = 150;
    private static final Cause CAUSE = Cause.of(Actor.system("test"), "back", "because");
    private static final Json JSON = new Json(JsonLimits.DEFAULT);

    @Property(tries = 12)
    void databaseWithIndexes_saysTheSameAsOneWithout(@ForAll long seed) throws IOException {
        RandomLookUps requests = new RandomLookUps(seed);
        Random random = new Random(seed);
        Path directory = Files.createTempDirectory("deltatrace");
        try (DeltaTraceDatabase plain = builder().build()) {
            for (int run = 0; run < 3; run++) {
                DeltaTraceDatabaseBuilder builder = builder()
                        .directory(directory)
                        .durability(Durability.OS)
                        .historyLimit(7)
                        .segmentSize(10_000)
                        .snapshotEvery(23, Long.MAX_VALUE);
                requests.indexes(false).forEach((name, some) -> some.forEach(index -> builder.index(name, index)));
                try (DeltaTraceDatabase indexed = builder.build()) {
                    for (int i = 0; i < REQUESTS; i++) {
                        write(plain, indexed, requests, random);
                    }
                    assertSame(plain, indexed, requests, random);
                }
            }
        } finally {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static DeltaTraceDatabaseBuilder builder() {
        return DeltaTraceDatabase.builder()
                .historyLimit(Integer.MAX_VALUE)
                .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    private static void write(
            DeltaTraceDatabase plain, DeltaTraceDatabase indexed, RandomLookUps requests, Random random) {
        long newest = plain.snapshot().revision();
        if (newest > 10 && random.nextInt(15) == 0) {
            long revision = 1L + random.nextInt((int) newest);
            RevertOption[] options =
                    random.nextBoolean() ? new RevertOption[] {RevertOption.FORCE} : new RevertOption[0];
            Function<DeltaTraceDatabase, String> back = random.nextBoolean()
                    ? database -> database.revertTo(revision, CAUSE).toString()
                    : database -> undone(database, revision, options);
            assertThat(back.apply(indexed)).isEqualTo(back.apply(plain));
        } else {
            Request request = requests.write();
            assertThat(JSON.toJson(indexed.execute(request))).isEqualTo(JSON.toJson(plain.execute(request)));
        }
    }

    private static String undone(DeltaTraceDatabase database, long revision, RevertOption... options) {
        try {
            return database.undo(revision, CAUSE, options).toString();
        } catch (UndoConflictException e) {
            return e.getMessage();
        }
    }

    private static void assertSame(
            DeltaTraceDatabase plain, DeltaTraceDatabase indexed, RandomLookUps requests, Random random) {
        long newest = plain.snapshot().revision();
        assertThat(indexed.history().checkpoint()).isEqualTo(plain.history().checkpoint());
        for (int i = 0; i < 30; i++) {
            long revision = random.nextInt((int) newest + 1);
            Snapshot one = plain.asOf(revision);
            Snapshot other = indexed.asOf(revision);
            assertThat(other.hash()).isEqualTo(one.hash());
            for (int n = 0; n < 5; n++) {
                ReadQuery query = requests.read();
                assertThat(JSON.toJson(other.execute(query)))
                        .as("%s", other.explain(query))
                        .isEqualTo(JSON.toJson(one.execute(query)));
            }
        }
        Condition condition = requests.condition(2);
        assertThat(indexed.history().versionsOf("users", condition))
                .isEqualTo(plain.history().versionsOf("users", condition));
        assertThat(indexed.history().verify(VerifyOption.REPLAY).isIntact()).isTrue();
    }
}
