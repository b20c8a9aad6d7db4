/** A country reference-data service: data that is read often, changed seldom, and asked about later. */
@NullMarked
package io.deltatrace.sample;

import org.jspecify.annotations.NullMarked;
