/** The engine: the state as a value, the pure function from one state to the next, and the one writer. */
@NullMarked
package io.deltatrace.internal.engine;

import org.jspecify.annotations.NullMarked;
