/** What happened to a database, by whom and why. */
@NullMarked
package io.deltatrace.history;

import org.jspecify.annotations.NullMarked;
