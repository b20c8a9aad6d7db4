package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.history.UndoConflictException;
import io.deltatrace.internal.storage.FaultyDisk.Failure;
import io.deltatrace.query.Query;
import io.deltatrace.storage.Durability;
import io.deltatrace.storage.Retention;
import io.deltatrace.storage.StorageException;
import io.deltatrace.transaction.LockNotAcquiredException;
import io.deltatrace.transaction.TransactionMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/**
 * Several clients use one database in turns, while its process is killed, the power goes, the disk fails and the clock jumps: all
 * of it chosen by a seed, in one thread, so that the same seed leads to the same steps. After each step the database is compared
 * with what it should hold.
 */
final class Simulation {

    private static final Cause CAUSE = Cause.of(Actor.human("alice"), "simulation", "a step");
    private static final int CLIENTS = 3;

    /** Of how many states one is compared after each crash; all are at the end. */
    private static final int SPARSE = 8;

    private static final List<Durability> DURABILITIES = List.of(Durability.values());
    private static final Failure[] FAILURES = Failure.values();

    private final Random random;
    private final SimulatedMachine machine;
    private final SimulatedHistory history = new SimulatedHistory();
    private final MessageDigest trace;
    private final SimulatedTransaction[] clients = new SimulatedTransaction[CLIENTS];
    private final List<Held> held = new ArrayList<>();
    private DeltaTraceDatabase database;

    /** What there is too if the request has happened that failed; null if none did. */
    private Tables unknown;

    /** The last revision that was durable when somebody last looked. */
    private long durable;

    private long mostGivenUp;
    private long ids;
    private int step;

    /** A snapshot that a client keeps, and what it should go on showing. */
    private record Held(Snapshot snapshot, Tables tables) {}

