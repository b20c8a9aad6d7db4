/** Keeps the history on files: journal segments, snapshots, recovery. */
@NullMarked
package io.deltatrace.internal.storage;

import org.jspecify.annotations.NullMarked;
