package io.deltatrace;

import io.deltatrace.condition.Condition;
import io.deltatrace.history.Blame;
import io.deltatrace.history.Diff;
import io.deltatrace.history.DocumentVersion;
import io.deltatrace.history.History;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.internal.engine.Chronicle;
import io.deltatrace.internal.engine.CommitLog;
import java.util.List;
import java.util.stream.Stream;

/** The history that a commit log tells. */
record LoggedHistory(CommitLog log, Runnable requireOpen) implements History {

    @Override
    public List<HistoryEntry> entries(HistoryFilter filter) {
        requireOpen.run();
        long after = Math.max(filter.after(), log.oldestState());
        try (Stream<HistoryEntry> entries = filter.oldestFirst()
                ? log.read(after + 1).takeWhile(entry -> entry.revision() < filter.before())
                : log.readBackwards(filter.before()).takeWhile(entry -> entry.revision() > after)) {
            return entries.filter(filter::accepts).limit(filter.limit()).toList();
        }
    }

    @Override
    public List<DocumentVersion> versionsOf(String collection, Condition condition) {
        requireOpen.run();
        return new Chronicle(log).versionsOf(collection, condition);
    }

    @Override
    public Diff diff(long from, long to) {
        requireOpen.run();
        return new Chronicle(log).diff(from, to);
    }

    @Override
    public List<Blame> blame(String collection, Condition condition) {
        requireOpen.run();
        return new Chronicle(log).blame(collection, condition);
    }
}
