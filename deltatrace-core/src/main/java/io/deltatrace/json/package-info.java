/** The wire format: requests, results and databases as the JSON that the Dart and Python packages read and write. */
@NullMarked
package io.deltatrace.json;

import org.jspecify.annotations.NullMarked;
