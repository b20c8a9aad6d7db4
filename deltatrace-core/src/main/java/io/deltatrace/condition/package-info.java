/** Conditions on documents: what they say, how they are built, and how one is compiled into a test of many documents. */
@NullMarked
package io.deltatrace.condition;

import org.jspecify.annotations.NullMarked;
