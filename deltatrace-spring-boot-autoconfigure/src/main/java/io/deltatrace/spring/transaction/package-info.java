/** Spring's transactions on the database. */
@NullMarked
package io.deltatrace.spring.transaction;

import org.jspecify.annotations.NullMarked;
