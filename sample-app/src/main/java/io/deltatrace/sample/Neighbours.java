package io.deltatrace.sample;

import static io.deltatrace.condition.Field.field;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.Snapshot;
import io.deltatrace.access.QueryType;
import io.deltatrace.document.Document;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.Merge;
import io.deltatrace.query.Query;
import io.deltatrace.query.Sort;
import io.deltatrace.spring.cause.Because;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Who borders on whom, with names and capitals, ready to be read: a merge of the borders with the countries, which a job repeats
 * when countries have changed. So it follows them a few seconds later.
 */
@Component
class Neighbours {

    static final String BORDERS = "borders";
    static final String COLLECTION = "neighbours";

    /** What is merged becomes a collection of its own, whose rows then replace those that readers see, in one commit. */
    private static final String DRAFT = "neighbours-draft";

    private static final Merge BORDERS_WITH_COUNTRIES = Merge.of(
                    BORDERS,
                    "neighbour",
                    DRAFT,
                    Map.of("of", "base.country", "code", "0.cca3", "name", "0.name.common", "capital", "0.capital"))
            .with(Country.COLLECTION, "cca3");

    private final DeltaTraceDatabase database;

    Neighbours(DeltaTraceDatabase database) {
        this.database = database;
    }

    /** What is to be merged: one document for each border of each country. */
    static List<Border> bordersOf(List<Country> countries) {
        return countries.stream()
                .flatMap(country -> country.borders().stream().map(neighbour -> new Border(country.cca3(), neighbour)))
                .toList();
    }

    /** The neighbours of a country, sorted by name. */
    List<Neighbour> of(String code, Snapshot state) {
        return state.execute(Query.search(COLLECTION)
                        .where(field("of").equalTo(code))
                        .sort(Sort.by("name")))
                .orThrow()
                .as(Neighbour.class);
    }

    /** Merges anew, unless readers see what is still true. */
    @Scheduled(fixedDelayString = "${sample.neighbours-refresh}")
    @Because("the countries have changed")
    void refresh() {
        if (isUpToDate()) {
            return;
        }
        database.execute(Query.removeCollection(DRAFT).mayAffectNone()).orThrow();
        database.execute(Query.merge(BORDERS_WITH_COUNTRIES)).orThrow();
        List<Document> rows = database.execute(Query.getAll(DRAFT)).orThrow().documents();
        database.execute(Query.clearAdd(COLLECTION, rows).mayAffectNone()).orThrow();
        database.execute(Query.removeCollection(DRAFT)).orThrow();
    }

    /** The history knows: the last that had to do with countries was a merge, and what readers see came after it. */
    private boolean isUpToDate() {
        return lastOf(Country.COLLECTION)
                .filter(entry -> entry.request().queryTypes().contains(QueryType.MERGE))
                .flatMap(merge -> lastOf(COLLECTION).filter(shown -> shown.revision() > merge.revision()))
                .isPresent();
    }

    private Optional<HistoryEntry> lastOf(String collection) {
        HistoryFilter last =
                HistoryFilter.collection(collection).outcome(Outcome.APPLIED).limit(1);
        return database.history().entries(last).stream().findFirst();
    }

    /**
     * That a country borders on another one.
     *
     * @param country the code of the one
     * @param neighbour the code of the other
     */
    record Border(String country, String neighbour) {}

    /**
     * What a country's neighbour is called.
     *
     * @param code its code
     * @param name its common name
     * @param capital its capitals
     */
    record Neighbour(String code, String name, List<String> capital) {}
}
