package io.deltatrace.benchmarks.report;

import io.deltatrace.benchmarks.peers.Peer;
import java.util.Locale;
import java.util.Optional;

/**
 * What DeltaTrace is to reach with 100,000 records: at most so much, or so many times what somebody else takes in the same run.
 *
 * @param who which face of DeltaTrace
 * @param atMost in the unit of the row, or a factor
 * @param than whose measurement the factor is for; null if it is none
 * @param benchmark the measurement that the factor is for; null for that of the row
 */
record Goal(Peer who, double atMost, Peer than, String benchmark) {

    static Goal atMost(Peer who, double value) {
        return new Goal(who, value, null, null);
    }

    static Goal timesThan(Peer who, double factor, Peer than) {
        return new Goal(who, factor, than, null);
    }

    Goal of(String other) {
        return new Goal(who, atMost, than, other);
    }

    /** In the unit of the row; empty if that was not measured. */
    Optional<Double> limit(Row row, Results results, int users) {
        return than == null
                ? Optional.of(atMost)
                : results.of(benchmark == null ? row.benchmark() : benchmark, than, users)
                        .map(measured -> measured.median() * atMost);
    }

    String text() {
        String number = atMost == Math.rint(atMost) ? String.format(Locale.ROOT, "%,.0f", atMost) : "" + atMost;
        return than == null
                ? "at most " + number
                : "at most " + number + " × " + than.title() + (benchmark == null ? "" : " of all");
    }
}
