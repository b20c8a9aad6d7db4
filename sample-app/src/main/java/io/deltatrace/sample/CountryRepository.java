package io.deltatrace.sample;

import io.deltatrace.spring.data.DeltaTraceRepository;

/** The countries as they are now, to be changed. Who only reads takes a {@link io.deltatrace.Snapshot}. */
interface CountryRepository extends DeltaTraceRepository<Country, String> {}
