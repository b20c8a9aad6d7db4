package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltatrace.history.ChainReport;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.query.Query;
import io.deltatrace.storage.JournalDamagedException;
import io.deltatrace.storage.NewerFormatException;
import io.deltatrace.storage.Retention;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything beside the journal can be missing or damaged without loss, as long as the journal goes back to the beginning. */
class SnapshotDamageTests {

    private static final int ENTRIES = 31;

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private DatabaseFiles files;
    private String hash;

    @BeforeEach
    void fill() {
        files = new DatabaseFiles(temporary.resolve("database"));
        try (DeltaTraceDatabase database = files.builder().historyLimit(1).build()) {
            for (int snapshot : new int[] {10, 20, ENTRIES}) {
                DatabaseFiles.add(database, (int) database.snapshot().revision() + 1, snapshot);
                database.saveSnapshot();
            }
            hash = database.snapshot().hash();
        }
        assertThat(files.snapshot(10)).exists();
        assertThat(files.snapshot(20)).exists();
        assertThat(files.snapshot(ENTRIES)).exists();
    }

    private void assertOpens() {
        try (DeltaTraceDatabase database = files.builder().historyLimit(1).build()) {
            assertThat(database.snapshot().revision()).isEqualTo(ENTRIES);
            assertThat(database.snapshot().hash()).isEqualTo(hash);
            for (int revision : new int[] {9, 10, 19, 20, 25}) {
                assertThat(database.asOf(revision).size("rows")).isEqualTo(revision);
            }
            assertThat(database.history().verify(VerifyOption.REPLAY).fault()).isNull();
        }
    }

    private List<String> warnings() {
        return DatabaseFiles.logged(this::assertOpens);
    }

