package io.deltatrace.history;

import io.deltatrace.condition.Condition;
import java.util.List;

/**
 * What happened to a database. Thread-safe; it tells of the entries that are retained.
 *
 * <p>Where a method asks for a revision whose state is not kept it throws {@link RevisionNotRetainedException}.
 */
public interface History {

    /** The entries that the filter accepts, in its order. */
    List<HistoryEntry> entries(HistoryFilter filter);

    /**
     * Every version of the documents that met the condition at any time, from the one that created it to the one that removed
     * it. The versions of one document follow each other; documents come in the order in which they were added.
     */
    List<DocumentVersion> versionsOf(String collection, Condition condition);

    /** What differs between the states after two revisions, of which either may be the earlier. */
    Diff diff(long from, long to);

    /** For each field of the documents that meet the condition now, the entry that last set it. */
    List<Blame> blame(String collection, Condition condition);
}
