package io.deltatrace;

import io.deltatrace.history.HistoryEntry;

/**
 * Is told of changes to a collection: once per commit that changed it, after the commit, on the thread that made it. It may
 * use the database. Commits of several threads may be told of in another order than that of their revisions. If it throws, that is logged, the commit stands and the other listeners run.
 */
@FunctionalInterface
public interface ChangeListener {

    /**
     * Called after a commit.
     *
     * @param collection the collection that changed
     * @param entry what was committed, by whom and why
     */
    void onChange(String collection, HistoryEntry entry);
}
