/** Indexes on fields of documents, and how queries use them. */
@NullMarked
package io.deltatrace.index;

import org.jspecify.annotations.NullMarked;
