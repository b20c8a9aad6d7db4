package io.deltatrace;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.document.Document;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.index.Index;
import io.deltatrace.query.Query;
import io.deltatrace.storage.Durability;
import io.deltatrace.storage.Retention;
import io.deltatrace.storage.StorageStatus;
import io.deltatrace.transaction.DeltaTraceTransaction;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * A process that uses a database in every way for a while, and prints from time to time how it is doing. It ends with 1 as soon
 * as something is not as it should be: the money in all accounts together is the same in every state.
 */
final class SoakProcess {

    /** How many times it tells how it is doing. */
    static final int WINDOWS = 12;

    /** With what the lines of the table begin. */
    static final String ROW = "| ";

    private static final int ACCOUNTS = 100;
    private static final long TOTAL = ACCOUNTS * 1_000L;
    private static final int ROWS = 10_000;
    private static final int RETAINED = 5_000;
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final String TEXT = "all work and no play makes jack a dull boy ".repeat(5);

    private final Path directory;
    private final DeltaTraceDatabase database;
    private final AtomicLong nextRow = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ReadWriteLock quiet = new ReentrantReadWriteLock(true);
    private volatile boolean ending;
    private volatile Latencies writes = new Latencies();
    private volatile Latencies reads = new Latencies();
    private volatile Latencies lookingBack = new Latencies();

    private SoakProcess(Path directory) {
        this.directory = directory;
        this.database = DeltaTraceDatabase.builder()
                .directory(directory)
                .durability(Durability.INTERVAL)
                .syncInterval(Duration.ofMillis(100))
                .segmentSize(500_000)
                .snapshotEvery(2_000, 2_000_000)
                .historyLimit(500)
                .index("rows", Index.ordered("id"))
                .index("accounts", Index.hash("id").unique())
                .build();
    }

    /** Takes a directory, and for how many seconds. */
    public static void main(String[] arguments) throws Exception {
        SoakProcess soak = new SoakProcess(Path.of(arguments[0]));
        soak.run(Duration.ofSeconds(Long.parseLong(arguments[1])));
        Throwable failed = soak.failure.get();
        if (failed != null) {
            failed.printStackTrace();
            System.exit(1);
        }
    }

    private void run(Duration time) throws Exception {
        fill();
        start(this::writeRow, 2);
        start(this::transfer, 2);
        start(this::read, 2);
        start(this::lookBack, 1);
        start(this::tidy, 1);
        row("seconds writes/s w-p50 w-p99 w-p99.9 w-max reads/s r-p50 r-p99 r-max back/s b-p50 b-p99 "
                + "heap-MB files journal-MB handles threads revision");
        long start = System.nanoTime();
        for (int window = 1; window <= WINDOWS && failure.get() == null; window++) {
            long until = start + time.toNanos() / WINDOWS * window;
            TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
            tell(start, time.toMillis() / 1e3 / WINDOWS);
        }
        ending = true;
        for (Thread thread : threads) {
            thread.join();
        }
        require(database.history().verify(VerifyOption.REPLAY).isIntact(), "The history is not intact");
        database.close();
        System.out.println("left open: " + handles() + ", left running: " + storageThreads());
    }

    private void fill() {
        for (long id = 0; id < ACCOUNTS; id++) {
            database.execute(Query.add("accounts", Map.of("id", id, "money", 1_000L)));
        }
        while (nextRow.get() < ROWS) {
            database.execute(Query.add("rows", Map.of("id", nextRow.getAndIncrement(), "n", 0L, "text", TEXT)));
        }
    }

    private interface Action {
        void run(Random random);
    }

    private void start(Action action, int count) {
        for (int i = 0; i < count; i++) {
            Random random = new Random(threads.size());
            Thread thread = new Thread(() -> {
                try {
                    while (!ending) {
                        quiet.readLock().lock();
                        try {
                            action.run(random);
                        } finally {
                            quiet.readLock().unlock();
                        }
                        // A load that leaves the machine some time, so that others who use it are not in the figures.
                        TimeUnit.MICROSECONDS.sleep(500);
                    }
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                    ending = true;
                }
            });
            threads.add(thread);
            thread.start();
        }
    }

    private void writeRow(Random random) {
        long id = nextRow.getAndIncrement();
        write(() -> database.execute(Query.add("rows", Map.of("id", id, "n", id % 100, "text", TEXT)))
                .orThrow());
        write(() -> database.execute(Query.update("rows", Map.of("n", random.nextLong(100)))
                        .where(field("id").equalTo(id - ROWS / 4 - random.nextInt(ROWS / 2))))
                .orThrow());
        write(() -> database.execute(Query.delete("rows").where(field("id").equalTo(id - ROWS)))
                .orThrow());
    }

