package io.deltatrace.condition;

import org.jspecify.annotations.Nullable;

/**
 * One answer for each type of condition.
 *
 * @param <R> the type of the answer
 */
public interface ConditionVisitor<R extends @Nullable Object> {

    /** For an {@link And}. */
    R and(And condition);

    /** For an {@link Or}. */
    R or(Or condition);

    /** For a {@link Not}. */
    R not(Not condition);

    /** For a {@link Comparison}. */
    R comparison(Comparison condition);

    /** For a {@link TextMatch}. */
    R textMatch(TextMatch condition);

    /** For a {@link Membership}. */
    R membership(Membership condition);

    /** For a {@link Regex}. */
    R regex(Regex condition);
}
