package io.deltatrace.benchmarks.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured once or more often.
 *
 * @param benchmark the name of the benchmark's method, or of what else was measured
 * @param parameters by name
 * @param median in the unit of the benchmark
 * @param error half of the range from the smallest to the largest
 */
public record Measurement(String benchmark, Map<String, String> parameters, double median, double error) {

    /** The summary of some values. */
    public static Measurement of(String benchmark, Map<String, String> parameters, double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Measurement(benchmark, parameters, median, (sorted[sorted.length - 1] - sorted[0]) / 2);
    }

    @Override
    public String toString() {
        return error == 0 ? text(median) : text(median) + " ± " + text(error);
    }

    /** Three digits that mean something. */
    static String text(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f", value);
    }
}