    private void write(Runnable write) {
        long start = System.nanoTime();
        write.run();
        writes.since(start);
    }

    private void transfer(Random random) {
        write(() -> {
            try (DeltaTraceTransaction transaction = database.begin()) {
                long from = random.nextInt(ACCOUNTS);
                long to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
                give(from, -1);
                give(to, 1);
                if (random.nextInt(10) > 0) {
                    transaction.commit();
                }
            }
        });
    }

    private void give(long account, long amount) {
        Document found = database.execute(
                        Query.searchOne("accounts").where(field("id").equalTo(account)))
                .documents()
                .get(0);
        database.execute(Query.update("accounts", Map.of("money", (Long) found.get("money") + amount))
                        .where(field("id").equalTo(account)))
                .orThrow();
    }

    private void read(Random random) {
        long start = System.nanoTime();
        if (random.nextInt(20) == 0) {
            requireTotal(database.snapshot());
        } else {
            long id = nextRow.get() - ROWS / 2 - random.nextInt(100);
            int found = database.execute(Query.search("rows").where(field("id").equalTo(id)))
                    .documents()
                    .size();
            require(found == 1, "Row " + id + " is there " + found + " times");
        }
        reads.since(start);
    }

    private void lookBack(Random random) {
        long start = System.nanoTime();
        StorageStatus status = database.storage().orElseThrow();
        long newest = database.snapshot().revision();
        long revision = newest - random.nextLong(Math.min(RETAINED, newest - status.oldestState()) + 1);
        try {
            Snapshot past = database.asOf(revision);
            require(past.revision() == revision, "Another revision was asked for");
            requireTotal(past);
            database.history()
                    .entries(HistoryFilter.collection("accounts")
                            .before(revision)
                            .limit(5));
        } catch (RevisionNotRetainedException e) {
            require(
                    revision < database.storage().orElseThrow().oldestState(),
                    "Revision " + revision + " should be retained");
        }
        lookingBack.since(start);
    }

    private void tidy(Random random) {
        database.retain(Retention.entries(RETAINED));
        if (random.nextInt(10) == 0) {
            database.saveSnapshot();
        }
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireTotal(Snapshot state) {
        long total = 0;
        for (Document account : state.execute(Query.getAll("accounts")).documents()) {
            total += (Long) account.get("money");
        }
        long accounts = state.size("accounts");
        require(accounts < ACCOUNTS || total == TOTAL, "All accounts together have " + total);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException(message);
        }
    }

    private void tell(long start, double seconds) {
        Latencies written = writes;
        Latencies read = reads;
        Latencies back = lookingBack;
        writes = new Latencies();
        reads = new Latencies();
        lookingBack = new Latencies();
        StorageStatus status = database.storage().orElseThrow();
        long live = liveBytes();
        row(String.format(
                Locale.ROOT,
                "%d %.0f %.2f %.2f %.2f %.2f %.0f %.3f %.3f %.2f %.0f %.2f %.2f %.1f %d %.1f %d %d %d",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
                written.count() / seconds,
                written.millis(0.5),
                written.millis(0.99),
                written.millis(0.999),
                written.millis(1),
                read.count() / seconds,
                read.millis(0.5),
                read.millis(0.99),
                read.millis(1),
                back.count() / seconds,
                back.millis(0.5),
                back.millis(0.99),
                live / 1e6,
                files(),
                status.journalBytes() / 1e6,
                handles(),
                storageThreads(),
                status.revision()));
    }

    private static void row(String cells) {
        System.out.println(ROW + cells.replace(" ", " | ") + " |");
    }

    /** What is in use while nobody does anything: past states that somebody looks at come and go. */
    private long liveBytes() {
        quiet.writeLock().lock();
        try {
            System.gc();
        } finally {
            quiet.writeLock().unlock();
        }
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null) {
                bytes += pool.getCollectionUsage().getUsed();
            }
        }
        return bytes;
    }

    private int files() {
        String[] folders = {"journal", "snapshots", "index"};
        int count = 0;
        for (String folder : folders) {
            String[] names = new File(directory.toFile(), folder).list();
            count += names == null ? 0 : names.length;
        }
        return count;
    }

    /** How many files of the database are open, as Linux tells; -1 elsewhere. */
    private long handles() {
        if (!Files.isDirectory(OPEN_FILES)) {
            return -1;
        }
        try (Stream<Path> open = Files.list(OPEN_FILES)) {
            return open.filter(this::isOurs).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOurs(Path handle) {
        try {
            return Files.readSymbolicLink(handle).startsWith(directory);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long storageThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("deltatrace"))
                .count();
    }
}
