/**
 * A country reference-data service: data that is read often, changed seldom, and asked about later. Begin with {@link
 * io.deltatrace.sample.Country}, then read {@link io.deltatrace.sample.CountryController} (readers) and {@link
 * io.deltatrace.sample.CorrectionController} (stewards).
 */
@NullMarked
package io.deltatrace.sample;

import org.jspecify.annotations.NullMarked;
