/** The commits of the database as events of the application. */
@NullMarked
package io.deltatrace.autoconfigure.event;

import org.jspecify.annotations.NullMarked;
