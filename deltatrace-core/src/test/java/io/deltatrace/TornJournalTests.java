package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.storage.JournalDamagedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash leaves at the end of the journal is cut off; everything before it is there. */
class TornJournalTests {

    private static final int ENTRIES = 7;

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private DatabaseFiles left;
    private Path newest;
    private byte[] whole;

    @BeforeEach
    void leaveADatabase() throws IOException {
        left = DatabaseFiles.left(temporary.resolve("left"), ENTRIES);
        newest = left.segmentAt(-1);
        whole = Files.readAllBytes(newest);
        assertThat(DatabaseFiles.lines(newest)).hasSize(3);
    }

    @Test
    void cutAtEveryByteOfTheLastThreeEntries_keepsExactlyTheWholeOnes() throws IOException {
        for (int length = whole.length; length >= 0; length--) {
            cutTo(length);
            int revision = 4 + wholeEntries(length);
            try (DeltaTraceDatabase database = left.builder().build()) {
                assertHolds(database, revision);
                if (isSample(length)) {
                    DatabaseFiles.add(database, revision + 1, revision + 1);
                }
            }
            if (isSample(length)) {
                try (DeltaTraceDatabase database = left.builder().build()) {
                    assertHolds(database, revision + 1);
                    assertThat(database.history().verify(VerifyOption.REPLAY).verified())
                            .isEqualTo(revision + 1);
                    assertThat(database.history().verify(VerifyOption.REPLAY).fault())
                            .isNull();
                }
            }
        }
    }

    private void cutTo(int length) throws IOException {
        Files.write(newest, Arrays.copyOf(whole, length));
        for (String made : List.of("index", "snapshots")) {
            if (Files.exists(left.directory().resolve(made))) {
                left.delete(made);
            }
        }
    }

    /** An entry is whole without the end of its line. */
    private int wholeEntries(int length) {
        int entries = 0;
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == '\n' && i <= length) {
                entries++;
            }
        }
        return entries;
    }

    /** Whether it is also tried to go on; always if it is at the end of a line, or nearly so. */
    private boolean isSample(int length) {
        for (int i = Math.max(0, length - 2); i < Math.min(whole.length, length + 2); i++) {
            if (whole[i] == '\n') {
                return true;
            }
        }
        return length % 50 == 0;
    }

    private static void assertHolds(DeltaTraceDatabase database, long revision) {
        assertThat(database.snapshot().revision()).isEqualTo(revision);
        assertThat(database.snapshot().size("rows")).isEqualTo(revision);
        assertThat(database.history().entries(HistoryFilter.all().fromTheOldest()))
                .extracting(HistoryEntry::revision)
                .hasSize((int) revision);
    }

    @Test
    void tornLine_isLoggedWithWhatWasDropped() throws IOException {
        cutTo(whole.length - 100);

        List<String> warnings =
                DatabaseFiles.logged(() -> left.builder().build().close());

        int end = whole.length - lastLine().length() - 1;
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(newest.toString(), "revision 6", (whole.length - 100 - end) + " bytes");
        assertThat(DatabaseFiles.lines(newest)).hasSize(2);
    }

    private String lastLine() throws IOException {
        Files.write(temporary.resolve("whole"), whole);
        return DatabaseFiles.lines(temporary.resolve("whole")).get(2);
    }

    @Test
    void soundJournal_isOpenedWithoutAWord() {
        assertThat(DatabaseFiles.logged(() -> left.builder().build().close())).isEmpty();
    }

    /** Without a force, blocks reach the disk in any order, and those that did not are zeros. */
    @Test
    void holeOfZeros_isCutWithTheLinesBehindIt() throws IOException {
        zeros(500, 300);

        List<String> warnings = DatabaseFiles.logged(() -> {
            try (DeltaTraceDatabase database = left.builder().build()) {
                assertHolds(database, 4);
                DatabaseFiles.add(database, 5, 6);
            }
        });

        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(newest.toString(), whole.length + " bytes", "revision 4");
        try (DeltaTraceDatabase database = left.builder().build()) {
            assertHolds(database, 6);
            assertThat(database.history().verify().fault()).isNull();
        }
    }

    @Test
    void fileOfNothingButZeros_isCutToNothing() throws IOException {
        zeros(0, whole.length);

        try (DeltaTraceDatabase database = left.builder().build()) {
            assertHolds(database, 4);
        }
        assertThat(newest).isEmptyFile();
    }

    @Test
    void fewZeros_areDamage() throws IOException {
        zeros(600, 15);

        assertThatExceptionOfType(JournalDamagedException.class)
                .isThrownBy(() -> left.builder().build())
                .satisfies(e -> assertThat(e.revision()).isEqualTo(5));
    }

    @Test
    void holeInASealedSegment_isDamage() throws IOException {
        byte[] bytes = Files.readAllBytes(left.segment(1));
        Arrays.fill(bytes, 500, 800, (byte) 0);
        Files.write(left.segment(1), bytes);

        assertThatExceptionOfType(JournalDamagedException.class)
                .isThrownBy(() -> left.builder().build())
                .satisfies(e -> assertThat(e.revision()).isEqualTo(1));
    }

    @Test
    void tornLineInASealedSegment_isDamage() throws IOException {
        byte[] bytes = Files.readAllBytes(left.segment(1));
        Files.write(left.segment(1), Arrays.copyOf(bytes, bytes.length - 1));

        assertThatExceptionOfType(JournalDamagedException.class)
                .isThrownBy(() -> left.builder().build())
                .satisfies(e -> assertThat(e.file()).isEqualTo(left.segment(1)));
    }

    /** A snapshot is stored only of what had been forced to the disk, so that a hole before it is no crash's. */
    @Test
    void holeBeforeASnapshot_isDamageAndStaysAsItIs() throws IOException {
        DatabaseFiles closed = DatabaseFiles.closed(temporary.resolve("closed"), ENTRIES);
        byte[] bytes = Files.readAllBytes(closed.segmentAt(-1));
        Arrays.fill(bytes, 500, 800, (byte) 0);
        Files.write(closed.segmentAt(-1), bytes);
        Map<String, String> before = closed.contents();

        assertThatExceptionOfType(JournalDamagedException.class)
                .isThrownBy(() -> closed.builder().build())
                .satisfies(e -> assertThat(e.revision()).isEqualTo(5));
        assertThat(closed.contents()).isEqualTo(before);
    }

    private void zeros(int from, int count) throws IOException {
        byte[] bytes = whole.clone();
        Arrays.fill(bytes, from, from + count, (byte) 0);
        Files.write(newest, bytes);
    }

    @Test
    void lastLineWithoutItsEnd_isIntact_alsoReadOnly() throws IOException {
        cutTo(whole.length - 1);

        try (DeltaTraceDatabase database = left.builder().readOnly().build()) {
            assertHolds(database, ENTRIES);
            assertThat(database.history().verify(VerifyOption.REPLAY).fault()).isNull();
        }
        try (DeltaTraceDatabase database = left.builder().build()) {
            assertHolds(database, ENTRIES);
            assertThat(database.history().verify(VerifyOption.REPLAY).fault()).isNull();
        }
        assertThat(newest).hasBinaryContent(whole);
    }
}
