package io.deltatrace.sample;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.query.Query;
import io.deltatrace.query.Sort;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What can be asked of the countries, and changed about them. */
@Service
class Countries {

    static final String COLLECTION = "countries";

    private final DeltaTraceDatabase database;

    Countries(DeltaTraceDatabase database) {
        this.database = database;
    }

    List<Country> inRegion(String region) {
        return database.execute(Query.search(COLLECTION)
                        .where(field("region").equalTo(region))
                        .sort(Sort.by("name.common")))
                .orThrow()
                .as(Country.class);
    }

    List<Country> all() {
        return database.execute(Query.getAll(COLLECTION).sort(Sort.by("name.common")))
                .orThrow()
                .as(Country.class);
    }

    /** The country with its new capital; empty if there is no country with that code. */
    Optional<Country> changeCapital(String code, String capital, String editor, String reason) {
        return database.execute(Query.updateOne(COLLECTION, Map.of("capital", List.of(capital)))
                        .where(field("cca3").equalTo(code.toUpperCase(Locale.ROOT)))
                        .returnData()
                        .mayAffectNone()
                        .because(Cause.of(Actor.human(editor), "capital changed", reason)
                                .withFrom("PUT /countries/{code}/capital")))
                .orThrow()
                .first(Country.class);
    }
}
