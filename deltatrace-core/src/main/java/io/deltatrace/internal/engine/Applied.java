package io.deltatrace.internal.engine;

import io.deltatrace.history.HistoryEntry.Effect;
import io.deltatrace.result.Result;
import java.util.List;

/**
 * What came of an entry.
 *
 * @param state the next state; it holds the same if the entry failed
 * @param result the answer
 * @param effects what each write did; empty if the entry failed
 */
public record Applied(DatabaseState state, Result result, List<Effect> effects) {}
