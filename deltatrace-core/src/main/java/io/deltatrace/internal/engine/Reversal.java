package io.deltatrace.internal.engine;

import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
import io.deltatrace.history.DocumentChange;
import io.deltatrace.history.DocumentId;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.UndoConflictException;
import io.deltatrace.query.RevertRequest;
import io.deltatrace.query.RevertRequest.Patch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds out what has to be done to a state to get back what was before. */
public final class Reversal {

    private final CommitLog log;

    /** By what a log has kept. */
    public Reversal(CommitLog log) {
        this.log = log;
    }

    /** What makes a state hold what it held after a revision. */
    public RevertRequest revertTo(DatabaseState current, long revision, Cause cause) {
        DatabaseState wanted = log.stateAt(revision);
        List<Patch> patches = new ArrayList<>();
        for (String name : current.namesWith(wanted)) {
            CollectionState is = current.collection(name);
            CollectionState was = wanted.collection(name);
            if (!wanted.has(name)) {
                patches.add(new Patch(name, is.createdAt(), Patch.Kind.REMOVE, 0, 0, new TreeMap<>()));
                continue;
            }
            boolean same = current.has(name) && is.createdAt() == was.createdAt();
            SortedMap<Long, @Nullable Document> rows = new TreeMap<>();
            (same ? is.rows() : Rows.EMPTY).differences(was.rows(), (row, now, then) -> rows.put(row, then));
            if (!same || !rows.isEmpty() || is.serial() != was.serial()) {
                long nextRow =
                        Math.max(same ? is.rows().nextRow() : 0, was.rows().nextRow());
                patches.add(new Patch(name, was.createdAt(), kind(same), was.serial(), nextRow, rows));
            }
        }
        return new RevertRequest(revision, patches, cause);
    }

    /**
     * What gives the documents that an entry changed back what they held before it. Serial numbers are not taken back, and a
     * collection that the entry created stays.
     *
     * @throws UndoConflictException if later entries changed the same documents and it is not forced
     */
    public RevertRequest undo(DatabaseState current, long revision, boolean forced, Cause cause) {
        DatabaseState before = log.stateAt(revision - 1);
        DatabaseState after = log.stateAt(revision);
        List<Patch> patches = new ArrayList<>();
        Set<DocumentId> touched = new HashSet<>();
        for (String name : before.namesWith(after)) {
            CollectionState was = before.collection(name);
            SortedMap<Long, @Nullable Document> rows = new TreeMap<>();
            CollectionState owner = before.has(name) ? was : after.collection(name);
            Chronicle.changes(name, before, after, change -> {
                touched.add(change.id());
                if (change.id().collectionCreatedAt() == owner.createdAt()) {
                    rows.put(change.id().row(), change.before());
                }
            });
            CollectionState is = current.collection(name);
            boolean stillThere = current.has(name) && is.createdAt() == owner.createdAt();
            boolean removed = before.has(name) && !after.has(name);
            if ((stillThere && !rows.isEmpty()) || removed) {
                long nextRow = Math.max(
                        stillThere ? is.rows().nextRow() : 0, owner.rows().nextRow());
                patches.add(new Patch(
                        name,
                        owner.createdAt(),
                        kind(stillThere),
                        stillThere ? is.serial() : was.serial(),
                        Math.max(nextRow, after.collection(name).rows().nextRow()),
                        rows));
            }
        }
        List<HistoryEntry> later = forced ? List.of() : later(after, touched, patches, current);
        if (!later.isEmpty()) {
            throw new UndoConflictException(revision, later);
        }
        return new RevertRequest(revision, patches, cause);
    }

    private static Patch.Kind kind(boolean stillThere) {
        return stillThere ? Patch.Kind.EDIT : Patch.Kind.REPLACE;
    }

    private List<HistoryEntry> later(
            DatabaseState start, Set<DocumentId> touched, List<Patch> patches, DatabaseState current) {
        Set<String> replaced = new HashSet<>();
        for (Patch patch : patches) {
            boolean other = current.has(patch.collection())
                    && current.collection(patch.collection()).createdAt() != patch.createdAt();
            if (other) {
                replaced.add(patch.collection());
            }
        }
        Set<HistoryEntry> later = new LinkedHashSet<>();
        log.replay(start, current.revision(), (before, entry, after) -> {
            for (String name : after.changedSince(before)) {
                Chronicle.changes(name, before, after, (DocumentChange change) -> {
                    if (touched.contains(change.id()) || replaced.contains(name)) {
                        later.add(entry);
                    }
                });
            }
        });
        return List.copyOf(later);
    }
}
