package io.deltatrace.internal.engine;

import io.deltatrace.history.Outcome;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which requests become entries of the history. Applied ones always do.
 *
 * @param outcomes the outcomes that are recorded
 */
public record Recording(Set<Outcome> outcomes) {

    /** Everything but reads. */
    public static final Recording DEFAULT = new Recording(EnumSet.of(Outcome.FAILED, Outcome.DENIED));

    /** Nothing but applied ones, which always are. */
    public static final Recording NOTHING = new Recording(Set.of());

    /** Copies the outcomes and adds the applied ones. */
    public Recording {
        EnumSet<Outcome> all = EnumSet.of(Outcome.APPLIED);
        all.addAll(outcomes);
        outcomes = Collections.unmodifiableSet(all);
    }

    boolean includes(Outcome outcome) {
        return outcomes.contains(outcome);
    }
}
