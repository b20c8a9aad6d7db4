package io.deltatrace.sample;

import io.deltatrace.spring.data.DeltaTraceRepository;
import java.util.Locale;

/** The countries as they are now, to be changed. Who only reads takes a {@link io.deltatrace.Snapshot}. */
interface CountryRepository extends DeltaTraceRepository<Country, String> {

    /** The country with a code in any case; it is a problem if there is none. */
    default Country byCode(String code) {
        return findById(code.toUpperCase(Locale.ROOT)).orElseThrow(() -> Problems.noSuchCountry(code));
    }
}
