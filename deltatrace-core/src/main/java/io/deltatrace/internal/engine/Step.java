package io.deltatrace.internal.engine;

import io.deltatrace.result.QueryResult;

/**
 * What came of one query.
 *
 * @param state the next state
 * @param result the answer
 */
record Step(DatabaseState state, QueryResult result) {}
