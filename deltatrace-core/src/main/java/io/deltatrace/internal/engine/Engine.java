package io.deltatrace.internal.engine;

import io.deltatrace.access.QueryType;
import io.deltatrace.document.Document;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryEntry.Effect;
import io.deltatrace.history.Outcome;
import io.deltatrace.history.ReplayMismatchException;
import io.deltatrace.index.Plan;
import io.deltatrace.query.MergeQuery;
import io.deltatrace.query.Query;
import io.deltatrace.query.ReadQuery;
import io.deltatrace.query.RemoveCollectionQuery;
import io.deltatrace.query.Request;
import io.deltatrace.query.RestoreRequest;
import io.deltatrace.query.RevertRequest;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.query.WriteQuery;
import io.deltatrace.result.QueryResult;
import io.deltatrace.result.Result;
import io.deltatrace.result.TransactionResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pure function that is the database: a state and an entry make the next state and a result.
 *
 * <p>It has no clock, no randomness, no locale and no environment. The same entries, applied to the same state, give the same
 * states and the same results on every machine; recovery, replicas and time travel rest on that. A failure is a result like
 * any other, with the state as it was.
 */
public final class Engine {

    private Engine() {}

    /** The next state and the result of an entry. A failure too leads to a state, with the entry's revision and nothing new. */
    public static Applied apply(DatabaseState state, Entry entry) {
        return apply(state, entry, false);
    }

    private static Applied apply(DatabaseState state, Entry entry, boolean again) {
        Applied applied = run(state, entry.request(), again);
        return new Applied(
                applied.state().at(entry.revision(), entry.committedAt()), applied.result(), applied.effects());
    }

    /**
     * The state that an entry of the history led to from the state before it. A unique index refuses nothing that was accepted
     * at first, because it may have been declared since.
     *
     * @throws ReplayMismatchException if it does not do again what it did at first
     */
    public static DatabaseState replay(DatabaseState state, HistoryEntry entry) {
        if (entry.outcome() != Outcome.APPLIED) {
            return state.at(entry.revision(), entry.committedAt());
        }
        Applied applied = apply(state, new Entry(entry.revision(), entry.committedAt(), entry.request()), true);
        if (!applied.result().isSuccess()) {
            throw new ReplayMismatchException(
                    entry.revision(), "it fails: " + applied.result().errorMessage());
        }
        if (!applied.effects().equals(entry.effects())) {
            throw new ReplayMismatchException(
                    entry.revision(), "it did " + entry.effects() + ", and does " + applied.effects());
        }
        return applied.state();
    }

    /** The result that an entry of the history had on the state before it, unique indexes aside as in a replay. */
    static Result answerAgain(DatabaseState before, Request request) {
        return run(before, request, true).result();
    }

    /** The result of a request that only reads. */
    public static Result read(DatabaseState state, Request request) {
        return run(state, request, false).result();
    }

    /** The result of a query that only reads. */
    public static QueryResult read(DatabaseState state, ReadQuery query) {
        return step(state, query, false).result();
    }

    /** How a query on a state finds its documents. */
    public static Plan explain(DatabaseState state, Query query) {
        return query.accept(new Explanation(state));
    }

    static Applied run(DatabaseState state, Request request) {
        return run(state, request, false);
    }

    private static Applied run(DatabaseState state, Request request, boolean again) {
        if (request instanceof Query query) {
            Step step = step(state, query, again);
            return new Applied(step.state(), step.result(), effects(query, step.result()));
        }
        if (request instanceof TransactionQuery transaction) {
            return transaction(state, transaction, again);
        }
        Applied applied = request instanceof RestoreRequest restore
                ? restore(state, restore)
                : revert(state, (RevertRequest) request);
        for (Effect effect : again ? List.<Effect>of() : applied.effects()) {
            String refusal = refusal(applied.state(), effect.collection());
            if (refusal != null) {
                return new Applied(state, TransactionResult.failure(refusal), List.of());
            }
        }
        return applied;
    }

    /** Why a write is refused after which a collection is like that; null if it is not. */
    private static @Nullable String refusal(DatabaseState after, String collection) {
        IndexState index = after.collection(collection).indexes().withDuplicates();
        return index == null
                ? null
                : "The unique index on " + collection + "(" + index.field()
                        + ") refuses a value that another document has already";
    }

