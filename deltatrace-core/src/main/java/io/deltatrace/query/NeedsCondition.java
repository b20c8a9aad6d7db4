package io.deltatrace.query;

import io.deltatrace.condition.Condition;

/**
 * A query in the making that is not one yet, because it does not say which documents it is about.
 *
 * @param <Q> the type of query
 */
@FunctionalInterface
public interface NeedsCondition<Q extends Query> {

    /** The query about the documents that meet the condition. */
    Q where(Condition condition);
}
