/** Immutable JSON documents, the paths into them, and the conversion from and to Java objects. */
@NullMarked
package io.deltatrace.document;

import org.jspecify.annotations.NullMarked;
