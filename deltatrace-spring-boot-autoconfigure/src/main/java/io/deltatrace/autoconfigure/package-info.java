/** The database as a Spring bean. */
@NullMarked
package io.deltatrace.autoconfigure;

import org.jspecify.annotations.NullMarked;
