package io.deltatrace.internal.engine;

import io.deltatrace.history.HistoryEntry.Effect;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.TransactionResult;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an open transaction has come.
 *
 * @param state what its thread sees
 * @param before how far it had come before the last write; null if there was none
 * @param queries the last write
 * @param effects what it did
 */
record Progress(DatabaseState state, @Nullable Progress before, List<Query> queries, List<Effect> effects) {

    static Progress from(DatabaseState state) {
        return new Progress(state, null, List.of(), List.of());
    }

    boolean hasWritten() {
        return before != null;
    }

    TransactionQuery query() {
        return new TransactionQuery(
                steps().stream().flatMap(step -> step.queries().stream()).toList());
    }

    Applied applied() {
        List<Effect> all =
                steps().stream().flatMap(step -> step.effects().stream()).toList();
        return new Applied(state, TransactionResult.success(List.of()), all);
    }

    private Collection<Progress> steps() {
        Deque<Progress> steps = new ArrayDeque<>();
        for (Progress step = this; step != null; step = step.before()) {
            steps.addFirst(step);
        }
        return steps;
    }
}
