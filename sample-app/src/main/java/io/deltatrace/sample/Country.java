package io.deltatrace.sample;

import java.util.List;

/**
 * What readers get of a country; the database keeps everything the source says.
 *
 * @param cca3 the three-letter code of ISO 3166-1
 * @param name its names
 * @param capital its capitals; most countries have one
 * @param region the part of the world
 * @param subregion the part of the region
 */
public record Country(String cca3, Name name, List<String> capital, String region, String subregion) {

    /**
     * The names of a country in English.
     *
     * @param common for everyday use
     * @param official for treaties
     */
    public record Name(String common, String official) {}
}
