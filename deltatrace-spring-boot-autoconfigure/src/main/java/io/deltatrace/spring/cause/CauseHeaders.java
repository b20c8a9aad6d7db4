package io.deltatrace.spring.cause;

/**
 * The names of the HTTP headers that say something of causes.
 *
 * @param reason why something is to be changed
 * @param requestId what identifies the request
 */
record CauseHeaders(String reason, String requestId) {}
