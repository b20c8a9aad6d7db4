package io.deltatrace.internal.engine;

import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.history.Blame;
import io.deltatrace.history.ChainReport;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.Diff;
import io.deltatrace.history.DocumentChange;
import io.deltatrace.history.DocumentId;
import io.deltatrace.history.DocumentVersion;
import io.deltatrace.history.FieldChange;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.history.VerifyOption;
import io.deltatrace.history.VerifyProgress;
import io.deltatrace.result.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of the past by comparing states. Two states share what did not change, so comparing them takes time with
 * the number of changes, not of documents.
 */
public final class Chronicle {

    private static final int MOST_TRIES = 100;
    private static final Comparator<DocumentId> IN_ORDER =
            Comparator.comparingLong(DocumentId::collectionCreatedAt).thenComparingLong(DocumentId::row);

    private final CommitLog log;
    private final DatabaseState current;

    /** What happened, according to a log, until a state. */
    public Chronicle(CommitLog log, DatabaseState current) {
        this.log = log;
        this.current = current;
    }

    /** The state after a revision, which must have happened by then. */
    public DatabaseState stateAt(long revision) {
        if (revision == current.revision()) {
            return current;
        }
        if (revision > current.revision()) {
            throw new RevisionNotRetainedException("of revision " + revision, log.oldestState(), current.revision());
        }
        return log.stateAt(revision);
    }

    /** The state at an instant. */
    public DatabaseState stateAt(Instant instant) {
        if (!current.committedAt().isAfter(instant)) {
            return current;
        }
        DatabaseState past = stateAt(Math.min(log.revisionAt(instant), current.revision()));
        if (past.revision() > 0 && past.committedAt().isAfter(instant)) {
            throw new RevisionNotRetainedException("at " + instant, log.oldestState(), current.revision());
        }
        return past;
    }

    /** See {@link io.deltatrace.history.History#entries}. */
    public List<HistoryEntry> entries(HistoryFilter filter) {
        for (int tries = 1; ; tries++) {
            List<HistoryEntry> found = untilWhole(() -> found(filter));
            // Of what was given up meanwhile some may have been passed over; of what is retained still, nothing was.
            long oldest = log.oldestEntry();
            List<HistoryEntry> retained =
                    found.stream().filter(entry -> entry.revision() >= oldest).toList();
            boolean cutShort = filter.oldestFirst() && found.size() == filter.limit();
            if (tries == MOST_TRIES || retained.size() == found.size() || !cutShort) {
                return retained;
            }
        }
    }

    private List<HistoryEntry> found(HistoryFilter filter) {
        long after = Math.max(filter.after(), log.oldestEntry() - 1);
        long before = Math.min(filter.before(), current.revision() + 1);
        if (filter.from() != null && filter.from().isAfter(Instant.MIN)) {
            after = Math.max(after, log.revisionAt(filter.from().minusNanos(1)));
        }
        if (filter.until() != null) {
            before = Math.min(before, log.revisionAt(filter.until()) + 1);
        }
        try (Stream<HistoryEntry> entries = log.find(filter.after(after).before(before))) {
            return entries.limit(filter.limit()).toList();
        }
    }

    /** See {@link io.deltatrace.history.History#answerTo}. */
    public Result answerTo(long revision) {
        HistoryEntry asked = entries(HistoryFilter.all().after(revision - 1).before(revision + 1)).stream()
                .findFirst()
                .orElseThrow(() -> new RevisionNotRetainedException(
                        "of revision " + revision, log.oldestState(), current.revision()));
        if (asked.outcome() != Outcome.APPLIED && asked.outcome() != Outcome.READ) {
            throw new IllegalArgumentException("The request of revision " + revision + " was not carried out");
        }
        return Engine.answerAgain(stateAt(revision - 1), asked.request());
    }

    /** See {@link io.deltatrace.history.History#diff}. */
    public Diff diff(long from, long to) {
        return diff(stateAt(from), stateAt(to));
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
        return untilWhole(() -> {
            Set<DocumentId> others = new HashSet<>();
            Set<DocumentId> late = new HashSet<>();
            SortedMap<DocumentId, List<DocumentVersion>> versions = new TreeMap<>(IN_ORDER);
            walk(collection, (entry, change) -> {
                DocumentId id = change.id();
                List<DocumentVersion> known = versions.get(id);
                if (known == null && change.after() != null && matches.test(change.after())) {
                    known = versions.computeIfAbsent(id, key -> new ArrayList<>());
                    if (others.remove(id)) {
                        late.add(id);
                    }
                }
                if (known == null) {
                    others.add(id);
                } else {
                    known.add(new DocumentVersion(id, entry, change.after()));
                }
            });
            // Nearly always a document matches from the start or never. Keeping the versions of all, in case they will,
            // would
            // take more memory than the database; so those few that came to match later are looked for once more.
            if (!late.isEmpty()) {
                versions.keySet().removeAll(late);
                walk(collection, (entry, change) -> {
                    if (late.contains(change.id())) {
                        versions.computeIfAbsent(change.id(), id -> new ArrayList<>())
                                .add(new DocumentVersion(change.id(), entry, change.after()));
                    }
                });
            }
            return versions.values().stream().flatMap(List::stream).toList();
        });
    }

    /** See {@link io.deltatrace.history.History#blame}. */
    public List<Blame> blame(String collection, Condition condition) {
        Predicate<Document> matches = condition.compile();
        Set<DocumentId> wanted = new HashSet<>();
        changes(collection, DatabaseState.EMPTY, current, change -> {
            if (change.after() != null && matches.test(change.after())) {
                wanted.add(change.id());
            }
        });
        return untilWhole(() -> {
            SortedMap<DocumentId, Blame> blames = new TreeMap<>(IN_ORDER);
            walk(collection, (entry, change) -> {
                if (wanted.contains(change.id())) {
                    blames.compute(change.id(), (id, before) -> blame(before, entry, change));
                }
            });
            return List.copyOf(blames.values());
        });
    }

    private static @Nullable Blame blame(@Nullable Blame before, @Nullable HistoryEntry entry, DocumentChange change) {
        Document after = change.after();
        if (after == null) {
            return null;
        }
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
        return new Blame(change.id(), after, fields);
    }

    /** See {@link io.deltatrace.history.History#checkpoint}. */
    public Checkpoint checkpoint() {
        return log.checkpoint();
    }

    /** See {@link io.deltatrace.history.History#verify}. */
    public ChainReport verify(Collection<Checkpoint> checkpoints, VerifyProgress progress, Set<VerifyOption> options) {
        return log.verify(checkpoints, progress, options);
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
        DatabaseState oldest = log.stateAt(log.oldestState());
        changes(collection, DatabaseState.EMPTY, oldest, change -> visitor.visit(null, change));
        log.replay(
                collection,
                oldest,
                current.revision(),
                (before, entry, after) -> changes(collection, before, after, change -> visitor.visit(entry, change)));
    }

    /**
     * The oldest states and entries may be given up while they are read, so that this may need another try. They do not go at
     * the same moment.
     */
    private <T> T untilWhole(Supplier<T> look) {
        for (int tries = 1; ; tries++) {
            long oldestState = log.oldestState();
            long oldestEntry = log.oldestEntry();
            try {
                return look.get();
            } catch (RevisionNotRetainedException e) {
                boolean same = log.oldestState() == oldestState && log.oldestEntry() == oldestEntry;
                if (tries == MOST_TRIES || same) {
                    throw e;
                }
            }
        }
    }

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
