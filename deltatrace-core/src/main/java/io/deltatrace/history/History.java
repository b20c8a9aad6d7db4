package io.deltatrace.history;

import java.util.List;

/** What happened to a database. Thread-safe; the entries are those that are retained. */
public interface History {

    /** The entries that the filter accepts, in its order. */
    List<HistoryEntry> entries(HistoryFilter filter);
}
