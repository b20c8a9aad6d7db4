package io.deltatrace.history;

import java.util.List;

/** Says that an entry was not undone, because later ones changed the same documents. */
public final class UndoConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<HistoryEntry> laterEntries;

    /** The entry that was to be undone, and those that came after it. */
    public UndoConflictException(long revision, List<HistoryEntry> laterEntries) {
        super("Revision " + revision + " was not undone: later revisions changed the same documents: "
                + laterEntries.stream().map(HistoryEntry::revision).toList());
        this.laterEntries = List.copyOf(laterEntries);
    }

    /** The entries that changed the same documents later, oldest first. */
    public List<HistoryEntry> laterEntries() {
        return laterEntries;
    }
}
