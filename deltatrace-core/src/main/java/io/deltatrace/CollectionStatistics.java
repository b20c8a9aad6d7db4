package io.deltatrace;

/**
 * How large a collection is.
 *
 * @param documents how many documents it has
 * @param serialNumber the next serial number
 * @param estimatedBytes about how much memory its documents take, in bytes: the sum of {@link
 *     io.deltatrace.document.Document#estimatedBytes()}, in which values that documents share count for each of them
 */
public record CollectionStatistics(long documents, long serialNumber, long estimatedBytes) {}
