package io.deltatrace.sample;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.document.Document;
import io.deltatrace.query.Query;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Fills the database at the first start. */
@Component
class CountryLoader implements ApplicationRunner {

    private static final ClassPathResource SOURCE = new ClassPathResource("countries/countries.json");

    private final DeltaTraceDatabase database;
    private final JsonMapper jsonMapper;

    CountryLoader(DeltaTraceDatabase database, JsonMapper jsonMapper) {
        this.database = database;
        this.jsonMapper = jsonMapper;
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        if (database.snapshot().size(Countries.COLLECTION) > 0) {
            return;
        }
        try (InputStream json = SOURCE.getInputStream()) {
            List<Document> countries = jsonMapper.readValue(json, new TypeReference<>() {});
            Cause cause = Cause.of(Actor.system("country-loader"), "initial load", "world-countries 5.1.0, first start")
                    .withFrom(SOURCE.getPath());
            database.execute(Query.add(Countries.COLLECTION, countries).because(cause))
                    .orThrow();
        }
    }
}
