/** The database in Actuator. */
@NullMarked
package io.deltatrace.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
