package io.deltatrace.sample;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Fills the database at the first start, before the first request is let in. */
@Component
class CountryLoader implements SmartInitializingSingleton {

    private static final ClassPathResource SOURCE = new ClassPathResource("countries/countries.json");

    private final DeltaTraceDatabase database;
    private final Neighbours neighbours;
    private final JsonMapper jsonMapper;

    CountryLoader(DeltaTraceDatabase database, Neighbours neighbours, JsonMapper jsonMapper) {
        this.database = database;
        this.neighbours = neighbours;
        this.jsonMapper = jsonMapper;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (database.snapshot().size(Country.COLLECTION) == 0) {
            load();
        }
        neighbours.refresh();
    }

    private void load() {
        List<Document> countries = read();
        Cause cause = Cause.of(
                        Actor.system("country-loader"), "first load", "the service starts with world-countries 5.1.0")
                .withFrom(SOURCE.getPath());
        database.execute(TransactionQuery.of(
                                Query.add(Country.COLLECTION, countries),
                                Query.add(
                                        Neighbours.BORDERS,
                                        Neighbours.bordersOf(countries.stream()
                                                .map(country -> country.as(Country.class))
                                                .toList())))
                        .because(cause))
                .orThrow();
    }

    private List<Document> read() {
        try (InputStream json = SOURCE.getInputStream()) {
            return jsonMapper.readValue(json, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
