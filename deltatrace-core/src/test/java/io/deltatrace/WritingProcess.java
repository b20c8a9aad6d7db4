package io.deltatrace;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.storage.Durability;
import io.deltatrace.storage.Retention;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A process that writes to a database until it is killed. Before each write it prints what it is about to do ({@code "+ "} and
 * a name), and after it that it was done ({@code "= "} and the name). A name is a letter for the kind of write and a number.
 */
final class WritingProcess {

    /** How many parts a transaction has. */
    static final int PARTS = 3;

    /** What is printed when history has been given up. */
    static final String RETAINED = "! retained";

    private static final int THREADS = 4;
    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private final DeltaTraceDatabase database;

    private WritingProcess(DeltaTraceDatabase database) {
        this.database = database;
    }

    static DeltaTraceDatabaseBuilder builder(Path directory, Durability durability) {
        return DeltaTraceDatabase.builder()
                .directory(directory)
                .durability(durability)
                .syncInterval(Duration.ofMillis(20))
                .segmentSize(20_000)
                .snapshotEvery(100, 100_000)
                .historyLimit(50);
    }

    /** Takes a directory, a durability, the first number to use, and how many entries to retain; 0 for all. */
    public static void main(String[] arguments) {
        DeltaTraceDatabase database =
                builder(Path.of(arguments[0]), Durability.valueOf(arguments[1])).build();
        long first = Long.parseLong(arguments[2]);
        long retained = Long.parseLong(arguments[3]);
        for (int i = 0; i < THREADS; i++) {
            long start = first + i;
            new Thread(() -> new WritingProcess(database).write(start)).start();
        }
        while (retained > 0) {
            if (database.retain(Retention.entries(retained)) > 0) {
                print(RETAINED);
            }
        }
    }

    private void write(long start) {
        for (int write = 0; ; write++) {
            long id = start + (long) write * THREADS;
            switch (write % 3) {
                case 0 ->
                    told(
                            "a" + id,
                            () -> database.execute(Query.add("rows", Map.of("id", id)))
                                    .orThrow());
                case 1 ->
                    told(
                            "t" + id,
                            () -> database.execute(new TransactionQuery(IntStream.range(0, PARTS)
                                            .mapToObj(part -> (Query) Query.add("parts", Map.of("id", id)))
                                            .toList()))
                                    .orThrow());
                default ->
                    told(
                            "u" + id,
                            () -> database.execute(Query.update("rows", Map.of("updated", id))
                                            .where(field("id").equalTo(id - 2L * THREADS)))
                                    .orThrow());
            }
        }
    }

    private static void told(String name, Runnable write) {
        print("+ " + name);
        write.run();
        print("= " + name);
    }

    /** In one piece, so that a line that was cut off by the kill cannot be taken for a whole one. */
    private static synchronized void print(String line) {
        try {
            OUT.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
