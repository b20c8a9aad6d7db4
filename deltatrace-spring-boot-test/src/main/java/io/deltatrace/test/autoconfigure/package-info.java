/** A test slice for repositories. */
@NullMarked
package io.deltatrace.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
