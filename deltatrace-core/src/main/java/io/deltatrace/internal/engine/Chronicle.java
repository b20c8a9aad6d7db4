package io.deltatrace.internal.engine;

import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.history.Blame;
import io.deltatrace.history.Diff;
import io.deltatrace.history.DocumentChange;
import io.deltatrace.history.DocumentId;
import io.deltatrace.history.DocumentVersion;
import io.deltatrace.history.FieldChange;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.RevisionNotRetainedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of the past by comparing states. Two states share what did not change, so comparing them takes time with
 * the number of changes, not of documents.
 */
public final class Chronicle {

    private static final int MOST_TRIES = 100;

    private final CommitLog log;

    /** What happened according to a log. */
    public Chronicle(CommitLog log) {
        this.log = log;
    }

    /** See {@link io.deltatrace.history.History#diff}. */
    public Diff diff(long from, long to) {
        return diff(log.stateAt(from), log.stateAt(to));
    }

    /** What differs between two states. */
    public static Diff diff(DatabaseState one, DatabaseState other) {
        List<DocumentChange> documents = new ArrayList<>();
        for (String name : one.namesWith(other)) {
            changes(name, one, other, documents::add);
        }
        return new Diff(
                one.revision(),
                other.revision(),
                other.names().stream().filter(name -> !one.has(name)).toList(),
                one.names().stream().filter(name -> !other.has(name)).toList(),
                documents);
    }

    /** See {@link io.deltatrace.history.History#versionsOf}. */
    public List<DocumentVersion> versionsOf(String collection, Condition condition) {
        Predicate<Document> matches = condition.compile();
        Map<DocumentId, List<DocumentVersion>> versions = new LinkedHashMap<>();
        Set<DocumentId> matched = new LinkedHashSet<>();
        walk(collection, (entry, change) -> {
            Document after = change.after();
            versions.computeIfAbsent(change.id(), id -> new ArrayList<>())
                    .add(new DocumentVersion(change.id(), entry, after));
            if (after != null && matches.test(after)) {
                matched.add(change.id());
            }
        });
        return versions.entrySet().stream()
                .filter(document -> matched.contains(document.getKey()))
                .flatMap(document -> document.getValue().stream())
                .toList();
    }

    /** See {@link io.deltatrace.history.History#blame}. */
    public List<Blame> blame(String collection, Condition condition) {
        Predicate<Document> matches = condition.compile();
        Map<DocumentId, Blame> blames = new LinkedHashMap<>();
        walk(collection, (entry, change) -> {
            Document after = change.after();
            if (after == null) {
                blames.remove(change.id());
                return;
            }
            Blame before = blames.get(change.id());
            Map<String, @Nullable HistoryEntry> fields = new LinkedHashMap<>();
            leaves(
                    "",
                    after,
                    path -> fields.put(
                            path, before == null ? entry : before.fields().get(path)));
            for (FieldChange field : change.fields()) {
                String path = field.path();
                fields.keySet().stream()
                        .filter(leaf -> leaf.equals(path) || leaf.startsWith(path + "."))
                        .forEach(leaf -> fields.put(leaf, entry));
            }
            blames.put(change.id(), new Blame(change.id(), after, fields));
        });
        return blames.values().stream()
                .filter(blame -> matches.test(blame.document()))
                .toList();
    }

    private static void leaves(String prefix, Document document, Consumer<String> action) {
        for (String name : document.names()) {
            if (document.get(name) instanceof Document inner && inner.size() > 0) {
                leaves(prefix + name + ".", inner, action);
            } else {
                action.accept(prefix + name);
            }
        }
    }

    /** Visits every change to a collection from the oldest kept state on, that state's documents first. */
    private void walk(String collection, Visitor visitor) {
        Retained retained = retained();
        DatabaseState state = retained.oldest();
        changes(collection, DatabaseState.EMPTY, state, change -> visitor.visit(null, change));
        for (HistoryEntry entry : retained.entries()) {
            DatabaseState after = Engine.replay(state, entry);
            changes(collection, state, after, change -> visitor.visit(entry, change));
            state = after;
        }
    }

    /** The oldest kept state and all entries since. Writers fold the oldest away, so that this may need another try. */
    private Retained retained() {
        for (int tries = 1; ; tries++) {
            try {
                DatabaseState oldest = log.stateAt(log.oldestState());
                return new Retained(oldest, log.following(oldest));
            } catch (RevisionNotRetainedException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private record Retained(DatabaseState oldest, List<HistoryEntry> entries) {}

    static void changes(String name, DatabaseState before, DatabaseState after, Consumer<DocumentChange> action) {
        CollectionState one = before.collection(name);
        CollectionState other = after.collection(name);
        if (before.has(name) && after.has(name) && one.createdAt() == other.createdAt()) {
            changes(name, one.createdAt(), one.rows(), other.rows(), action);
        } else {
            changes(name, one.createdAt(), one.rows(), Rows.EMPTY, action);
            changes(name, other.createdAt(), Rows.EMPTY, other.rows(), action);
        }
    }

    private static void changes(String name, long createdAt, Rows before, Rows after, Consumer<DocumentChange> action) {
        before.differences(
                after,
                (row, old, now) -> action.accept(new DocumentChange(new DocumentId(name, createdAt, row), old, now)));
    }

    /** Is told of a change and of what made it. */
    @FunctionalInterface
    private interface Visitor {

        void visit(@Nullable HistoryEntry entry, DocumentChange change);
    }
}
