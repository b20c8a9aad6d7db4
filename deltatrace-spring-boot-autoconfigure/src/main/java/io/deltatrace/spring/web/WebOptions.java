package io.deltatrace.spring.web;

import java.time.Duration;

/**
 * How much clients may ask for over HTTP.
 *
 * @param deniedAsResult whether what is not permitted is answered by a result that says so, with status 200, instead of by 401
 *     or 403
 * @param maxRequestSize the largest body of a query, in bytes
 * @param maxImportSize the largest body of an import, in bytes
 * @param maxConcurrentRequests how many queries are read and carried out at a time
 * @param requestTimeout how long a client may take to send a query
 * @param importTimeout how long a client may take to send an import
 * @param rememberedWrites how many of the newest writes are known by their serial, to be applied once
 * @param changes the stream of changes
 */
public record WebOptions(
        boolean deniedAsResult,
        long maxRequestSize,
        long maxImportSize,
        int maxConcurrentRequests,
        Duration requestTimeout,
        Duration importTimeout,
        int rememberedWrites,
        Changes changes) {

    /** Rejects limits that allow nothing. */
    public WebOptions {
        requirePositive("The size of requests", maxRequestSize);
        requirePositive("The size of imports", maxImportSize);
        requirePositive("The number of concurrent requests", maxConcurrentRequests);
        requirePositive("The number of remembered writes", rememberedWrites);
        requirePositive("The time for a request", requestTimeout.toMillis());
        requirePositive("The time for an import", importTimeout.toMillis());
    }

    private static void requirePositive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1: " + value);
        }
    }

    /**
     * How changes are streamed.
     *
     * @param maxConnections how many clients may be connected
     * @param maxBehind how many revisions a client may be behind before it is told to read anew
     * @param heartbeat how often a client is sent something
     * @param maxDuration how long a client stays connected; it then connects again, and its permissions are looked at again
     */
    public record Changes(int maxConnections, int maxBehind, Duration heartbeat, Duration maxDuration) {

        /** Rejects limits that allow nothing. */
        public Changes {
            requirePositive("The number of connections", maxConnections);
            requirePositive("The number of revisions that a client may be behind", maxBehind);
            requirePositive("The time between heartbeats", heartbeat.toMillis());
            requirePositive("The duration of a connection", maxDuration.toMillis());
        }
    }
}
