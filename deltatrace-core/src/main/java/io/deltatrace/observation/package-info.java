/** What is told of a database at work, for metrics and traces. */
@NullMarked
package io.deltatrace.observation;

import org.jspecify.annotations.NullMarked;
