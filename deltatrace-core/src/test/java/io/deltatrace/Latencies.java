package io.deltatrace;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long things took, counted in classes of which each is an eighth wider than the one before, so that a percentile is at most
 * that much too large. Thread-safe.
 */
final class Latencies {

    private static final int PARTS = 8;

    private final AtomicLongArray counts = new AtomicLongArray(Long.SIZE * PARTS);

    /** Counts what began then, by {@link System#nanoTime}, and has ended now. */
    void since(long start) {
        counts.incrementAndGet(index(Math.max(PARTS, System.nanoTime() - start)));
    }

    private static int index(long nanos) {
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
        return exponent * PARTS + (int) (nanos >>> (exponent - 3)) % PARTS;
    }

    /** How many there were. */
    long count() {
        long count = 0;
        for (int i = 0; i < counts.length(); i++) {
            count += counts.get(i);
        }
        return count;
    }

    /** In how many milliseconds such a part of all was done; 1 for the longest. */
    double millis(double part) {
        long wanted = (long) Math.ceil(count() * part);
        long seen = 0;
        for (int i = 0; i < counts.length(); i++) {
            seen += counts.get(i);
            if (seen >= wanted && seen > 0) {
                return (1L << (i / PARTS)) * (1 + (i % PARTS + 1.0) / PARTS) / 1e6;
            }
        }
        return 0;
    }
}
