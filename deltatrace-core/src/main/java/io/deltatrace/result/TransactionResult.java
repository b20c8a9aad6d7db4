package io.deltatrace.result;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a transaction.
 *
 * @param results one per query, in order; empty if the transaction failed
 * @param errorMessage why it failed; null if it did not
 */
public record TransactionResult(
        List<QueryResult> results, @Nullable String errorMessage) implements Result {

    /** Copies the results. */
    public TransactionResult {
        results = List.copyOf(results);
        if (errorMessage != null && !results.isEmpty()) {
            throw new IllegalArgumentException("A failed transaction has no results");
        }
    }

    /** A success. */
    public static TransactionResult success(List<QueryResult> results) {
        return new TransactionResult(results, null);
    }

    /** A failure, which changed nothing. */
    public static TransactionResult failure(String errorMessage) {
        return new TransactionResult(List.of(), Objects.requireNonNull(errorMessage, "errorMessage"));
    }

    @Override
    public boolean isSuccess() {
        return errorMessage == null;
    }

    /**
     * This result if it is a success.
     *
     * @throws QueryFailedException if it is a failure, with its message
     */
    public TransactionResult orThrow() {
        if (errorMessage != null) {
            throw new QueryFailedException(errorMessage);
        }
        return this;
    }
}
