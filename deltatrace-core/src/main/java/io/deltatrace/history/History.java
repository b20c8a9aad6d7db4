package io.deltatrace.history;

import io.deltatrace.condition.Condition;
import io.deltatrace.result.Result;
import java.util.Collection;
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

    /**
     * The answer that a request got which is in the history, found by carrying it out again on the state that it met. Nothing
     * changes by it.
     *
     * @throws IllegalArgumentException if the request failed or was denied
     */
    Result answerTo(long revision);

    /** What differs between the states after two revisions, of which either may be the earlier. */
    Diff diff(long from, long to);

    /** For each field of the documents that meet the condition now, the entry that last set it. */
    List<Blame> blame(String collection, Condition condition);

    /**
     * The newest entry as a point of the chain of hashes, to be kept elsewhere and verified later.
     *
     * @throws IllegalStateException if the history has no entry yet
     */
    Checkpoint checkpoint();

    /**
     * Follows the chain of hashes through all retained entries and says what is the first thing wrong with it.
     */
    default ChainReport verify(VerifyOption... options) {
        return verify(List.of(), options);
    }

    /**
     * As {@link #verify(VerifyOption...)}, and compares the chain with checkpoints that were taken of it. Only they can tell
     * that the newest entries were cut off, or that all was written anew.
     */
    default ChainReport verify(Collection<Checkpoint> checkpoints, VerifyOption... options) {
        return verify(checkpoints, VerifyProgress.NONE, options);
    }

    /** As {@link #verify(Collection, VerifyOption...)}, and tells how far it has come along the chain. */
    ChainReport verify(Collection<Checkpoint> checkpoints, VerifyProgress progress, VerifyOption... options);
}