    @Test
    void flippedByteOfTheNewestSnapshot_leadsToAnOlderOne() throws IOException {
        Path newest = files.snapshot(ENTRIES);
        byte[] sound = Files.readAllBytes(newest);
        int flipped = 0;
        int found = 0;
        // The time and the system in the first ten bytes mean nothing to us.
        for (int offset = 10; offset < sound.length; offset += 3) {
            Files.write(newest, sound);
            DatabaseFiles.flip(newest, offset, 1 << offset % 8);
            flipped++;
            for (String warning : warnings()) {
                assertThat(warning).contains(newest.toString(), "older one");
                found++;
            }
        }
        // A few bits of a compressed text mean nothing: codes that are not used, what is behind its end in the last
        // byte. The
        // state is right then too, which warnings() has looked at.
        assertThat(found).isBetween(flipped * 9 / 10, flipped);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.99})
    void truncatedSnapshot_leadsToAnOlderOne_andIsWrittenAnew(double part) throws IOException {
        Path newest = files.snapshot(ENTRIES);
        byte[] sound = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(sound, (int) (sound.length * part)));

        assertThat(warnings()).singleElement().asString().contains(newest.toString());
        assertThat(warnings()).isEmpty();
        assertThat(newest).hasBinaryContent(sound);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "{}",
                "[]",
                "{\"revision\":31,\"committedAt\":\"2026-01-01T00:00:00Z\",\"head\":\"\",\"hash\":\"\",\"collections\":{}}"
            })
    void snapshotOfOtherContent_leadsToAnOlderOne(String content) throws IOException {
        Files.write(files.snapshot(ENTRIES), zipped(content));

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains(files.snapshot(ENTRIES).toString());
    }

    private static byte[] zipped(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void snapshotUnderAnotherName_leadsToAnOlderOne() throws IOException {
        Files.write(files.snapshot(ENTRIES), Files.readAllBytes(files.snapshot(20)));

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains(files.snapshot(ENTRIES).toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20})
    void olderSnapshotOfAnotherDatabase_isNotUsed(int revision) throws IOException {
        takeFromAnotherDatabase(revision);

        try (DeltaTraceDatabase database = files.builder().historyLimit(1).build()) {
            assertThat(database.history().verify().isIntact()).isTrue();
            ChainReport report = database.history().verify(VerifyOption.REPLAY);
            assertThat(report.fault().kind()).isEqualTo(ChainReport.Kind.DIFFERENT);
            assertThat(report.fault().revision()).isEqualTo(revision);
        }
        List<String> warnings = DatabaseFiles.logged(() -> {
            try (DeltaTraceDatabase database = files.builder().historyLimit(1).build()) {
                assertThat(database.snapshot().hash()).isEqualTo(hash);
                assertThat(database.asOf(revision).size("rows")).isEqualTo(revision);
                assertThat(database.asOf(revision).collections()).containsExactly("rows");
            }
        });

        assertThat(warnings)
                .isNotEmpty()
                .allSatisfy(warning ->
                        assertThat(warning).contains(files.snapshot(revision).toString(), "another history"));
    }

    /** Either the snapshot was put there or the journal was written anew: that is for people to find out. */
    @Test
    void newestSnapshotOfAnotherDatabase_isRefused() throws IOException {
        takeFromAnotherDatabase(ENTRIES);

        JournalDamagedException refusal = catchThrowableOfType(
                JournalDamagedException.class, () -> files.builder().build().close());

        assertThat(refusal.file()).isEqualTo(files.snapshot(ENTRIES));
        assertThat(refusal.revision()).isEqualTo(ENTRIES);
        assertThat(refusal).hasMessageContaining("another history");
        try (DeltaTraceDatabase database = files.builder().readOnly().build()) {
            assertThat(database.snapshot().hash()).isEqualTo(hash);
            assertThat(database.history().verify().isIntact()).isFalse();
        }
    }

    private void takeFromAnotherDatabase(int revision) throws IOException {
        DatabaseFiles other = new DatabaseFiles(temporary.resolve("other"));
        try (DeltaTraceDatabase database = other.builder().build()) {
            for (int i = 0; i < revision; i++) {
                database.execute(Query.add("others", Map.of("n", i)));
            }
        }
        Files.write(files.snapshot(revision), Files.readAllBytes(other.snapshot(revision)));
    }

    @Test
    void allSnapshotsBad_opensFromTheBeginning() throws IOException {
        for (int revision : new int[] {10, 20, ENTRIES}) {
            DatabaseFiles.flip(files.snapshot(revision), 40, 8);
        }

        assertThat(warnings()).hasSize(3);
    }

    @Test
    void allSnapshotsGone_opensFromTheBeginning() throws IOException {
        files.delete("snapshots");

        assertThat(warnings()).isEmpty();
    }

    private void shorten() {
        try (DeltaTraceDatabase database = files.builder().historyLimit(1).build()) {
            assertThat(database.retain(Retention.entries(16))).isEqualTo(15);
            assertThat(files.segment(9)).doesNotExist();
            assertThat(files.segment(13)).exists();
        }
    }

    @Test
    void shortenedJournal_needsAGoodSnapshot() throws IOException {
        shorten();
        for (int revision : new int[] {15, 20, ENTRIES}) {
            DatabaseFiles.flip(files.snapshot(revision), 40, 8);
        }
        Map<String, String> before = files.contents();

        JournalDamagedException refusal = catchThrowableOfType(
                JournalDamagedException.class, () -> files.builder().build().close());

        assertThat(refusal.file()).isEqualTo(files.directory().resolve("snapshots"));
        assertThat(refusal.revision()).isEqualTo(12);
        assertThat(refusal).hasMessageContaining("no good snapshot").hasMessageContaining("given up");
        assertThat(files.contents()).isEqualTo(before);
        assertThatExceptionOfType(JournalDamagedException.class)
                .isThrownBy(() -> files.builder().readOnly().build());
    }

    /** The history is shorter then, and nothing else is the matter. */
    @Test
    void shortenedJournalWithABadOldestSnapshot_goesBackToTheNextOne() throws IOException {
        shorten();
        DatabaseFiles.flip(files.snapshot(15), 40, 8);

        try (DeltaTraceDatabase database = files.builder().historyLimit(1).build()) {
            ChainReport report = database.history().verify(VerifyOption.REPLAY);
            assertThat(report.fault()).isNull();
            assertThat(report.firstRevision()).isEqualTo(13);
            assertThat(database.history().versionsOf("rows", field("n").equalTo(25)))
                    .singleElement()
                    .satisfies(version -> assertThat(version.entry().revision()).isEqualTo(25));
            assertThat(database.history().blame("rows", field("n").equalTo(25))).hasSize(1);
            assertThat(database.asOf(22).size("rows")).isEqualTo(22);
            assertThatExceptionOfType(RevisionNotRetainedException.class)
                    .isThrownBy(() -> database.asOf(17))
                    .satisfies(e -> assertThat(e.oldest()).isEqualTo(20));
        }
    }

    /** A snapshot that was given up already is of no use, but it is not deleted while it may be all that is left. */
    @Test
    void leftoversOfAnInterruptedRetention_areDeleted() throws IOException {
        byte[] segment = Files.readAllBytes(files.segment(1));
        byte[] snapshot = Files.readAllBytes(files.snapshot(10));
        shorten();
        Files.write(files.segment(1), segment);
        Files.write(files.snapshot(10), snapshot);

        files.builder().build().close();

        assertThat(files.segment(1)).doesNotExist();
        assertThat(files.snapshot(10)).doesNotExist();
        assertThat(files.snapshot(15)).exists();
    }

    @Test
    void missingManifest_isDamage() throws IOException {
        Files.delete(files.manifest());

        assertManifestIsRefused("the file is not there, but a journal is");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "{",
                "[]",
                "{}",
                "{\"format\":\"1\"}",
                "{\"format\":0,\"anchorRevision\":0,\"anchorHash\":\"0000000000000000000000000000000000000000000000000000000000000000\"}",
                "{\"format\":1}",
                "{\"format\":1,\"anchorRevision\":-1,\"anchorHash\":\"0000000000000000000000000000000000000000000000000000000000000000\"}",
                "{\"format\":1,\"anchorRevision\":0,\"anchorHash\":\"0000\"}"
            })
    void unreadableManifest_isDamage(String content) throws IOException {
        Files.writeString(files.manifest(), content);

        assertManifestIsRefused("");
    }

    private void assertManifestIsRefused(String problem) throws IOException {
        Map<String, String> before = files.contents();
        JournalDamagedException refusal = catchThrowableOfType(
                JournalDamagedException.class, () -> files.builder().build().close());
        assertThat(refusal.file()).isEqualTo(files.manifest());
        assertThat(refusal).hasMessageContaining(problem);
        assertThat(files.contents()).isEqualTo(before);
        try (DeltaTraceDatabase database = files.builder().readOnly().build()) {
            assertThat(database.snapshot().hash()).isEqualTo(hash);
        }
    }

    /** What it calls given up is still needed, if it does not fit the journal. */
    @Test
    void manifestOfAnotherDatabase_deletesNothing() throws IOException {
        for (int anchor : new int[] {0, 12, 14, ENTRIES, 1_000}) {
            Files.writeString(
                    files.manifest(),
                    "{\"format\":1,\"anchorRevision\":" + anchor + ",\"anchorHash\":\"" + "1".repeat(64) + "\"}");
            Map<String, String> before = files.contents();

            assertThatExceptionOfType(JournalDamagedException.class)
                    .isThrownBy(() -> files.builder().build());
            assertThat(files.contents()).isEqualTo(before);
        }
    }

    @Test
    void newerFormat_isSaidToBeNewer() throws IOException {
        Files.writeString(files.manifest(), "{\"format\":2,\"somethingNew\":true}");

        for (boolean readOnly : new boolean[] {false, true}) {
            DeltaTraceDatabaseBuilder builder = readOnly ? files.builder().readOnly() : files.builder();
            assertThatExceptionOfType(NewerFormatException.class)
                    .isThrownBy(builder::build)
                    .withMessage(
                            "%s has format 2, and this version of DeltaTrace understands formats up to 1. Use the version that"
                                    + " wrote it, or a newer one",
                            files.directory());
        }
        assertThatExceptionOfType(NewerFormatException.class)
                .isThrownBy(() -> DeltaTraceDatabase.salvage(files.directory(), temporary.resolve("target")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "empty", "cut", "flipped", "swapped", "gone"})
    void damagedIndexes_areMadeAgainSilently(String damage) throws IOException {
        Map<String, String> before = files.contents();
        List<Path> indexes = List.of(index(1), index(9), index(29));
        byte[] other = Files.readAllBytes(index(13));
        for (Path index : indexes) {
            byte[] sound = Files.readAllBytes(index);
            switch (damage) {
                case "garbage" -> Files.write(index, "hello, I am no index at all".getBytes(StandardCharsets.UTF_8));
                case "empty" -> Files.write(index, new byte[0]);
                case "cut" -> Files.write(index, Arrays.copyOf(sound, sound.length - 5));
                case "flipped" -> DatabaseFiles.flip(index, sound.length / 2, 1);
                case "swapped" -> Files.write(index, other);
                default -> Files.delete(index);
            }
        }

        assertThat(warnings()).isEmpty();
        Map<String, String> after = files.contents();
        // That of the newest segment is stored with the next snapshot.
        before.keySet().removeIf(name -> name.endsWith("29.index"));
        after.keySet().removeIf(name -> name.endsWith("29.index"));
        assertThat(after).isEqualTo(before);
    }

    private Path index(long first) {
        return files.directory().resolve("index").resolve("%019d.index".formatted(first));
    }

    @Test
    void filesThatWereBeingWritten_doNotMatter() throws IOException {
        Files.writeString(files.snapshot(40).resolveSibling("0000000000000000040.dtdb.gz.tmp"), "half");
        Files.writeString(files.directory().resolve("index").resolve("0000000000000000033.index.tmp"), "half");
        Files.writeString(files.directory().resolve("deltatrace.json.tmp"), "{\"form");

        assertThat(warnings()).isEmpty();
        assertThat(files.snapshot(40).resolveSibling("0000000000000000040.dtdb.gz.tmp"))
                .doesNotExist();
    }
}
