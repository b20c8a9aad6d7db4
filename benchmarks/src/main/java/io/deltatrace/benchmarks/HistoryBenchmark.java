package io.deltatrace.benchmarks;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.DeltaTraceDatabaseBuilder;
import io.deltatrace.Snapshot;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.ChainReport;
import io.deltatrace.history.DocumentVersion;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.index.Index;
import io.deltatrace.query.Query;
import io.deltatrace.storage.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Opening a database on files, and looking back over its history: price changes of items and orders beside them, by twenty
 * people and, a hundred times in all, an auditor.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class HistoryBenchmark {

    /** The system property with the directory in which the databases stay from one run to the next. */
    static final String DIRECTORY = "deltatrace.benchmarks.directory";

    private static final int PAGE = 50;
    private static final int CHANGES_BY_THE_AUDITOR = 100;

    /** How many entries the history has. */
    @Param("1000000")
    int entries;

    /** How many items there are. */
    @Param("1000")
    int items;

    /** Whether snapshots are stored while the history grows, as they are unless it is forbidden. */
    @Param("true")
    boolean snapshots;

    /** Whether the items have an index on their id: states that are applied again have it too. */
    @Param({"true", "false"})
    boolean indexed;

    private Path directory;
    private DeltaTraceDatabase database;
    private DeltaTraceDatabase another;

    /** Writes the history, unless a run before this one has left it. */
    @Setup(Level.Trial)
    public void fill() throws IOException {
        directory = Path.of(
                System.getProperty(DIRECTORY, System.getProperty("java.io.tmpdir")),
                "deltatrace-history-" + entries + "-" + items + (snapshots ? "" : "-journal-only"));
        if (!Files.exists(directory.resolve("complete"))) {
            try (DeltaTraceDatabase filled = builder().durability(Durability.OS).build()) {
                write(filled);
            }
            Files.createFile(directory.resolve("complete"));
        }
        database = builder().build();
    }

    private DeltaTraceDatabaseBuilder builder() {
        DeltaTraceDatabaseBuilder builder = DeltaTraceDatabase.builder().directory(directory);
        if (!snapshots) {
            builder.snapshotEvery(Long.MAX_VALUE, Long.MAX_VALUE);
        }
        return indexed ? builder.index("prices", Index.hash("id")) : builder;
    }

    private void write(DeltaTraceDatabase target) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            list.add(Map.of("id", i, "name", "item" + i, "price", -1));
        }
        target.execute(Query.add("prices", list).because(Cause.of(Actor.system("import"), null, "first list")));
        for (int n = 2; n <= entries; n++) {
            Actor who =
                    n % (entries / CHANGES_BY_THE_AUDITOR) == 0 ? Actor.human("auditor") : Actor.human("user" + n % 20);
            Cause cause = Cause.of(who, "change " + n, "because of " + n % 7);
            if (n % 4 == 0) {
                target.execute(Query.clearAdd("orders" + n % 100, Map.of("n", n, "item", n % items))
                        .because(cause));
            } else {
                target.execute(Query.updateOne("prices", Map.of("price", n))
                        .where(field("id").equalTo(n % items))
                        .because(cause));
            }
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        database.close();
    }

    @Setup(Level.Invocation)
    public void free() {
        another = null;
    }

    @TearDown(Level.Invocation)
    public void closeOther() {
        if (another != null) {
            another.close();
        }
    }

    /** From the newest snapshot, with every file of the journal compared with its checksum. */
    @Benchmark
    public long open() {
        another = builder().readOnly().build();
        return another.snapshot().revision();
    }

    /** From the newest snapshot, without that. */
    @Benchmark
    public long openUnchecked() {
        another = builder().readOnly().uncheckedOnOpen().build();
        return another.snapshot().revision();
    }

    @Benchmark
    public List<HistoryEntry> newestPage() {
        return page(HistoryFilter.all());
    }

    /** The auditor's. */
    @Benchmark
    public List<HistoryEntry> pageOfARareActor() {
        return page(HistoryFilter.all().actor("auditor"));
    }

    @Benchmark
    public List<HistoryEntry> oldPageOfACollectionAndAnActor() {
        return page(HistoryFilter.collection("prices").actor("user7").before(entries / 2));
    }

    private List<HistoryEntry> page(HistoryFilter filter) {
        List<HistoryEntry> page = database.history().entries(filter.limit(PAGE));
        if (page.size() != PAGE) {
            throw new IllegalStateException("There must be a whole page, not " + page.size());
        }
        return page;
    }

    @Benchmark
    public List<DocumentVersion> versionsOfOneDocument() {
        List<DocumentVersion> versions =
                database.history().versionsOf("prices", field("id").equalTo(7));
        if (versions.size() != 1 + (entries + items - 7) / items) {
            throw new IllegalStateException("Not all versions: " + versions.size());
        }
        return versions;
    }

    /** From the stored snapshot before it; alternating, so that no state is remembered from the time before. */
    @Benchmark
    public long asOfTheMiddle() {
        long revision = entries / 2 - (middles++ % 2) * (entries / 4L) - Math.min(4_321, entries / 8);
        Snapshot past = database.asOf(revision);
        return past.size("prices") + past.revision();
    }

    private int middles;

    /** The whole chain of hashes. */
    @Benchmark
    public ChainReport verify() {
        ChainReport report = database.history().verify();
        if (!report.isIntact() || report.verified() != entries) {
            throw new IllegalStateException(report.toString());
        }
        return report;
    }
}
