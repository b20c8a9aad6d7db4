package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.RevertOption;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.query.Query;
import io.deltatrace.result.QueryResult;
import io.deltatrace.storage.DirectoryNotUsableException;
import io.deltatrace.storage.ReadOnlyException;
import io.deltatrace.storage.Retention;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is only looked at. */
class ReadOnlyTests {

    private static final Cause CAUSE = Cause.of(Actor.human("alice"), null, null);

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private DatabaseFiles closed() {
        return DatabaseFiles.closed(temporary.resolve("database"), 11);
    }

    @Test
    void writes_areRefused_andNothingChanges() throws IOException {
        DatabaseFiles files = closed();
        Map<String, String> before = files.contents();
        try (DeltaTraceDatabase database = DeltaTraceDatabase.openReadOnly(files.directory())) {
            List<ThrowingCallable> writes = List.of(
                    () -> database.execute(Query.add("rows", Map.of("n", 12))),
                    () -> database.execute(Query.removeCollection("nowhere").mayAffectNone()),
                    () -> database.execute("{\"className\":\"Query\",\"target\":\"rows\",\"type\":\"clear\"}"),
                    () -> database.collection("rows", Map.class).add(Map.of("n", 12)),
                    () -> database.revertTo(3, CAUSE),
                    () -> database.undo(3, CAUSE),
                    () -> database.importFrom(
                            new ByteArrayInputStream("{\"collections\":{}}".getBytes(StandardCharsets.UTF_8)), CAUSE),
                    () -> database.importQueries(
                            Stream.of("{\"className\":\"Query\",\"target\":\"rows\",\"type\":\"clear\"}")),
                    () -> database.retain(Retention.entries(1)),
                    database::saveSnapshot);
            assertThat(writes)
                    .allSatisfy(write -> assertThatExceptionOfType(ReadOnlyException.class)
                            .isThrownBy(write)
                            .withMessageContaining("DeltaTraceDatabase.open"));
            assertThat(database.snapshot().revision()).isEqualTo(11);
            assertThat(database.snapshot().size("rows")).isEqualTo(11);
            assertThat(database.storage().orElseThrow().readOnly()).isTrue();
            assertThat(database.storage().orElseThrow().failure()).isNull();
        }
        assertThat(files.contents()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void readsAndHistory_work(int historyLimit) throws IOException {
        DatabaseFiles files = closed();
        Map<String, String> before = files.contents();
        try (DeltaTraceDatabase database =
                files.builder().historyLimit(historyLimit).readOnly().build()) {
            assertThat(database.execute(Query.search("rows").where(field("n").greaterThan(9)))
                            .documents())
                    .hasSize(2);
            assertThat(database.asOf(7).size("rows")).isEqualTo(7);
            assertThat(database.revertTo(3, CAUSE, RevertOption.DRY_RUN).documents())
                    .hasSize(8);
            assertThat(database.history().entries(HistoryFilter.all().fromTheOldest()))
                    .extracting(HistoryEntry::revision)
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
            assertThat(database.history().versionsOf("rows", field("n").equalTo(5)))
                    .hasSize(1);
            assertThat(database.history().blame("rows", field("n").equalTo(5))).hasSize(1);
            assertThat(database.history().verify(VerifyOption.REPLAY).verified())
                    .isEqualTo(11);
        }
        assertThat(files.contents()).isEqualTo(before);
    }

    @Test
    void failedRequest_isAResultLikeAnyOther() {
        DatabaseFiles files = closed();
        try (DeltaTraceDatabase database = DeltaTraceDatabase.openReadOnly(files.directory())) {
            QueryResult failed = database.execute(Query.clear("nowhere"));
            assertThat(failed.isSuccess()).isFalse();
            assertThat(failed.errorMessage()).isEqualTo("Nothing was affected, and something had to be");
            assertThat(database.execute(Query.clear("rows"), Map.of()).isSuccess())
                    .isFalse();
            assertThat(database.snapshot().revision()).isEqualTo(11);
        }
    }

    /** Each handle shows what was there when it was opened. */
    @Test
    void directory_mayBeOpenInOtherHandlesMeanwhile() {
        DatabaseFiles files = closed();
        try (DeltaTraceDatabase writer = files.builder().build();
                DeltaTraceDatabase one = files.builder().readOnly().build()) {
            DatabaseFiles.add(writer, 12, 40);
            try (DeltaTraceDatabase other = DeltaTraceDatabase.openReadOnly(files.directory())) {
                assertThat(one.snapshot().size("rows")).isEqualTo(11);
                assertThat(one.history().verify(VerifyOption.REPLAY).verified()).isEqualTo(11);
                assertThat(other.snapshot().size("rows")).isEqualTo(40);
                assertThat(other.history().verify(VerifyOption.REPLAY).verified())
                        .isEqualTo(40);
            }
            DatabaseFiles.add(writer, 41, 41);
            assertThat(writer.history().verify(VerifyOption.REPLAY).verified()).isEqualTo(41);
        }
    }

    @Test
    void whatACrashHasLeft_isPassedOver_andStays() throws IOException {
        DatabaseFiles files = DatabaseFiles.left(temporary.resolve("left"), 11);
        byte[] newest = Files.readAllBytes(files.segmentAt(-1));
        for (int cut : new int[] {1, 2, 500, 1_500, newest.length}) {
            Files.write(files.segmentAt(-1), Arrays.copyOf(newest, newest.length - cut));
            Map<String, String> before = files.contents();
            try (DeltaTraceDatabase database = DeltaTraceDatabase.openReadOnly(files.directory())) {
                long expected = cut == 1 ? 11 : cut <= 500 ? 10 : cut == 1_500 ? 9 : 8;
                assertThat(database.snapshot().size("rows")).isEqualTo(expected);
                assertThat(database.history().verify(VerifyOption.REPLAY).verified())
                        .isEqualTo(expected);
                assertThat(database.history().verify().fault()).isNull();
            }
            assertThat(files.contents()).isEqualTo(before);
        }
    }

    @Test
    void directoryWithoutADatabase_isAnErrorAndIsNotMade() {
        Path nowhere = temporary.resolve("nowhere");

        assertThatExceptionOfType(DirectoryNotUsableException.class)
                .isThrownBy(() -> DeltaTraceDatabase.openReadOnly(nowhere))
                .withMessage(nowhere + " has no database in it");
        assertThatExceptionOfType(DirectoryNotUsableException.class)
                .isThrownBy(() -> DeltaTraceDatabase.openReadOnly(temporary));
        assertThat(nowhere).doesNotExist();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void newDatabaseWithoutEntries_canBeLookedAt() {
        DatabaseFiles files = DatabaseFiles.closed(temporary.resolve("new"), 0);
        try (DeltaTraceDatabase database = DeltaTraceDatabase.openReadOnly(files.directory())) {
            assertThat(database.snapshot().revision()).isZero();
            assertThat(database.history().entries(HistoryFilter.all())).isEmpty();
            assertThat(database.history().verify(VerifyOption.REPLAY).isIntact())
                    .isTrue();
        }
    }

    @Test
    void databaseInMemory_cannotBeReadOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeltaTraceDatabase.builder().readOnly().build());
    }
}
