/** Auto-configuration of repositories. */
@NullMarked
package io.deltatrace.autoconfigure.data;

import org.jspecify.annotations.NullMarked;
