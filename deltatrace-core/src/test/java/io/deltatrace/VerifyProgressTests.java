package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.history.ChainReport;
import io.deltatrace.history.History;
import io.deltatrace.history.VerifyProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyProgressTests {

    private static final int ENTRIES = 20;

    @TempDir
    private Path directory;

    private final List<Long> verified = new ArrayList<>();
    private final List<Long> totals = new ArrayList<>();
    private final VerifyProgress progress = (count, total) -> {
        verified.add(count);
        totals.add(total);
    };

    @Test
    void historyInMemory_tellsOfEachEntry() {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            DatabaseFiles.add(database, 1, ENTRIES);

            assertToldOfAll(database.history());
        }
    }

    @Test
    void historyOnFiles_tellsOfEachEntry() {
        try (DeltaTraceDatabase database =
                DatabaseFiles.closed(directory, ENTRIES).builder().build()) {
            assertToldOfAll(database.history());
        }
    }

    private void assertToldOfAll(History history) {
        ChainReport report = history.verify(List.of(), progress);

        assertThat(report.verified()).isEqualTo(ENTRIES);
        assertThat(verified)
                .isEqualTo(LongStream.rangeClosed(1, ENTRIES).boxed().toList());
        assertThat(totals).containsOnly((long) ENTRIES);
    }

    @Test
    void damagedHistory_tellsOfTheEntriesBeforeTheFault() throws IOException {
        DatabaseFiles files = DatabaseFiles.closed(directory, ENTRIES);
        DatabaseFiles.flip(files.segmentAt(1), 20, 1);
        long first = DatabaseFiles.firstOf(files.segmentAt(1));

        DatabaseFiles.logged(() -> {
            try (DeltaTraceDatabase database = DeltaTraceDatabase.openReadOnly(directory)) {
                ChainReport report = database.history().verify(List.of(), progress);
                assertThat(report.fault()).isNotNull();
            }
        });
        assertThat(verified).isEqualTo(LongStream.range(1, first).boxed().toList());
        assertThat(totals).allMatch(total -> total >= first - 1);
    }

    @Test
    void exception_endsTheVerification_andTheDatabaseGoesOn() {
        VerifyProgress stopping = (count, total) -> {
            progress.verified(count, total);
            if (count == 3) {
                throw new CancellationException("enough");
            }
        };
        try (DeltaTraceDatabase onFiles =
                        DatabaseFiles.closed(directory, ENTRIES).builder().build();
                DeltaTraceDatabase inMemory = DeltaTraceDatabase.inMemory()) {
            DatabaseFiles.add(inMemory, 1, ENTRIES);
            for (DeltaTraceDatabase database : List.of(onFiles, inMemory)) {
                verified.clear();
                assertThatExceptionOfType(CancellationException.class)
                        .isThrownBy(() -> database.history().verify(List.of(), stopping));
                assertThat(verified).containsExactly(1L, 2L, 3L);
                assertThat(database.history().verify().isIntact()).isTrue();
            }
        }
    }
}
