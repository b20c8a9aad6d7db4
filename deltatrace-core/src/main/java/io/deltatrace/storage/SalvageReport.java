package io.deltatrace.storage;

import java.util.List;

/**
 * What was got out of a damaged directory.
 *
 * @param revision the revision of the state that the new database has
 * @param firstRevision the oldest entry in its history
 * @param lost how many entries are known to be gone or unreadable
 * @param leftOver how many readable entries do not connect with the new database's history; they are put beside it
 * @param problems what is wrong with the damaged directory, in words, in the order in which it was found
 */
public record SalvageReport(long revision, long firstRevision, long lost, long leftOver, List<String> problems) {

    /** Copies the list. */
    public SalvageReport {
        problems = List.copyOf(problems);
    }
}
