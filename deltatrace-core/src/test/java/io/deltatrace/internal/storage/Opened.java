package io.deltatrace.internal.storage;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.cause.CauseProvider;
import io.deltatrace.document.Document;
import io.deltatrace.history.ChainReport;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.history.VerifyProgress;
import io.deltatrace.internal.engine.Chronicle;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.internal.engine.Engine;
import io.deltatrace.internal.engine.Notifier;
import io.deltatrace.internal.engine.Recording;
import io.deltatrace.internal.engine.Writer;
import io.deltatrace.observation.RequestObserver;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.storage.Durability;
import io.deltatrace.storage.StorageStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** A database on a disk of the test's choice. */
final class Opened implements AutoCloseable {

    /** Small files and frequent snapshots, so that a few entries meet everything, and reading back meets the files. */
    static final StorageOptions SMALL = options(Durability.ALWAYS, true);

    private final FileCommitLog log;
    private final Writer writer;

    Opened(Disk disk, Path directory, StorageOptions options) {
        this(disk, directory, options, Recording.DEFAULT);
    }

    Opened(Disk disk, Path directory, StorageOptions options, Recording recording) {
        log = FileCommitLog.open(disk, directory, options);
        writer = new Writer(
                log.recovered(),
                log,
                InstantSource.system(),
                CauseProvider.SYSTEM,
                recording,
                new Notifier(),
                RequestObserver.NONE,
                Duration.ofSeconds(10));
    }

    static StorageOptions options(Durability durability, boolean checkOnOpen) {
        return new StorageOptions(durability, Duration.ofHours(1), 1_200, 5, 1L << 20, checkOnOpen, 3);
    }

    FileCommitLog log() {
        return log;
    }

    StorageStatus status() {
        return log.status().orElseThrow();
    }

    void execute(Request request) {
        writer.execute(request);
    }

    /** Adds a row. */
    static Request add(long id) {
        return Query.add("rows", Map.of("id", id));
    }

    /** Adds rows, all or none. */
    static Request addAll(long... ids) {
        return new TransactionQuery(LongStream.of(ids)
                .mapToObj(id -> (Query) Query.add("rows", Map.of("id", id)))
                .toList());
    }

    /** Says that a row was changed by giving it the negative of its number. */
    static Request negate(long id) {
        return Query.update("rows", Map.of("id", -id)).where(field("id").equalTo(id));
    }

    DatabaseState current() {
        return writer.current();
    }

    List<Long> ids() {
        return ids(current());
    }

    static List<Long> ids(DatabaseState state) {
        return Engine.read(state, Query.getAll("rows")).documents().stream()
                .map(Opened::id)
                .toList();
    }

    private static Long id(Document row) {
        return (Long) row.get("id");
    }

    DatabaseState asOf(long revision) {
        return new Chronicle(log, current()).stateAt(revision);
    }

    List<HistoryEntry> entries() {
        return new Chronicle(log, current())
                .entries(HistoryFilter.all().fromTheOldest().limit(10_000));
    }

    ChainReport verify() {
        return log.verify(List.of(), VerifyProgress.NONE, Set.of(VerifyOption.REPLAY));
    }

    /** Every way of reading is in order, from the oldest state to the current one. */
    void assertReadable() {
        long oldest = log.oldestState();
        long newest = current().revision();
        assertThat(entries())
                .extracting(HistoryEntry::revision)
                .containsExactlyElementsOf(LongStream.rangeClosed(log.oldestEntry(), newest)
                        .boxed()
                        .toList());
        for (long revision : new long[] {oldest, (oldest + newest) / 2}) {
            assertThat(asOf(revision).revision()).isEqualTo(revision);
        }
        assertThat(verify().fault()).isNull();
    }

    @Override
    public void close() {
        writer.close();
    }
}
