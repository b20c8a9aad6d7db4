/** How a database is kept on files, and what can go wrong with them. */
@NullMarked
package io.deltatrace.storage;

import org.jspecify.annotations.NullMarked;
