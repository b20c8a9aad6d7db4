/** What a database answers to a request. */
@NullMarked
package io.deltatrace.result;

import org.jspecify.annotations.NullMarked;
