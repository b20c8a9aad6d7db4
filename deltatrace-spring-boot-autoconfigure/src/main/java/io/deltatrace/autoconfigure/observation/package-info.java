/** Metrics and traces of the database. */
@NullMarked
package io.deltatrace.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
