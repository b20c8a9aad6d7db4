package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.document.JsonLimits;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.json.Json;
import io.deltatrace.storage.DirectoryNotUsableException;
import io.deltatrace.storage.JournalDamagedException;
import io.deltatrace.storage.SalvageReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is good in a damaged directory can be looked at and got out; the directory stays as it is. */
class SalvageTests {

    private static final int ENTRIES = JournalDamage.ENTRIES;

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private Path target;
    private Path other;

    @BeforeEach
    void prepare() {
        target = temporary.resolve("target");
        other = DatabaseFiles.closed(temporary.resolve("other"), ENTRIES).directory();
    }

    /** A database with snapshots of revision 20 and of its end. */
    private DatabaseFiles withSnapshots() {
        DatabaseFiles files = new DatabaseFiles(temporary.resolve("database"));
        try (DeltaTraceDatabase database = files.builder().build()) {
            DatabaseFiles.add(database, 1, 20);
            database.saveSnapshot();
            DatabaseFiles.add(database, 21, ENTRIES);
        }
        return files;
    }

    private DatabaseFiles withoutSnapshots() throws IOException {
        return DatabaseFiles.left(temporary.resolve("database"), ENTRIES);
    }

    /** The snapshot after the damage gives the state, and the entries that lead up to it what came before. */
    @ParameterizedTest
    @MethodSource("io.deltatrace.JournalDamage#all")
    void damageBeforeASnapshot_costsHistoryOnly(JournalDamage damage) throws IOException {
        DatabaseFiles files = withSnapshots();
        damage.inflict(files, other);
        Map<String, String> before = files.contents();
        boolean whole = damage.goodFrom() == 1;
        long[] entries = LongStream.rangeClosed(damage.goodFrom(), ENTRIES).toArray();

        try (DeltaTraceDatabase database = lookAt(files)) {
            assertThat(database.snapshot().hash()).isEqualTo(soundHash());
            assertThat(revisions(database)).containsExactly(entries);
        }
        SalvageReport report = DeltaTraceDatabase.salvage(files.directory(), target);

        assertThat(files.contents()).isEqualTo(before);
        assertThat(report.revision()).isEqualTo(ENTRIES);
        assertThat(report.firstRevision()).isEqualTo(damage.goodFrom());
        assertThat(report.lost()).isEqualTo(damage.lost());
        assertThat(report.leftOver()).isEqualTo(whole ? 0 : damage.goodUntil() + damage.foreign());
        assertThat(report.problems()).isNotEmpty();
        assertThat(leftover()).hasSize((int) report.leftOver());
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(target)) {
            assertThat(database.snapshot().hash()).isEqualTo(soundHash());
            assertThat(revisions(database)).containsExactly(entries);
            assertThat(database.history().verify(VerifyOption.REPLAY).fault()).isNull();
            assertThat(database.history().verify().firstRevision()).isEqualTo(damage.goodFrom());
            DatabaseFiles.add(database, ENTRIES + 1, ENTRIES + 1);
        }
    }

    private String soundHash() {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.openReadOnly(other)) {
            return database.snapshot().hash();
        }
    }

    @ParameterizedTest
    @MethodSource("io.deltatrace.JournalDamage#all")
    void damageWithoutASnapshot_costsWhatComesAfterIt(JournalDamage damage) throws IOException {
        DatabaseFiles files = withoutSnapshots();
        damage.inflict(files, other);
        Map<String, String> before = files.contents();
        long last = damage.goodUntil();
        if (last == 0) {
            assertNothingIsGood(files);
            return;
        }

        try (DeltaTraceDatabase database = lookAt(files)) {
            assertThat(database.snapshot().size("rows")).isEqualTo(last);
            assertThat(revisions(database)).hasSize((int) last);
        }
        SalvageReport report = DeltaTraceDatabase.salvage(files.directory(), target);

        assertThat(files.contents()).isEqualTo(before);
        assertThat(report.revision()).isEqualTo(last);
        assertThat(report.firstRevision()).isEqualTo(1);
        assertThat(report.lost()).isEqualTo(damage.lost());
        assertThat(report.leftOver())
                .isEqualTo(last == ENTRIES ? 0 : ENTRIES - damage.goodFrom() + 1 + damage.foreign());
        assertThat(leftover()).hasSize((int) report.leftOver());
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(target)) {
            assertThat(database.snapshot().size("rows")).isEqualTo(last);
            assertThat(database.asOf(5).size("rows")).isEqualTo(5);
            assertThat(database.history().verify(VerifyOption.REPLAY).verified())
                    .isEqualTo(last);
            assertThat(database.history().verify(VerifyOption.REPLAY).fault()).isNull();
        }
    }

    /** Without its warning, which is expected here. */
    private static DeltaTraceDatabase lookAt(DatabaseFiles files) {
        List<DeltaTraceDatabase> opened = new ArrayList<>();
        List<String> warnings =
                DatabaseFiles.logged(() -> opened.add(files.builder().readOnly().build()));
        assertThat(warnings).isNotEmpty().allMatch(warning -> warning.contains("damaged"));
        return opened.get(0);
    }

    private static long[] revisions(DeltaTraceDatabase database) {
        return database.history().entries(HistoryFilter.all().fromTheOldest()).stream()
                .mapToLong(HistoryEntry::revision)
                .toArray();
    }

    private List<HistoryEntry> leftover() throws IOException {
        Json json = new Json(JsonLimits.DEFAULT);
        List<HistoryEntry> entries = new ArrayList<>();
        if (Files.exists(target.resolve("leftover"))) {
            try (Stream<Path> files = Files.list(target.resolve("leftover"))) {
                for (Path file : files.toList()) {
                    for (String line : Files.readAllLines(file)) {
                        entries.add(json.readEntry(line.getBytes(StandardCharsets.UTF_8)));
                    }
                }
            }
        }
        return entries;
    }

    private void assertNothingIsGood(DatabaseFiles files) throws IOException {
        Map<String, String> before = files.contents();
        assertThatExceptionOfType(JournalDamagedException.class)
                .isThrownBy(() -> files.builder().readOnly().build())
                .withMessageContaining("neither a good snapshot nor a journal from the start");
        assertThatExceptionOfType(JournalDamagedException.class)
                .isThrownBy(() -> DeltaTraceDatabase.salvage(files.directory(), target));
        assertThat(files.contents()).isEqualTo(before);
        assertThat(target).doesNotExist();
    }

    @Test
    void journalOfWhichNothingIsThere_isNoLossOfTheState() throws IOException {
        DatabaseFiles files = withSnapshots();
        files.delete("journal");

        try (DeltaTraceDatabase database = lookAt(files)) {
            assertThat(database.snapshot().hash()).isEqualTo(soundHash());
            assertThat(database.history().entries(HistoryFilter.all())).isEmpty();
            assertThat(database.history().verify(VerifyOption.REPLAY).isIntact())
                    .isFalse();
        }
        SalvageReport report = DeltaTraceDatabase.salvage(files.directory(), target);

        assertThat(report.revision()).isEqualTo(ENTRIES);
        assertThat(report.firstRevision()).isEqualTo(ENTRIES + 1);
        assertThat(report.lost()).isEqualTo(ENTRIES);
        assertThat(report.leftOver()).isZero();
        assertThat(report.problems()).singleElement().asString().contains("ends before revision " + ENTRIES);
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(target)) {
            assertThat(database.snapshot().hash()).isEqualTo(soundHash());
            DatabaseFiles.add(database, ENTRIES + 1, ENTRIES + 1);
            assertThat(database.history().verify(VerifyOption.REPLAY).fault()).isNull();
        }
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(target)) {
            assertThat(database.snapshot().revision()).isEqualTo(ENTRIES + 1);
        }
    }

    @Test
    void newestSegmentMissing_leavesTheSnapshotAndTheRestBesideIt() throws IOException {
        DatabaseFiles files = withSnapshots();
        Files.delete(files.segmentAt(-1));

        SalvageReport report = DeltaTraceDatabase.salvage(files.directory(), target);

        assertThat(report.revision()).isEqualTo(ENTRIES);
        assertThat(report.firstRevision()).isEqualTo(ENTRIES + 1);
        assertThat(report.lost()).isEqualTo(3);
        assertThat(report.leftOver()).isEqualTo(28);
        assertThat(leftover()).hasSize(28);
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(target)) {
            assertThat(database.snapshot().hash()).isEqualTo(soundHash());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void unreadableLastEntry_isLost(int fromTheEnd) throws IOException {
        DatabaseFiles files = withoutSnapshots();
        DatabaseFiles.flip(files.segmentAt(-1), Files.size(files.segmentAt(-1)) - fromTheEnd, 1);

        SalvageReport report = DeltaTraceDatabase.salvage(files.directory(), target);

        assertThat(report.revision()).isEqualTo(30);
        assertThat(report.lost()).isEqualTo(1);
        assertThat(report.problems()).singleElement().asString().contains(files.segmentAt(-1) + ", line 3");
    }

    @Test
    void whatACrashHasLeft_isNotCountedAsLost() throws IOException {
        DatabaseFiles files = withoutSnapshots();
        byte[] newest = Files.readAllBytes(files.segmentAt(-1));
        Files.write(files.segmentAt(-1), Arrays.copyOf(newest, newest.length - 20));

        SalvageReport report = DeltaTraceDatabase.salvage(files.directory(), target);

        assertThat(report.revision()).isEqualTo(30);
        assertThat(report.lost()).isZero();
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(target)) {
            assertThat(database.snapshot().size("rows")).isEqualTo(30);
        }
    }

    @Test
    void lastLineWithoutItsEnd_isCompleted() throws IOException {
        DatabaseFiles files = withoutSnapshots();
        Files.delete(files.manifest());
        byte[] newest = Files.readAllBytes(files.segmentAt(-1));
        Files.write(files.segmentAt(-1), Arrays.copyOf(newest, newest.length - 1));

        assertThat(DeltaTraceDatabase.salvage(files.directory(), target).revision())
                .isEqualTo(ENTRIES);
        assertThat(new DatabaseFiles(target).segmentAt(-1)).hasBinaryContent(newest);
    }

    @Test
    void soundDirectory_isSimplyCopied() throws IOException {
        DatabaseFiles files = withSnapshots();

        SalvageReport report = DeltaTraceDatabase.salvage(files.directory(), target);

        assertThat(report).isEqualTo(new SalvageReport(ENTRIES, 1, 0, 0, List.of()));
        Map<String, String> expected = files.contents();
        Map<String, String> copied = new DatabaseFiles(target).contents();
        expected.keySet().removeIf(name -> name.startsWith("index"));
        copied.keySet().removeIf(name -> name.startsWith("index"));
        assertThat(copied).isEqualTo(expected);
    }

    @Test
    void targetThatIsNotEmpty_isRefused() throws IOException {
        DatabaseFiles files = withSnapshots();
        Files.createDirectories(target);
        Files.writeString(target.resolve("mine"), "x");

        for (Path used : new Path[] {target, files.directory(), target.resolve("mine")}) {
            assertThatExceptionOfType(DirectoryNotUsableException.class)
                    .isThrownBy(() -> DeltaTraceDatabase.salvage(files.directory(), used))
                    .withMessageStartingWith(used.toString());
        }
        assertThat(target.resolve("mine")).hasContent("x");
    }

    @Test
    void directoryWithoutADatabase_hasNothingToSalvage() throws IOException {
        Path empty = Files.createDirectories(temporary.resolve("empty"));

        for (Path directory : new Path[] {empty, temporary.resolve("nowhere")}) {
            assertThatExceptionOfType(JournalDamagedException.class)
                    .isThrownBy(() -> DeltaTraceDatabase.salvage(directory, target))
                    .withMessageStartingWith(directory + ": there is neither");
        }
        assertThat(empty).isEmptyDirectory();
        assertThat(target).doesNotExist();
    }

    /** Hashes that fit do not make an entry one that can be applied again; what is unreadable is found before that is. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void entryThatDoesSomethingElse_endsWhatIsSalvaged(boolean unreadableToo) throws IOException {
        DatabaseFiles files = withoutSnapshots();
        files.rewriteFrom(files.segment(13), 1, "\"updateCount\":1", "\"updateCount\":2");
        if (unreadableToo) {
            files.rewriteFrom(files.segment(17), 1, "\"n\":18", "\"n\":x");
        }
        try (DeltaTraceDatabase database = lookAt(files)) {
            assertThat(database.snapshot().revision()).isEqualTo(13);
        }

        SalvageReport report = DeltaTraceDatabase.salvage(files.directory(), target);

        assertThat(report.revision()).isEqualTo(13);
        assertThat(report.lost()).isEqualTo(unreadableToo ? 1 : 0);
        assertThat(report.leftOver()).isEqualTo(ENTRIES - 13 - report.lost());
        assertThat(report.problems())
                .contains(files.segment(13) + ", line 2: revision 14 does not do again what it did at first");
        assertThat(leftover()).hasSize((int) report.leftOver());
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(target)) {
            assertThat(database.snapshot().size("rows")).isEqualTo(13);
            assertThat(database.history().verify(VerifyOption.REPLAY).fault()).isNull();
        }
    }

    @Test
    void firstEntryThatDoesSomethingElse_leavesNothing() throws IOException {
        DatabaseFiles files = withoutSnapshots();
        files.rewriteFrom(files.segment(1), 0, "\"updateCount\":1", "\"updateCount\":2");

        assertThatExceptionOfType(JournalDamagedException.class)
                .isThrownBy(() -> DeltaTraceDatabase.salvage(files.directory(), target));
        assertThat(target).doesNotExist();
    }

    /** The snapshot before the entry is good, and nothing else is needed. */
    @Test
    void firstEntryAfterRetainedHistory_leavesTheSnapshot() throws IOException {
        DatabaseFiles files = withSnapshots();
        Files.delete(files.snapshot(ENTRIES));
        for (long gone : new long[] {1, 5, 9, 13, 17}) {
            Files.delete(files.segment(gone));
        }
        files.rewriteFrom(files.segment(21), 0, "\"updateCount\":1", "\"updateCount\":2");

        SalvageReport report = DeltaTraceDatabase.salvage(files.directory(), target);

        assertThat(report.revision()).isEqualTo(20);
        assertThat(leftover()).hasSize(11);
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(target)) {
            assertThat(database.snapshot().size("rows")).isEqualTo(20);
        }
    }

    /** Damage that opening does not look for is found when the entries after the snapshot are applied. */
    @Test
    void damageThatOpeningDidNotLookFor_isPassedOverToo() throws IOException {
        DatabaseFiles files = withSnapshots();
        Files.delete(files.snapshot(ENTRIES));
        DatabaseFiles.flip(files.segment(25), 100, 1);

        assertThatExceptionOfType(JournalDamagedException.class)
                .isThrownBy(() -> files.builder().uncheckedOnOpen().build());
        try (DeltaTraceDatabase database =
                files.builder().uncheckedOnOpen().readOnly().build()) {
            assertThat(database.snapshot().size("rows")).isEqualTo(24);
        }
    }
}
