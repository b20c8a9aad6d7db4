package io.deltatrace.result;

import org.jspecify.annotations.Nullable;

/** The answer to a request: a success, or a failure that changed nothing. */
public sealed interface Result permits QueryResult, TransactionResult {

    /** Whether what was asked for happened. */
    boolean isSuccess();

    /** Why it did not happen; null if it did. */
    @Nullable
    String errorMessage();
}