    Simulation(long seed, Path directory) {
        // The first bits of a Random are nearly the same for all small seeds; those of a SplittableRandom are not.
        random = new Random(new SplittableRandom(seed).nextLong());
        machine = new SimulatedMachine(directory, DURABILITIES.get((int) (seed % DURABILITIES.size())), random);
        try {
            trace = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    int step() {
        return step;
    }

    SimulatedMachine machine() {
        return machine;
    }

    /** Takes so many steps, and answers the hash of all that happened. */
    String run(int steps) {
        database = machine.start();
        write(RandomWrite.first(() -> ids++));
        for (step = 1; step <= steps; step++) {
            machine.passTime();
            String action = machine.isBroken(database) ? broken() : act();
            tell(action);
        }
        crash(false);
        history.assertTold(database, 1);
        database.close();
        return HexFormat.of().formatHex(trace.digest());
    }

    private void tell(String action) {
        var status = database.storage().orElseThrow();
        if (!machine.isBroken(database)) {
            history.assertCurrent(database.snapshot());
            if (status.durability() == Durability.ALWAYS) {
                assertThat(status.durableRevision()).isEqualTo(history.revision());
            }
            durable = status.durableRevision();
        }
        String line = String.join(
                " ",
                action,
                database.snapshot().hash(),
                database.history().checkpoint().toString(),
                String.valueOf(status.durableRevision()),
                String.valueOf(status.oldestState()),
                String.valueOf(status.journalBytes()),
                String.valueOf(status.snapshotBytes()),
                String.valueOf(machine.disk().operations()));
        trace.update(line.getBytes(StandardCharsets.UTF_8));
    }

    private String act() {
        int chance = random.nextInt(100);
        if (chance < 26) {
            return write(RandomWrite.query(random, () -> ids++));
        } else if (chance < 34) {
            return write(RandomWrite.transaction(random, () -> ids++));
        } else if (chance < 56) {
            return client(random.nextInt(CLIENTS));
        } else if (chance < 62) {
            return read();
        } else if (chance < 70) {
            return lookBack();
        } else if (chance < 73) {
            return hold();
        } else if (chance < 77) {
            return undo();
        } else if (chance < 79) {
            return revert();
        } else if (chance < 82) {
            return retain();
        } else if (chance < 84) {
            return attempt("snapshot", () -> database.saveSnapshot());
        } else if (chance < 91) {
            return "background " + machine.work();
        } else if (chance < 93) {
            machine.endInterval();
            return "interval";
        } else if (chance < 94) {
            return machine.jump();
        } else if (chance < 97) {
            return machine.arm(FAILURES[random.nextInt(FAILURES.length)]);
        } else if (chance < 99) {
            return crash(random.nextBoolean());
        }
        return restart();
    }

    /** After the disk has failed there is nothing but reads that go on and writes that are refused, and then an end. */
    private String broken() {
        rollBackAll();
        int chance = random.nextInt(4);
        if (chance == 0) {
            return crash(machine.disk().isDead() && machine.losesPower());
        } else if (chance > 1) {
            return chance == 2 ? lookBack() : read();
        }
        RandomWrite write = RandomWrite.query(random, () -> ids++);
        assertThat(catchThrowable(() -> database.execute(write.request()))).isInstanceOf(StorageException.class);
        return "refused";
    }

    private String write(RandomWrite write) {
        Tables after = write.effect().apply(history.tables());
        return change(
                "write",
                after == null ? history.tables() : after,
                () -> assertThat(database.execute(write.request()).isSuccess()).isEqualTo(after != null));
    }

    /** Does what makes a revision, unless a transaction keeps it from that, or the disk fails. */
    private String change(String name, Tables after, Runnable change) {
        Throwable thrown = catchThrowable(change::run);
        if (writing() != null) {
            assertThat(thrown).isInstanceOf(LockNotAcquiredException.class);
            return name + " kept back";
        }
        return settle(name, after, thrown);
    }

    private String settle(String name, Tables after, Throwable thrown) {
        if (thrown == null) {
            history.committed(after, machine.now(), database.snapshot());
            return name;
        }
        assertExpected(thrown);
        unknown = after;
        return name + " failed";
    }

    private void assertExpected(Throwable thrown) {
        if (thrown instanceof AssertionError wrong) {
            throw wrong;
        }
        assertThat(thrown).isInstanceOf(StorageException.class);
        assertThat(machine.disk().failedAt()).isNotNull();
    }

    /** Does what makes no revision; the disk may fail. */
    private String attempt(String name, Runnable action) {
        Throwable thrown = catchThrowable(action::run);
        if (thrown != null) {
            assertExpected(thrown);
            return name + " failed";
        }
        return name;
    }

    /** The transaction whose writes come next; null if there is none. */
    private SimulatedTransaction writing() {
        for (SimulatedTransaction client : clients) {
            if (client != null && client.hasWritten()) {
                return client;
            }
        }
        return null;
    }

    private String client(int number) {
        SimulatedTransaction transaction = clients[number];
        if (transaction == null) {
            TransactionMode mode = random.nextBoolean() ? TransactionMode.EXCLUSIVE : TransactionMode.OPTIMISTIC;
            clients[number] = new SimulatedTransaction(database, history, mode);
            return "begin";
        }
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                return orEnd(number, "read", transaction.read(RandomWrite.collection(random)));
            }
            case 2, 3, 4 -> {
                boolean kept = writing() != null && writing() != transaction;
                return orEnd(number, "own write", transaction.write(RandomWrite.query(random, () -> ids++), kept));
            }
            case 5 -> {
                if (random.nextBoolean()) {
                    transaction.save();
                } else {
                    transaction.goBack();
                }
                return "savepoint";
            }
            case 6 -> {
                clients[number] = null;
                return transaction.hasWritten()
                        ? settle("commit", transaction.view(), catchThrowable(transaction::commit))
                        : attempt("commit of nothing", transaction::commit);
            }
            default -> {
                clients[number] = null;
                return attempt("rollback", transaction::rollBack);
            }
        }
    }

    private String orEnd(int number, String name, boolean goesOn) {
        if (!goesOn) {
            clients[number].rollBack();
            clients[number] = null;
        }
        return name + goesOn;
    }

    private void rollBackAll() {
        for (int i = 0; i < CLIENTS; i++) {
            if (clients[i] != null) {
                attempt("rollback", clients[i]::rollBack);
                clients[i] = null;
            }
        }
    }

