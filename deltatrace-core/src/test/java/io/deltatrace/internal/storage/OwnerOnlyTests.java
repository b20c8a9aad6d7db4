package io.deltatrace.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.deltatrace.storage.SalvageReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the store makes is its owner's alone: files 0600 from their first moment, directories 0700. What was there stays as it is. */
class OwnerOnlyTests {

    private static final String FILE = "rw-------";
    private static final String DIRECTORY = "rwx------";

    @RegisterExtension
    static final QuietLog LOG = new QuietLog();

    @TempDir
    private Path temporary;

    @BeforeEach
    void onlyWherePermissionsAre() throws IOException {
        assumeThat(temporary.getFileSystem().supportedFileAttributeViews())
                .as("permissions of this file system")
                .contains("posix");
        Path others = Files.createDirectory(temporary.resolve("others"));
        assumeThat(permissions(others))
                .as("what this process gives to a directory unless it says something else")
                .isNotEqualTo(DIRECTORY);
    }

    /** Looks at each file in the moment in which it was made, so that those that are gone at the end are seen too. */
    private static final class Watched extends ForwardingDisk {

        private final Map<String, String> made = new ConcurrentHashMap<>();

        Watched() {
            super(new LocalDisk());
        }

        @Override
        public Output append(Path file) throws IOException {
            Output output = super.append(file);
            made.put(file.getFileName().toString(), permissions(file));
            return output;
        }

        @Override
        public void copy(Path from, Path to) throws IOException {
            super.copy(from, to);
            made.put(to.getFileName().toString(), permissions(to));
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void assertOwnerOnly(Path made) throws IOException {
        try (Stream<Path> all = Files.walk(made)) {
            assertThat(all)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(path -> assertThat(permissions(path))
                            .as(path.toString())
                            .isEqualTo(Files.isDirectory(path) ? DIRECTORY : FILE));
        }
    }

    private void use(Disk disk, Path directory, Path archive) {
        try (Opened database = new Opened(disk, directory, Opened.SMALL)) {
            for (long id = 1; id <= 30; id++) {
                database.execute(Opened.add(id));
            }
            database.log().saveSnapshot();
            database.log().retain(25, archive);
        }
    }

    @Test
    void whateverIsMade_isItsOwnersAlone() throws IOException {
        Watched disk = new Watched();
        Path directory = temporary.resolve("above").resolve("database");
        Path archive = temporary.resolve("archive");

        use(disk, directory, archive);

        assertThat(disk.made.values()).hasSizeGreaterThan(10).containsOnly(FILE);
        assertThat(disk.made.keySet())
                .anyMatch(name -> name.endsWith(Layout.SEGMENT))
                .anyMatch(name -> name.endsWith(Layout.SNAPSHOT + Layout.TEMPORARY))
                .anyMatch(name -> name.contains(Layout.INDEX))
                .anyMatch(name -> name.startsWith("deltatrace.json"));
        assertThat(directory.resolve("lock")).exists();
        assertOwnerOnly(temporary.resolve("above"));
        assertOwnerOnly(archive);
    }

    @Test
    void whatIsSalvaged_isItsOwnersAlone() throws IOException {
        Path directory = temporary.resolve("database");
        use(new LocalDisk(), directory, temporary.resolve("archive"));
        damageTheMiddle(directory);
        Path target = temporary.resolve("target");

        SalvageReport report = Salvage.run(directory, target);

        assertThat(report.problems()).isNotEmpty();
        assertThat(target.resolve("leftover")).isDirectory();
        assertOwnerOnly(target);
    }

    private static void damageTheMiddle(Path directory) throws IOException {
        Layout layout = new Layout(directory);
        try (Stream<Path> snapshots = Files.list(layout.snapshots())) {
            for (Path snapshot : snapshots.sorted().skip(1).toList()) {
                Files.delete(snapshot);
            }
        }
        try (Stream<Path> segments = Files.list(layout.journal())) {
            Path segment = segments.sorted().skip(1).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(segment);
            bytes[100] ^= 1;
            Files.write(segment, bytes);
        }
    }

    @Test
    void whatWasThere_keepsItsPermissions() throws IOException {
        Path directory = temporary.resolve("database");
        use(new LocalDisk(), directory, temporary.resolve("archive"));
        Map<Path, String> before = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.toList()) {
                String widened = Files.isDirectory(path) ? "rwxr-x---" : "rw-r-----";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(widened));
                before.put(path, widened);
            }
        }
        Path archived = Files.createDirectory(temporary.resolve("group"));
        Files.setPosixFilePermissions(archived, PosixFilePermissions.fromString("rwxrwx---"));

        use(new LocalDisk(), directory, archived);

        assertThat(permissions(archived)).isEqualTo("rwxrwx---");
        for (String kept : new String[] {"", "journal", "snapshots", "index", "lock"}) {
            Path path = directory.resolve(kept);
            assertThat(permissions(path)).as(path.toString()).isEqualTo(before.get(path));
        }
    }

    @Test
    void copy_isItsOwnersAlone_whateverItReplaces() throws IOException {
        Path from = Files.writeString(temporary.resolve("from"), "new");
        Path to = Files.copy(from, temporary.resolve("to"), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-rw-rw-"));

        new LocalDisk().copy(from, to);

        assertThat(to).hasContent("new");
        assertThat(permissions(to)).isEqualTo(FILE);
    }
}
