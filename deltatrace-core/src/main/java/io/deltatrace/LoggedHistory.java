package io.deltatrace;

import io.deltatrace.condition.Condition;
import io.deltatrace.history.Blame;
import io.deltatrace.history.ChainReport;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.Diff;
import io.deltatrace.history.DocumentVersion;
import io.deltatrace.history.History;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.history.VerifyProgress;
import io.deltatrace.internal.engine.Chronicle;
import io.deltatrace.internal.engine.CommitLog;
import io.deltatrace.internal.engine.DatabaseState;
import io.deltatrace.result.Result;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The history that a commit log tells, up to the published state.
 *
 * @param current the published state; throws if the database is closed
 */
record LoggedHistory(CommitLog log, Supplier<DatabaseState> current) implements History {

    @Override
    public List<HistoryEntry> entries(HistoryFilter filter) {
        return chronicle().entries(filter);
    }

    @Override
    public List<DocumentVersion> versionsOf(String collection, Condition condition) {
        return chronicle().versionsOf(collection, condition);
    }

    @Override
    public Result answerTo(long revision) {
        return chronicle().answerTo(revision);
    }

    @Override
    public Diff diff(long from, long to) {
        return chronicle().diff(from, to);
    }

    @Override
    public List<Blame> blame(String collection, Condition condition) {
        return chronicle().blame(collection, condition);
    }

    @Override
    public Checkpoint checkpoint() {
        return chronicle().checkpoint();
    }

    @Override
    public ChainReport verify(Collection<Checkpoint> checkpoints, VerifyProgress progress, VerifyOption... options) {
        return chronicle().verify(checkpoints, progress, Set.of(options));
    }

    private Chronicle chronicle() {
        return new Chronicle(log, current.get());
    }
}
