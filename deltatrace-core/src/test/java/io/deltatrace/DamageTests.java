package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltatrace.history.ChainReport;
import io.deltatrace.history.ChainReport.Kind;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.ReplayMismatchException;
import io.deltatrace.storage.JournalDamagedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage that no crash leaves is found, named, and left as it is. */
class DamageTests {

    private static final int ENTRIES = JournalDamage.ENTRIES;

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private DatabaseFiles closed() {
        return DatabaseFiles.closed(temporary.resolve("database"), ENTRIES);
    }

    private DatabaseFiles left() throws IOException {
        return DatabaseFiles.left(temporary.resolve("database"), ENTRIES);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void flippedByteOfASealedSegment_isFoundByOpening(boolean indexed) throws IOException {
        DatabaseFiles files = closed();
        if (!indexed) {
            files.delete("index");
        }
        int number = 0;
        for (Path segment : files.segments().subList(0, 7)) {
            byte[] sound = Files.readAllBytes(segment);
            for (int offset = number++ % 37; offset < sound.length; offset += 37) {
                DatabaseFiles.flip(segment, offset, 1 << offset % 8);
                assertNames(refusal(files), segment, lineAt(sound, offset));
                Files.write(segment, sound);
            }
        }
        files.builder().build().close();
    }

    @Test
    void flippedEndOfALine_isFoundByOpening() throws IOException {
        DatabaseFiles files = closed();
        for (Path segment : files.segments()) {
            byte[] sound = Files.readAllBytes(segment);
            for (int offset = 0; offset < sound.length; offset++) {
                if (sound[offset] == '\n') {
                    DatabaseFiles.flip(segment, offset, 4);
                    assertNames(refusal(files), segment, lineAt(sound, offset));
                    Files.write(segment, sound);
                }
            }
        }
    }

    @Test
    void flippedByteOfASealedSegment_isFoundByVerifying_ifOpeningDoesNotLook() throws IOException {
        DatabaseFiles files = closed();
        for (Path segment : files.segments().subList(0, 7)) {
            byte[] sound = Files.readAllBytes(segment);
            for (int offset = 5; offset < sound.length; offset += 151) {
                DatabaseFiles.flip(segment, offset, 0x80);
                int line = lineAt(sound, offset);
                long revision = DatabaseFiles.firstOf(segment) + line - 1;
                try (DeltaTraceDatabase database =
                        files.builder().uncheckedOnOpen().build()) {
                    ChainReport report = database.history().verify();
                    assertThat(report.isIntact()).isFalse();
                    assertThat(report.verified()).isEqualTo(revision - 1);
                    assertThat(report.fault().revision()).isEqualTo(revision);
                    assertThat(report.fault().kind()).isEqualTo(Kind.EDITED);
                    assertThat(report.fault().place()).isEqualTo(segment + ", line " + line);
                }
                Files.write(segment, sound);
            }
        }
    }

    /** Only what has no end of line can be what a crash left. */
    @Test
    void flippedByteOfACompleteLineOfTheNewestSegment_isFoundByOpening() throws IOException {
        DatabaseFiles files = left();
        Path newest = files.segmentAt(-1);
        byte[] sound = Files.readAllBytes(newest);
        for (int offset = 0; offset < sound.length; offset++) {
            if (offset % 23 == 0 || sound[offset] == '\n' || offset == sound.length - 2) {
                DatabaseFiles.flip(newest, offset, 1 << offset % 7);
                assertNames(refusal(files), newest, lineAt(sound, offset));
                Files.write(newest, sound);
            }
        }
    }

    private static int lineAt(byte[] segment, int offset) {
        int line = 1;
        for (int i = 0; i < offset; i++) {
            line += segment[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    private static void assertNames(JournalDamagedException refusal, Path segment, long line) {
        assertThat(refusal.file()).isEqualTo(segment);
        assertThat(refusal.line()).isEqualTo(line);
        assertThat(refusal.revision()).isEqualTo(DatabaseFiles.firstOf(segment) + line - 1);
        assertThat(refusal)
                .hasMessageStartingWith(segment + ", line " + line + ", revision " + refusal.revision() + ": ")
                .hasMessageContaining("read-only")
                .hasMessageContaining("salvage");
    }

    private static JournalDamagedException refusal(DatabaseFiles files) {
        return catchThrowableOfType(
                JournalDamagedException.class, () -> files.builder().build().close());
    }

    private Path other() {
        return DatabaseFiles.closed(temporary.resolve("other"), ENTRIES).directory();
    }

    @ParameterizedTest
    @MethodSource("io.deltatrace.JournalDamage#all")
    void damagedJournal_isNotOpened_andStaysAsItIs(JournalDamage damage) throws IOException {
        DatabaseFiles files = closed();
        damage.action().damage(files, other());
        Map<String, String> before = files.contents();

        JournalDamagedException refusal = refusal(files);

        if (damage.file() == 0) {
            assertThat(refusal.file().getParent()).isEqualTo(files.journal());
        } else {
            assertThat(refusal.file()).isEqualTo(files.segment(damage.file()));
        }
        assertThat(refusal.line()).isEqualTo(damage.line());
        assertThat(refusal.revision()).isEqualTo(damage.revision());
        assertThat(files.contents()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("io.deltatrace.JournalDamage#all")
    void damageWhileTheDatabaseIsOpen_isNamedByVerifying(JournalDamage damage) throws IOException {
        Path other = other();
        DatabaseFiles files = new DatabaseFiles(temporary.resolve("database"));
        try (DeltaTraceDatabase database = files.builder().historyLimit(1).build()) {
            DatabaseFiles.add(database, 1, ENTRIES);
            assertThat(database.history().verify().verified()).isEqualTo(ENTRIES);

            damage.inflict(files, other);

            ChainReport report = database.history().verify();
            if (damage.kind() == null) {
                assertThat(report.isIntact()).isTrue();
            } else {
                assertThat(report.fault().kind()).isEqualTo(damage.kind());
                assertThat(report.fault().revision()).isEqualTo(damage.revision());
                assertThat(report.verified()).isEqualTo(damage.revision() - 1);
            }
            assertThat(database.snapshot().size("rows")).isEqualTo(ENTRIES);
        }
    }

    @Test
    void journalWrittenAnew_isFoundByACheckpointOnly() throws IOException {
        DatabaseFiles files = left();
        Checkpoint[] checkpoints = new Checkpoint[1];
        try (DeltaTraceDatabase database = files.builder().readOnly().build()) {
            checkpoints[0] = database.history().checkpoint();
        }
        files.rewriteFrom(files.segment(13), 1, "\"n\":14", "\"n\":99");

        try (DeltaTraceDatabase database = files.builder().build()) {
            assertThat(database.history().verify().isIntact()).isTrue();
            ChainReport report = database.history().verify(List.of(checkpoints));
            assertThat(report.fault().kind()).isEqualTo(Kind.EDITED);
            assertThat(report.fault().revision()).isEqualTo(ENTRIES);
            assertThat(report.verified()).isEqualTo(ENTRIES - 1);
        }
    }

    /** The snapshot is the evidence that it is. */
    @Test
    void journalWrittenAnewUpToASnapshot_isNotOpened() throws IOException {
        DatabaseFiles files = closed();
        files.rewriteFrom(files.segment(13), 1, "\"n\":14", "\"n\":99");
        Map<String, String> before = files.contents();

        JournalDamagedException refusal = refusal(files);

        assertThat(refusal.file()).isEqualTo(files.snapshot(ENTRIES));
        assertThat(refusal).hasMessageContaining("another history");
        assertThat(files.contents()).isEqualTo(before);
    }

    /** The chain is sound, but the entry does not say what its request does. */
    @Test
    void entryThatDoesSomethingElseThanItSays_isNotOpened() throws IOException {
        DatabaseFiles files = left();
        files.rewriteFrom(files.segment(13), 1, "\"updateCount\":1", "\"updateCount\":2");

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(JournalDamagedException.class)
                    .isThrownBy(() -> files.builder().build())
                    .satisfies(e -> assertThat(e.revision()).isEqualTo(14))
                    .withMessageContaining("updateCount=2")
                    .withCauseInstanceOf(ReplayMismatchException.class);
        }
        try (DeltaTraceDatabase database = files.builder().readOnly().build()) {
            assertThat(database.snapshot().revision()).isEqualTo(13);
            assertThat(database.snapshot().size("rows")).isEqualTo(13);
            ChainReport report = database.history().verify();
            assertThat(report.fault().kind()).isEqualTo(Kind.DIFFERENT);
            assertThat(report.fault().revision()).isEqualTo(14);
        }
    }

    /** A journal cut at the end of a line looks as if it had never been longer. */
    @Test
    void cutTail_isFoundByACheckpointOnly() throws IOException {
        DatabaseFiles files = left();
        Checkpoint checkpoint;
        try (DeltaTraceDatabase database = files.builder().readOnly().build()) {
            checkpoint = database.history().checkpoint();
        }
        JournalDamage.change(files.segmentAt(-1), lines -> lines.remove(2));

        try (DeltaTraceDatabase database = files.builder().build()) {
            assertThat(database.snapshot().revision()).isEqualTo(30);
            assertThat(database.history().verify().isIntact()).isTrue();
            ChainReport report = database.history().verify(List.of(checkpoint));
            assertThat(report.fault().kind()).isEqualTo(Kind.CUT);
            assertThat(report.fault().revision()).isEqualTo(31);
            assertThat(report.verified()).isEqualTo(30);
        }
    }

    @Test
    void tailCutBeforeASnapshot_isFoundByOpening() throws IOException {
        DatabaseFiles files = closed();
        JournalDamage.change(files.segmentAt(-1), lines -> lines.remove(2));
        Map<String, String> before = files.contents();

        JournalDamagedException refusal = refusal(files);

        assertThat(refusal.file()).isEqualTo(files.segment(29));
        assertThat(refusal.revision()).isEqualTo(31);
        assertThat(refusal)
                .hasMessageContaining("snapshot of revision 31")
                .hasMessageContaining("Revisions 1 to 30 are good");
        assertThat(files.contents()).isEqualTo(before);
    }

    @Test
    void journalOfWhichNothingIsThere_isFoundBecauseOfTheSnapshot_andStaysAsItIs() throws IOException {
        DatabaseFiles files = closed();
        files.delete("journal");
        Map<String, String> before = files.contents();

        assertThat(refusal(files).revision()).isEqualTo(1);
        assertThat(files.contents()).isEqualTo(before);
    }

    @Test
    void tailCutWhileTheDatabaseIsOpen_isNamedByVerifying() throws IOException {
        DatabaseFiles files = new DatabaseFiles(temporary.resolve("database"));
        try (DeltaTraceDatabase database = files.builder().build()) {
            DatabaseFiles.add(database, 1, ENTRIES);
            JournalDamage.change(files.segmentAt(-1), lines -> lines.remove(2));

            ChainReport report = database.history().verify();
            assertThat(report.fault().kind()).isEqualTo(Kind.CUT);
            assertThat(report.fault().revision()).isEqualTo(31);
        }
    }
}
