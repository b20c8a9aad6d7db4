/**
 * Requests to a database as immutable objects.
 *
 * <p>{@link io.deltatrace.query.Query} has a factory for each type of query; what they return can be refined by methods that
 * return a changed copy. There is no {@code build()}: a query without the parts its type needs does not construct.
 */
@NullMarked
package io.deltatrace.query;

import org.jspecify.annotations.NullMarked;
