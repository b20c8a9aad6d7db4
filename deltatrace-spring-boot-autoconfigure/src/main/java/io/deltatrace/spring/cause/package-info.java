/** Who changed something, from where and why, as far as Spring knows. */
@NullMarked
package io.deltatrace.spring.cause;

import org.jspecify.annotations.NullMarked;
