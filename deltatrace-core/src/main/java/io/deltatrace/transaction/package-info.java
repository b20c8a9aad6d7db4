/** Transactions that are made of several calls. */
@NullMarked
package io.deltatrace.transaction;

import org.jspecify.annotations.NullMarked;
