/** The database: how it is opened, asked, watched, exported and closed. */
@NullMarked
package io.deltatrace;

import org.jspecify.annotations.NullMarked;
