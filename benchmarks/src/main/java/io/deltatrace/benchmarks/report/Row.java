package io.deltatrace.benchmarks.report;

import static io.deltatrace.benchmarks.peers.Peer.COPIES;
import static io.deltatrace.benchmarks.peers.Peer.DOCUMENTS;
import static io.deltatrace.benchmarks.peers.Peer.MAPS;
import static io.deltatrace.benchmarks.peers.Peer.OBJECTS;
import static io.deltatrace.benchmarks.peers.Peer.PLAIN;
import static io.deltatrace.benchmarks.report.Goal.atMost;
import static io.deltatrace.benchmarks.report.Goal.timesThan;

import java.util.List;

/**
 * A row of the tables.
 *
 * @param title what is done
 * @param benchmark its name in the results
 * @param goals what DeltaTrace is to reach
 */
record Row(String title, String benchmark, List<Goal> goals) {

    static final List<Row> ALL = List.of(
            row("searchOne, no index, last record", "searchOneLast", timesThan(DOCUMENTS, 2, PLAIN)),
            row(
                    "search startsWith sorted by age, already in order",
                    "sorted",
                    timesThan(DOCUMENTS, 2, PLAIN),
                    timesThan(OBJECTS, 1, COPIES)),
            row("the same, limited to half", "sortedHalf", timesThan(DOCUMENTS, 1, PLAIN)),
            row("the same, ages shuffled, all", "sortedShuffled", timesThan(DOCUMENTS, 1.2, PLAIN)),
            row(
                    "the same, ages shuffled, limit 50",
                    "sortedShuffledPage",
                    timesThan(DOCUMENTS, 0.1, DOCUMENTS).of("sortedShuffled")),
            row("look-up by indexed id", "lookUp", atMost(DOCUMENTS, 0.3)),
            row("range of 101 by indexed age", "range", atMost(DOCUMENTS, 5)),
            row("updateOne by indexed age", "updateOne", atMost(DOCUMENTS, 2)),
            row("add one", "addOne", atMost(DOCUMENTS, 1)),
            row("add one, two indexes", "addOneIndexed", atMost(DOCUMENTS, 2)),
            row("add all at once", "addAll", timesThan(OBJECTS, 3, COPIES)),
            row("add all at once, two indexes", "addAllIndexed", atMost(OBJECTS, 90_000)),
            row("getAll, first time", "allFirst", timesThan(OBJECTS, 2, COPIES)),
            row("getAll, again", "allAgain", atMost(OBJECTS, 3_000)),
            row("delete half", "deleteHalf", atMost(DOCUMENTS, 4_000)),
            row("delete half, two indexes", "deleteHalfIndexed", atMost(DOCUMENTS, 20_000)),
            row("save to JSON", "save", timesThan(DOCUMENTS, 1.2, MAPS)),
            row("load from JSON", "load", timesThan(DOCUMENTS, 1.2, MAPS)),
            row("heap per record, bytes", "heap", atMost(DOCUMENTS, 388)),
            row("heap per record, bytes, two indexes", "heapIndexed", atMost(DOCUMENTS, 500)));

    /** Those that touch one record, and must stay flat. */
    static final List<String> SINGLE = List.of("lookUp", "range", "updateOne", "addOne", "addOneIndexed");

    private static Row row(String title, String benchmark, Goal... goals) {
        return new Row(title, benchmark, List.of(goals));
    }
}
