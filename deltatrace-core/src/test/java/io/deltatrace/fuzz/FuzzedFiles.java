package io.deltatrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.DeltaTraceDatabaseBuilder;
import io.deltatrace.history.RevertOption;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.query.Query;
import io.deltatrace.storage.Durability;
import io.deltatrace.storage.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The files of a small database, some of which are replaced by what is fuzzed. */
record FuzzedFiles(Path directory) {

    private static final String FIRST = "0000000000000000001.ndjson";

    /** The state after each revision of the database, as a hash, from that of the empty one on. */
    private static final List<String> STATES = new ArrayList<>();

    private static final byte[] JOURNAL;
    private static final byte[] SNAPSHOT;

    static {
        try {
            Path directory = Files.createTempDirectory("deltatrace-fuzz");
            make(directory);
            JOURNAL = Files.readAllBytes(directory.resolve("journal").resolve(FIRST));
            try (Stream<Path> files = Files.list(directory.resolve("snapshots"));
                    InputStream in = new GZIPInputStream(
                            Files.newInputStream(files.findFirst().orElseThrow()))) {
                SNAPSHOT = in.readAllBytes();
            }
            empty(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DeltaTraceDatabaseBuilder builder(Path directory) {
        return DeltaTraceDatabase.builder()
                .directory(directory)
                .durability(Durability.OS)
                .record();
    }

    private static void make(Path directory) {
        try (DeltaTraceDatabase database = builder(directory).build()) {
            STATES.add(database.snapshot().hash());
            database.onCommit(entry -> STATES.add(database.snapshot().hash()));
            database.importFrom(new ByteArrayInputStream(Start.DATABASE), Start.CAUSE);
            RecordedCases.parts(100, "query")
                    .map(query -> new String(query, StandardCharsets.UTF_8))
                    .forEach(database::execute);
            database.undo(1, Start.CAUSE, RevertOption.FORCE);
        }
    }

    /** A journal with nothing wrong. */
    static byte[] journal() {
        return JOURNAL.clone();
    }

    /** The state after each revision of the sound journal, as a hash. */
    static List<String> states() {
        return STATES;
    }

    /** The last state of the sound journal, as it is stored but not compressed. */
    static byte[] snapshot() {
        return SNAPSHOT.clone();
    }

    /** Makes these the files of the database, and there are no others. */
    void write(byte[] journal, byte @Nullable [] snapshot, long revision) throws IOException {
        empty(directory);
        Files.createDirectories(directory.resolve("journal"));
        Files.createDirectories(directory.resolve("snapshots"));
        Files.writeString(
                directory.resolve("deltatrace.json"),
                "{\"format\":1,\"anchorRevision\":0,\"anchorHash\":\"%s\"}".formatted("0".repeat(64)));
        Files.write(directory.resolve("journal").resolve(FIRST), journal);
        if (snapshot != null) {
            Files.write(directory.resolve("snapshots").resolve("%019d.dtdb.gz".formatted(revision)), snapshot);
        }
    }

    /**
     * Opens the files in each way there is. What opens is wholly in order, goes on from there, and is the same when it is opened again; what does
     * not is refused with an exception of the storage.
     *
     * @return the hash of the state that was found; null if opening was refused
     */
    @Nullable
    String openEveryWay() throws IOException {
        long shown = 0;
        try (DeltaTraceDatabase database = builder(directory).readOnly().build()) {
            database.history().verify();
            shown = database.snapshot().revision();
        } catch (StorageException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        Path salvaged = directory.resolveSibling("salvaged");
        empty(salvaged);
        try {
            DeltaTraceDatabase.salvage(directory, salvaged);
            try (DeltaTraceDatabase database = builder(salvaged).build()) {
                assertThat(database.history().verify().fault()).isNull();
            }
        } catch (StorageException e) {
            assertThat(shown).as("shown although nothing can be salvaged").isZero();
        }
        String found;
        String after;
        try (DeltaTraceDatabase database = builder(directory).build()) {
            found = database.snapshot().hash();
            assertThat(database.history().verify(VerifyOption.REPLAY).fault()).isNull();
            database.execute(Query.add("more", Map.of("n", 1))).orThrow();
            after = database.snapshot().hash();
        } catch (StorageException e) {
            assertThat(e.getMessage()).isNotBlank();
            return null;
        }
        try (DeltaTraceDatabase database = builder(directory).build()) {
            assertThat(database.snapshot().hash()).isEqualTo(after);
        }
        return found;
    }

    private static void empty(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file :
                        files.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
