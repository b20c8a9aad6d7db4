/** Repositories in the way of Spring Data, and a template for what they do not fit. */
@NullMarked
package io.deltatrace.spring.data;

import org.jspecify.annotations.NullMarked;