    private String read() {
        String collection = RandomWrite.collection(random);
        long number = random.nextInt(RandomWrite.NUMBERS);
        Condition condition = switch (random.nextInt(3)) {
            case 0 -> field("n").equalTo(number);
            case 1 -> field("n").greaterThan(number);
            default -> field("id").equalTo(number);
        };
        BiPredicate<Long, Long> test = (id, n) -> condition.equals(field("n").equalTo(number))
                ? n == number
                : condition.equals(field("n").greaterThan(number)) ? n > number : id == number;
        assertThat(SimulatedHistory.numbers(
                        database.execute(Query.search(collection).where(condition))
                                .documents()))
                .isEqualTo(history.tables().where(collection, test));
        return "read";
    }

    private long retainedRevision(long from) {
        long oldest = Math.max(from, database.storage().orElseThrow().oldestState());
        return oldest + random.nextLong(Math.max(1, history.revision() - oldest + 1));
    }

    private String lookBack() {
        long revision = retainedRevision(1);
        boolean byInstant = random.nextInt(3) == 0;
        long expected = byInstant ? history.revisionAt(history.instant(revision)) : revision;
        Snapshot past = byInstant ? database.asOf(history.instant(revision)) : database.asOf(revision);
        assertThat(past.revision()).isEqualTo(expected);
        assertThat(SimulatedHistory.contents(past))
                .isEqualTo(history.at(expected).rows());
        return "look back to " + expected;
    }

    /** A client keeps a snapshot, or looks at all that are kept. */
    private String hold() {
        for (Held one : held) {
            assertThat(SimulatedHistory.contents(one.snapshot()))
                    .isEqualTo(one.tables().rows());
        }
        held.add(new Held(database.snapshot(), history.tables()));
        return "hold";
    }

    private String undo() {
        long revision = retainedRevision(1) + 1;
        if (revision > history.revision()) {
            return "nothing to undo";
        }
        Set<Map.Entry<String, Long>> touched = history.changedBetween(revision - 1, revision);
        if (touched.isEmpty()) {
            return "nothing to undo";
        }
        if (!Collections.disjoint(touched, history.changedBetween(revision, history.revision()))) {
            assertThat(catchThrowable(() -> database.undo(revision, CAUSE))).isInstanceOf(UndoConflictException.class);
            return "undo in conflict";
        }
        Tables after = history.tables();
        for (Map.Entry<String, Long> document : touched) {
            Long before = history.at(revision - 1).of(document.getKey()).get(document.getValue());
            after = after.with(document.getKey(), document.getValue(), before);
        }
        return change("undo", after, () -> database.undo(revision, CAUSE));
    }

    private String revert() {
        long revision = retainedRevision(1);
        if (history.at(revision).equals(history.tables())) {
            return "nothing to revert";
        }
        return change("revert", history.at(revision), () -> database.revertTo(revision, CAUSE));
    }

    private String retain() {
        long entries = 1 + random.nextLong(20);
        mostGivenUp = Math.max(mostGivenUp, history.revision() - entries);
        String outcome = attempt("retain", () -> database.retain(Retention.entries(entries)));
        assertThat(database.storage().orElseThrow().oldestState()).isLessThanOrEqualTo(mostGivenUp);
        return outcome;
    }

    private String restart() {
        rollBackAll();
        database.close();
        // A disk that failed meanwhile may have kept it from being closed well.
        return recover("restart", machine.disk().isDead() && machine.losesPower());
    }

    private String crash(boolean powerToo) {
        machine.disk().die();
        rollBackAll();
        database.close();
        return recover(powerToo ? "power loss" : "kill", powerToo);
    }

    private String recover(String name, boolean powerLost) {
        held.clear();
        boolean powerLostAgain = machine.restart(powerLost);
        database = machine.start();
        long surviving = powerLostAgain ? Math.min(durable, history.revision()) : history.revision();
        history.recovered(database.snapshot(), surviving, unknown);
        unknown = null;
        assertThat(database.storage().orElseThrow().oldestState()).isLessThanOrEqualTo(mostGivenUp);
        if (history.revision() == 0) {
            write(RandomWrite.first(() -> ids++));
        }
        history.assertTold(database, SPARSE);
        return name;
    }
}
