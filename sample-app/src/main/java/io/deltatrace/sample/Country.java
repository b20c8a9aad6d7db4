package io.deltatrace.sample;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.deltatrace.spring.data.Collection;
import io.deltatrace.spring.data.Indexed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * What the service knows of a country. The database keeps everything that the source says, also what is not here, such as
 * translations; saving a country changes only what is here.
 *
 * @param cca3 the three-letter code of ISO 3166-1
 * @param name its names
 * @param capital its capitals; most countries have one
 * @param region the part of the world
 * @param subregion the part of the region
 * @param currencies its currencies, by their codes of ISO 4217
 * @param languages its official languages in English, by their codes of ISO 639-3
 * @param borders the codes of the countries that it borders on
 */
@Collection(Country.COLLECTION)
@JsonIgnoreProperties(ignoreUnknown = true)
record Country(
        @Id String cca3,
        Names name,
        List<String> capital,
        @Indexed String region,
        String subregion,
        Map<String, Currency> currencies,
        Map<String, String> languages,
        List<String> borders) {

    static final String COLLECTION = "countries";

    /** This country with what a correction says; the rest stays. */
    Country with(Correction correction) {
        return new Country(
                cca3,
                new Names(
                        first(correction.name(), name.common()),
                        first(correction.officialName(), name.official()),
                        name.own()),
                first(correction.capital(), capital),
                first(correction.region(), region),
                first(correction.subregion(), subregion),
                currencies,
                languages,
                borders);
    }

    private static <T> T first(@Nullable T corrected, T present) {
        return corrected == null ? present : corrected;
    }

    /**
     * The names of a country.
     *
     * @param common for everyday use, in English
     * @param official for treaties, in English
     * @param own both in its own languages
     */
    record Names(
            String common,
            String official,
            @JsonProperty("native") Map<String, Name> own) {}

    /**
     * The names of a country in one language.
     *
     * @param common for everyday use
     * @param official for treaties
     */
    record Name(String common, String official) {}

    /**
     * A currency.
     *
     * @param name in English
     * @param symbol such as €
     */
    record Currency(String name, String symbol) {}
}
