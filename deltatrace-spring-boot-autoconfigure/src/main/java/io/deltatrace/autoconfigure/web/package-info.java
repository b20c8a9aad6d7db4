/** Auto-configuration of the database over HTTP. */
@NullMarked
package io.deltatrace.autoconfigure.web;

import org.jspecify.annotations.NullMarked;
