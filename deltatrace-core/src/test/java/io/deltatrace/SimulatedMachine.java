package io.deltatrace;

import io.deltatrace.cause.CauseProvider;
import io.deltatrace.document.DocumentMapper;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.index.Index;
import io.deltatrace.internal.engine.DeclaredIndexes;
import io.deltatrace.internal.engine.Recording;
import io.deltatrace.internal.storage.FaultyDisk;
import io.deltatrace.internal.storage.FaultyDisk.Failure;
import io.deltatrace.internal.storage.SteppedLog;
import io.deltatrace.internal.storage.StorageOptions;
import io.deltatrace.json.Json;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.storage.DirectoryNotUsableException;
import io.deltatrace.storage.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What a simulated database runs on: a disk, a clock, power, and threads in the background that wait until they are told to go on. */
final class SimulatedMachine {

    private static final int SOON = 25;
    private static final Failure[] FAILURES = Failure.values();
    private static final DeclaredIndexes INDEXES = DeclaredIndexes.of(
            Map.of("a", List.of(Index.ordered("n"), Index.hash("id").unique())));

    private final Path directory;
    private final StorageOptions options;
    private final Random random;
    private final FaultyDisk disk = FaultyDisk.sound();
    private Instant now = Instant.parse("2026-01-02T03:04:05.678901Z");
    private SteppedLog log;
    private boolean powerGoes;
    private int faults;
    private int starts;
    private int powerLosses;

    SimulatedMachine(Path directory, Durability durability, Random random) {
        this.directory = directory;
        this.random = random;
        this.options = new StorageOptions(
                durability,
                Duration.ofDays(1),
                1_000 + random.nextInt(4_000),
                3 + random.nextInt(10),
                1L << 20,
                random.nextBoolean(),
                1 + random.nextInt(10),
                took -> {},
                INDEXES);
    }

    FaultyDisk disk() {
        return disk;
    }

    int faults() {
        return faults;
    }

    int starts() {
        return starts;
    }

    int powerLosses() {
        return powerLosses;
    }

    Instant now() {
        return now.truncatedTo(ChronoUnit.MICROS);
    }

    void passTime() {
        now = now.plusNanos(random.nextInt(50_000_000));
    }

    /** Sets the clock, back or forward. */
    String jump() {
        now = now.plusSeconds(random.nextInt(200_000) - 100_000);
        return "clock";
    }

    /** Does the next piece of work of the background; false if there is none. */
    boolean work() {
        return log.work();
    }

    void endInterval() {
        log.endInterval();
    }

    /** Lets one of the next operations of the disk fail. */
    String arm(Failure failure) {
        int operation = 1 + random.nextInt(SOON);
        powerGoes = failure == Failure.POWER_LOSS;
        disk.failAt(failure, operation);
        return "fault " + failure + " " + operation;
    }

    /** Whether the disk that does nothing any more does so because the power went. */
    boolean losesPower() {
        return powerGoes;
    }

    /** Whether nothing can be written any more. */
    boolean isBroken(DeltaTraceDatabase database) {
        return disk.isDead() || database.storage().orElseThrow().failure() != null;
    }

    /** Makes the disk work again after the process has ended; what was not forced is lost if the power went. */
    private void restore(boolean powerLost) {
        if (disk.failedAt() != null) {
            faults++;
        }
        if (powerLost) {
            powerLosses++;
            disk.losePower(random.nextLong());
        }
        starts++;
        powerGoes = false;
        disk.restart();
    }

    /**
     * Gets ready for the process to start again. Some starts before that fail.
     *
     * @param powerLost whether the power went
     * @return whether it went then or when a start failed
     */
    boolean restart(boolean powerLost) {
        boolean lost = powerLost;
        restore(powerLost);
        while (random.nextInt(4) == 0) {
            arm(FAILURES[random.nextInt(FAILURES.length)]);
            try {
                SteppedLog.open(disk, directory, options).log().close();
            } catch (DirectoryNotUsableException e) {
                // As it should if the disk fails.
            }
            boolean again = disk.isDead() && powerGoes;
            lost |= again;
            restore(again);
        }
        return lost;
    }

    /** The database, recovered from what is on the disk. */
    DeltaTraceDatabase start() {
        log = SteppedLog.open(disk, directory, options);
        return new EmbeddedDatabase(
                log.log(),
                log.log().recovered(),
                new Json(JsonLimits.DEFAULT),
                DocumentMapper.standard(),
                () -> now,
                CauseProvider.SYSTEM,
                Recording.DEFAULT,
                RequestObserver.NONE,
                Duration.ofSeconds(10));
    }
}
