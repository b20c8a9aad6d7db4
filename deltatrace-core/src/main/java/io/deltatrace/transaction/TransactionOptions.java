package io.deltatrace.transaction;

import io.deltatrace.cause.Cause;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is settled about a transaction before it begins.
 *
 * @param mode what it may do, and what it is protected from
 * @param lockTimeout how long it waits for the right to write; null for as long as the database is set up to
 * @param timeout how long it may take, from its beginning to its commit; null for as long as it wants
 * @param cause why it happens: the cause of all its writes that have none of their own; null if nothing is said
 * @param translator what is thrown instead of a {@link TransactionFailedException}, for frameworks with exceptions of their own
 */
public record TransactionOptions(
        TransactionMode mode,
        @Nullable Duration lockTimeout,
        @Nullable Duration timeout,
        @Nullable Cause cause,
        Function<TransactionFailedException, RuntimeException> translator) {

    /** How long a write waits for others unless something else is said. */
    public static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofSeconds(10);

    /** Exclusive, without a limit of time, and without a cause. */
    public static final TransactionOptions DEFAULT =
            new TransactionOptions(TransactionMode.EXCLUSIVE, null, null, null, failure -> failure);

    /** Requires a mode and a translator, and that no time is negative. */
    public TransactionOptions {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(translator, "translator");
        requireNotNegative(lockTimeout);
        requireNotNegative(timeout);
    }

    private static void requireNotNegative(@Nullable Duration time) {
        if (time != null && time.isNegative()) {
            throw new IllegalArgumentException("A transaction cannot wait or take a negative time: " + time);
        }
    }

    /** These options with another mode. */
    public TransactionOptions mode(TransactionMode newMode) {
        return new TransactionOptions(newMode, lockTimeout, timeout, cause, translator);
    }

    /** These options, waiting that long for the right to write. */
    public TransactionOptions lockTimeout(Duration time) {
        return new TransactionOptions(mode, time, timeout, cause, translator);
    }

    /** These options, taking that long at most. */
    public TransactionOptions timeout(Duration time) {
        return new TransactionOptions(mode, lockTimeout, time, cause, translator);
    }

    /** These options with a cause. */
    public TransactionOptions because(Cause reason) {
        return new TransactionOptions(mode, lockTimeout, timeout, reason, translator);
    }

    /** These options, throwing what the translator makes of a failure. */
    public TransactionOptions translatedBy(Function<TransactionFailedException, RuntimeException> newTranslator) {
        return new TransactionOptions(mode, lockTimeout, timeout, cause, newTranslator);
    }
}
