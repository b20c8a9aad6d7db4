package io.deltatrace.index;

/**
 * What an index holds, and how often it was of use.
 *
 * @param index its declaration
 * @param documents how many documents it has: all of the collection
 * @param keys how many different values they have there, null not counted
 * @param uses how many queries have been answered with it since the database was opened
 */
public record IndexStatus(Index index, long documents, long keys, long uses) {}
