package io.deltatrace.query;

import io.deltatrace.cause.Cause;
import org.jspecify.annotations.Nullable;

/** Something a database can be asked to do, with the reason for it. */
public sealed interface Request permits Query, TransactionQuery, RestoreRequest {

    /** Who asks, when, what, why and from where; null if nothing was said. */
    @Nullable
    Cause cause();

    /** This request with a cause. */
    Request because(Cause cause);

    /** Whether the request may change the database. */
    boolean isWrite();
}
