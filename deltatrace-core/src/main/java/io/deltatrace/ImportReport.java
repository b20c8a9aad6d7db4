package io.deltatrace;

/**
 * What came of stored requests.
 *
 * @param applied how many were carried out
 * @param failed how many could not be carried out, and changed nothing
 */
public record ImportReport(long applied, long failed) {}
