package io.deltatrace;

import io.deltatrace.history.ChainReport;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.history.VerifyProgress;
import io.deltatrace.internal.engine.CommitLog;
import io.deltatrace.internal.engine.DatabaseState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/** A commit log that leaves everything to another one, for tests to get in between. */
public class ForwardingCommitLog implements CommitLog {

    private final CommitLog log;

    protected ForwardingCommitLog(CommitLog log) {
        this.log = log;
    }

    @Override
    public HistoryEntry append(HistoryEntry entry, DatabaseState after) {
        return log.append(entry, after);
    }

    @Override
    public void awaitDurable(long revision) {
        log.awaitDurable(revision);
    }

    @Override
    public Stream<HistoryEntry> read(long from) {
        return log.read(from);
    }

    @Override
    public Stream<HistoryEntry> find(HistoryFilter filter) {
        return log.find(filter);
    }

    @Override
    public long revisionAt(Instant instant) {
        return log.revisionAt(instant);
    }

    @Override
    public DatabaseState stateAt(long revision) {
        return log.stateAt(revision);
    }

    @Override
    public long oldestState() {
        return log.oldestState();
    }

    @Override
    public void retain(long revision, Path archive) {
        log.retain(revision, archive);
    }

    @Override
    public long saveSnapshot() {
        return log.saveSnapshot();
    }

    @Override
    public Checkpoint checkpoint() {
        return log.checkpoint();
    }

    @Override
    public ChainReport verify(Collection<Checkpoint> checkpoints, VerifyProgress progress, Set<VerifyOption> options) {
        return log.verify(checkpoints, progress, options);
    }

    @Override
    public void close() {
        log.close();
    }
}
