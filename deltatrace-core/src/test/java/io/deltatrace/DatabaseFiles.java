package io.deltatrace;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.deltatrace.query.Query;
import io.deltatrace.storage.Durability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** The files of a small database, to be damaged: entry n adds the document {"n":n}, so that state n has n documents. */
record DatabaseFiles(Path directory) {

    /** About four entries of the small database. */
    private static final int SEGMENT = 4_000;

    DeltaTraceDatabaseBuilder builder() {
        return DeltaTraceDatabase.builder()
                .directory(directory)
                .durability(Durability.OS)
                .segmentSize(SEGMENT)
                .snapshotEvery(1_000_000, 1L << 40);
    }

    /** A database that was closed: there is a snapshot of its end. */
    static DatabaseFiles closed(Path directory, int entries) {
        DatabaseFiles files = new DatabaseFiles(directory);
        try (DeltaTraceDatabase database = files.builder().build()) {
            add(database, 1, entries);
        }
        return files;
    }

    /** What a process leaves that ends without closing the database. */
    static DatabaseFiles left(Path directory, int entries) throws IOException {
        DatabaseFiles open = new DatabaseFiles(directory.resolveSibling(directory.getFileName() + "-open"));
        try (DeltaTraceDatabase database = open.builder().build()) {
            add(database, 1, entries);
            return open.copyTo(directory);
        }
    }

    static void add(DeltaTraceDatabase database, int first, int last) {
        for (int n = first; n <= last; n++) {
            database.execute(Query.add("rows", Map.of("n", n)));
        }
    }

    DatabaseFiles copyTo(Path target) throws IOException {
        for (Path file : all()) {
            Path copy = target.resolve(directory.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            // On POSIX, whoever closes a file gives back the locks that its process has on it.
            if (!file.endsWith("lock") && !file.toString().endsWith(".tmp")) {
                Files.copy(file, copy);
            }
        }
        return new DatabaseFiles(target);
    }

    Path journal() {
        return directory.resolve("journal");
    }

    Path segment(long first) {
        return journal().resolve("%019d.ndjson".formatted(first));
    }

    Path snapshot(long revision) {
        return directory.resolve("snapshots").resolve("%019d.dtdb.gz".formatted(revision));
    }

    Path manifest() {
        return directory.resolve("deltatrace.json");
    }

    List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(journal())) {
            return files.sorted().toList();
        }
    }

    /** A segment, counted from the end if the number is negative. */
    Path segmentAt(int number) throws IOException {
        List<Path> all = segments();
        return all.get(Math.floorMod(number, all.size()));
    }

    static long firstOf(Path segment) {
        return Long.parseLong(segment.getFileName().toString().substring(0, 19));
    }

    /** All files but the indexes, which are still being stored in the background, perhaps. */
    private List<Path> all() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String folder : List.of("", "journal", "snapshots")) {
            try (Stream<Path> files = Files.list(directory.resolve(folder))) {
                all.addAll(files.filter(Files::isRegularFile).toList());
            }
        }
        return all;
    }

    /** Everything that is in the directory, but for the lock, to be compared. */
    Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(file -> !file.endsWith("lock")).toList()) {
                String content = Files.isDirectory(file) ? "" : sha256(Files.readAllBytes(file));
                contents.put(directory.relativize(file).toString(), content);
            }
        }
        return contents;
    }

    void delete(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }

    static void flip(Path file, long offset, int bits) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) offset] ^= (byte) bits;
        Files.write(file, bytes);
    }

    static List<String> lines(Path segment) throws IOException {
        return new ArrayList<>(Files.readAllLines(segment));
    }

    static void write(Path segment, List<String> lines) throws IOException {
        Files.writeString(segment, String.join("\n", lines) + "\n");
    }

    /** The line with other content and the hash that belongs to that. */
    static String edited(String line, String from, String to) {
        String changed = line.replace(from, to);
        if (changed.equals(line)) {
            throw new IllegalArgumentException(line + " has no " + from);
        }
        return hashed(changed);
    }

    /** Edits a line and makes all lines after it, in this segment and in the later ones, follow from it. */
    void rewriteFrom(Path segment, int line, String from, String to) throws IOException {
        String previous = null;
        for (Path file : segments()) {
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (file.equals(segment) && i == line) {
                    lines.set(i, edited(lines.get(i), from, to));
                } else if (previous != null) {
                    lines.set(
                            i,
                            hashed(lines.get(i)
                                    .replaceAll("\"prev\":\"[0-9a-f]{64}\"", "\"prev\":\"" + previous + '"')));
                } else {
                    continue;
                }
                previous = lines.get(i).replaceAll(".*\"hash\":\"([0-9a-f]{64})\"}$", "$1");
            }
            write(file, lines);
        }
    }

    private static String hashed(String line) {
        String unhashed = line.replaceAll(",\"hash\":\"[0-9a-f]*\"}$", "}");
        return unhashed.substring(0, unhashed.length() - 1) + ",\"hash\":\"" + sha256(unhashed) + "\"}";
    }

    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is logged meanwhile by anything of DeltaTrace, from warnings on; it does not fill the output. */
    static List<String> logged(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger("io.deltatrace");
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            action.run();
        } finally {
            logger.detachAppender(appender);
        }
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
