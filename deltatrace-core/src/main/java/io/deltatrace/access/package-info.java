/** What a query does, and who may do it to which collection. */
@NullMarked
package io.deltatrace.access;

import org.jspecify.annotations.NullMarked;
