/** Who did something, when, what, why and from where. */
@NullMarked
package io.deltatrace.cause;

import org.jspecify.annotations.NullMarked;
