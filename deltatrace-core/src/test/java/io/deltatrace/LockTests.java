package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.deltatrace.query.Query;
import io.deltatrace.storage.DirectoryLockedException;
import io.deltatrace.storage.DirectoryNotUsableException;
import io.deltatrace.storage.JournalDamagedException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One database owns a directory, and tells others so. */
class LockTests {

    @TempDir
    private Path temporary;

    /** Another process: opens the database in a directory, says so, and waits. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws InterruptedException {
            DeltaTraceDatabase database = DeltaTraceDatabase.open(Path.of(arguments[0]));
            database.execute(Query.add("rows", Map.of("n", 1)));
            System.out.println("open");
            Thread.sleep(600_000);
            database.close();
        }
    }

    @Test
    void anotherProcess_holdsTheDirectoryUntilItIsKilled() throws IOException, InterruptedException {
        Path directory = temporary.resolve("database");
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(new File(temporary.toFile(), "errors"))
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("open");
            String who = "process " + holder.pid() + " since ";
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(DirectoryLockedException.class)
                        .isThrownBy(() -> DeltaTraceDatabase.open(directory))
                        .withMessageStartingWith(directory + " is in use by " + who)
                        .withMessageContaining("read-only")
                        .satisfies(e -> assertThat(e.holder()).startsWith(who));
            }
            try (DeltaTraceDatabase database = DeltaTraceDatabase.openReadOnly(directory)) {
                assertThat(database.snapshot().size("rows")).isEqualTo(1);
            }
        } finally {
            holder.destroyForcibly().waitFor();
        }
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            assertThat(database.snapshot().size("rows")).isEqualTo(1);
        }
    }

    @Test
    void thisProcess_cannotOpenADirectoryTwice_underAnyName() throws IOException {
        Path directory = temporary.resolve("database");
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            for (Path name : new Path[] {directory, temporary.resolve("x/../database"), linkTo(directory)}) {
                assertThatExceptionOfType(DirectoryLockedException.class)
                        .isThrownBy(() -> DeltaTraceDatabase.open(name))
                        .withMessageContaining("in use by this process "
                                + ProcessHandle.current().pid() + " since ");
            }
            database.execute(Query.add("rows", Map.of("n", 1)));
        }
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            assertThat(database.snapshot().size("rows")).isEqualTo(1);
        }
    }

    private Path linkTo(Path directory) throws IOException {
        Path link = temporary.resolve("link");
        try {
            return Files.createSymbolicLink(link, directory);
        } catch (UnsupportedOperationException | IOException e) {
            return directory;
        }
    }

    @Test
    void failedOpen_leavesTheDirectoryUnlocked() throws IOException {
        DatabaseFiles files = DatabaseFiles.closed(temporary.resolve("database"), 9);
        byte[] sound = Files.readAllBytes(files.segment(5));
        DatabaseFiles.flip(files.segment(5), 100, 1);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(JournalDamagedException.class)
                    .isThrownBy(() -> files.builder().build());
        }
        Files.write(files.segment(5), sound);

        try (DeltaTraceDatabase database = files.builder().build()) {
            assertThat(database.snapshot().size("rows")).isEqualTo(9);
        }
    }

    @Test
    void closedTwice_doesNotUnlockForSomebodyElse() {
        Path directory = temporary.resolve("database");
        DeltaTraceDatabase first = DeltaTraceDatabase.open(directory);
        first.close();
        try (DeltaTraceDatabase second = DeltaTraceDatabase.open(directory)) {
            first.close();

            assertThatExceptionOfType(DirectoryLockedException.class)
                    .isThrownBy(() -> DeltaTraceDatabase.open(directory));
            assertThat(second.snapshot().revision()).isZero();
        }
    }

    @Test
    void file_isNoDirectory() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "x");

        assertThatExceptionOfType(DirectoryNotUsableException.class)
                .isThrownBy(() -> DeltaTraceDatabase.open(file))
                .withMessageStartingWith(file + " cannot be used")
                .withMessageContaining("a directory that this process may use");
        assertThatExceptionOfType(DirectoryNotUsableException.class)
                .isThrownBy(() -> DeltaTraceDatabase.open(file.resolve("below")));
        assertThatExceptionOfType(DirectoryNotUsableException.class)
                .isThrownBy(() -> DeltaTraceDatabase.openReadOnly(file));
        assertThat(file).hasContent("x");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void directoryThatCannotBeMade_isNotUsable() {
        assertThatExceptionOfType(DirectoryNotUsableException.class)
                .isThrownBy(() -> DeltaTraceDatabase.open(Path.of("/proc/deltatrace/database")))
                .withMessageStartingWith("/proc/deltatrace/database cannot be used");
    }

    @Test
    void directoryThatMayNotBeWritten_isNotUsable_butCanBeLookedAt() throws IOException {
        assumeThat(temporary.getFileSystem().supportedFileAttributeViews()).contains("posix");
        DatabaseFiles files = DatabaseFiles.closed(temporary.resolve("database"), 3);
        Files.setPosixFilePermissions(files.directory().resolve("lock"), PosixFilePermissions.fromString("r--------"));
        Files.setPosixFilePermissions(files.directory(), PosixFilePermissions.fromString("r-x------"));
        try {
            // Nothing is forbidden to the administrator.
            assumeThat(Files.isWritable(files.directory())).isFalse();
            assertThatExceptionOfType(DirectoryNotUsableException.class)
                    .isThrownBy(() -> files.builder().build());
            try (DeltaTraceDatabase database = files.builder().readOnly().build()) {
                assertThat(database.snapshot().size("rows")).isEqualTo(3);
            }
        } finally {
            Files.setPosixFilePermissions(files.directory(), PosixFilePermissions.fromString("rwx------"));
        }
    }
}
