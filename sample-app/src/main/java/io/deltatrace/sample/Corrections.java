package io.deltatrace.sample;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.query.Query;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes countries. Each method is one entry of the history; who, from where and why is known of the HTTP request, and nothing
 * here has to say it.
 */
@Service
class Corrections {

    private final CountryRepository countries;
    private final DeltaTraceDatabase database;

    Corrections(CountryRepository countries, DeltaTraceDatabase database) {
        this.countries = countries;
        this.database = database;
    }

    @Transactional
    void apply(String code, Correction correction) {
        countries.save(countries.byCode(code).with(correction));
    }

    /** All corrections, by the codes of the countries, or none. */
    @Transactional
    void applyAll(Map<String, Correction> corrections) {
        corrections.forEach(
                (code, correction) -> countries.save(countries.byCode(code).with(correction)));
    }

    /** As {@link #apply}, by an artificial agent that may be wrong; this query has a cause of its own, to say how sure it is. */
    @Transactional
    void applyGuess(String code, Correction correction, String agent, double confidence) {
        Country corrected = countries.byCode(code).with(correction);
        database.execute(Query.updateOne(Country.COLLECTION, corrected)
                        .where(field("cca3").equalTo(corrected.cca3()))
                        .because(Cause.of(Actor.ai(agent), null, null).withConfidence(confidence)))
                .orThrow();
    }
}
