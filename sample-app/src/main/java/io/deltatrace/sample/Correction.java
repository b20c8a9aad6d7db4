package io.deltatrace.sample;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of a country from now on. What is null stays as it is.
 *
 * @param name its common name
 * @param officialName its official name
 * @param capital its capitals; none is an empty list
 * @param region the part of the world
 * @param subregion the part of the region
 */
record Correction(
        @Nullable String name,
        @Nullable String officialName,
        @Nullable List<String> capital,
        @Nullable String region,
        @Nullable String subregion) {

    Correction {
        capital = capital == null ? null : List.copyOf(capital);
        if (Stream.of(name, officialName, capital, region, subregion).allMatch(Objects::isNull)) {
            throw new IllegalArgumentException(
                    "A correction says at least one of name, officialName, capital, region and subregion");
        }
        Stream<@Nullable String> texts = Stream.of(name, officialName, region, subregion);
        if (Stream.concat(texts, capital == null ? Stream.empty() : capital.stream())
                .anyMatch(text -> text != null && text.isBlank())) {
            throw new IllegalArgumentException("A name, a capital or a region is not blank");
        }
    }
}
