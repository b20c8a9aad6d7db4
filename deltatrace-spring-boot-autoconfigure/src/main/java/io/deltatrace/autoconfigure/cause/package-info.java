/** Who changed something, from where and why, as far as Spring knows. */
@NullMarked
package io.deltatrace.autoconfigure.cause;

import org.jspecify.annotations.NullMarked;