    private static Applied transaction(DatabaseState before, TransactionQuery transaction, boolean again) {
        DatabaseState state = before;
        List<QueryResult> results = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        for (Query query : transaction.queries()) {
            if (isNeverPartOfATransaction(query)) {
                return failedTransaction(before, query, "it cannot be part of a transaction");
            }
            Step step = step(state, query, again);
            String errorMessage = step.result().errorMessage();
            if (errorMessage != null) {
                return failedTransaction(before, query, errorMessage);
            }
            state = step.state();
            results.add(step.result());
            effects.addAll(effects(query, step.result()));
        }
        return new Applied(state, TransactionResult.success(results), effects);
    }

    static boolean isNeverPartOfATransaction(Request request) {
        return request instanceof MergeQuery || request instanceof RemoveCollectionQuery;
    }

    private static Applied failedTransaction(DatabaseState before, Query query, String why) {
        String message =
                "The transaction failed at its " + query.type().wireName() + " on '" + query.target() + "': " + why;
        return new Applied(before, TransactionResult.failure(message), List.of());
    }

    private static Applied restore(DatabaseState before, RestoreRequest request) {
        DatabaseState state = request.replacing() ? before.withoutAll() : before;
        List<Effect> effects = new ArrayList<>();
        Map<String, CollectionState> restored = new LinkedHashMap<>();
        request.collections().forEach((name, contents) -> {
            CollectionState collection = before.collection(name).holding(contents);
            restored.put(name, collection);
            effects.add(new Effect(name, QueryType.CLEAR_ADD, collection.size(), collection.size()));
        });
        state = state.withAll(restored);
        for (String removed : before.names()) {
            if (!state.has(removed)) {
                effects.add(new Effect(removed, QueryType.REMOVE_COLLECTION, 1, 0));
            }
        }
        return new Applied(state, TransactionResult.success(List.of()), effects);
    }

    private static Applied revert(DatabaseState before, RevertRequest request) {
        DatabaseState state = before;
        List<Effect> effects = new ArrayList<>();
        for (RevertRequest.Patch patch : request.patches()) {
            String name = patch.collection();
            if (patch.kind() == RevertRequest.Patch.Kind.REMOVE) {
                state = state.without(name);
                effects.add(new Effect(name, QueryType.REMOVE_COLLECTION, 1, 0));
                continue;
            }
            boolean editing = patch.kind() == RevertRequest.Patch.Kind.EDIT && state.has(name);
            CollectionState present = state.collection(name);
            Rows rows = (editing ? present.rows() : Rows.EMPTY).reserving(patch.nextRow());
            for (Map.Entry<Long, Document> row : patch.rows().entrySet()) {
                rows = rows.put(row.getKey(), row.getValue());
            }
            state = state.with(
                    name, present.with(rows, patch.serialNumber(), editing ? present.createdAt() : patch.createdAt()));
            effects.add(new Effect(name, QueryType.UPDATE, patch.rows().size(), rows.size()));
        }
        return new Applied(state, TransactionResult.success(List.of()), effects);
    }

    private static List<Effect> effects(Query query, QueryResult result) {
        if (!query.isWrite() || !result.isSuccess()) {
            return List.of();
        }
        return List.of(new Effect(changedBy(query), query.type(), result.updateCount(), result.collectionSize()));
    }

    private static String changedBy(Query query) {
        return query instanceof MergeQuery merge ? merge.merge().output() : query.target();
    }

    private static Step step(DatabaseState state, Query query, boolean again) {
        try {
            Step step = query.accept(new Execution(state, again));
            boolean hasNoEffect = query instanceof WriteQuery write
                    && write.mustAffectAtLeastOne()
                    && step.result().updateCount() == 0;
            if (hasNoEffect) {
                return failedStep(state, query, "Nothing was affected, and something had to be");
            }
            String refusal = again || !query.isWrite() ? null : refusal(step.state(), changedBy(query));
            return refusal == null ? step : failedStep(state, query, refusal);
        } catch (IllegalArgumentException e) {
            return failedStep(state, query, String.valueOf(e.getMessage()));
        }
    }

    private static Step failedStep(DatabaseState state, Query query, String why) {
        // A merge needs no permission for its target, so its failure must not tell how large that is.
        long size = query instanceof MergeQuery ? 0 : state.size(query.target());
        return new Step(state, QueryResult.failure(query.target(), query.type(), size, why));
    }
}
