package io.deltatrace.spring.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.domain.ExampleMatcher.StringMatcher;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;

/** Query by example. */
class ExampleTests {

    record Address(@Nullable String city, @Nullable String street) {}

    record Guest(
            @Id @Nullable Long id,
            @Nullable String name,
            @Nullable Integer age,
            @Nullable Address address,
            @Nullable List<String> tags) {}

    interface Guests extends DeltaTraceRepository<Guest, Long> {}

    interface Named {
        String getName();
    }

    record NameOnly(String name) {}

    private final Guests guests =
            People.repository(Guests.class, new DeltaTraceTemplate(DeltaTraceDatabase.inMemory(), null));

    @BeforeEach
    void fill() {
        guests.saveAll(List.of(
                new Guest(null, "Taro", 30, new Address("Nara", "A"), List.of("x")),
                new Guest(null, "taro", 31, new Address("Nara", "B"), List.of()),
                new Guest(null, "Hanataro", null, new Address("Kyoto", null), null),
                new Guest(null, null, 30, null, null)));
    }

    private static Guest probe(@Nullable String name, @Nullable Integer age, @Nullable Address address) {
        return new Guest(null, name, age, address, null);
    }

    private List<Long> ids(Guest probe, ExampleMatcher matcher) {
        return guests.findAll(Example.of(probe, matcher)).stream()
                .map(Guest::id)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "DEFAULT, Taro, false, 0",
        "EXACT, taro, false, 1",
        "EXACT, TARO, true, 0 1",
        "STARTING, Ta, false, 0",
        "STARTING, tA, true, 0 1",
        "ENDING, aro, false, 0 1 2",
        "ENDING, ARO, true, 0 1 2",
        "CONTAINING, tar, false, 1 2",
        "CONTAINING, TAR, true, 0 1 2",
        "REGEX, ^[tT]aro$, false, 0 1",
        "REGEX, ^TARO$, true, 0 1",
        "CONTAINING, t.r, true, ''"
    })
    void texts_matchInEveryWay(StringMatcher how, String text, boolean ignoringCase, String expected) {
        ExampleMatcher matcher =
                ExampleMatcher.matching().withStringMatcher(how).withIgnoreCase(ignoringCase);
        assertThat(ids(probe(text, null, null), matcher))
                .isEqualTo(java.util.Arrays.stream(expected.split(" "))
                        .filter(id -> !id.isEmpty())
                        .map(Long::valueOf)
                        .toList());
    }

    @Test
    void matchers_combineNestIgnoreAndTransform() {
        ExampleMatcher all = ExampleMatcher.matching();
        assertThat(ids(probe(null, 30, null), all)).containsExactly(0L, 3L);
        assertThat(ids(probe("Taro", 31, null), all)).isEmpty();
        assertThat(ids(probe("Taro", 31, null), ExampleMatcher.matchingAny())).containsExactly(0L, 1L);
        assertThat(ids(probe(null, null, new Address("Nara", null)), all)).containsExactly(0L, 1L);
        assertThat(ids(probe(null, null, new Address("Nara", "B")), all)).containsExactly(1L);
        assertThat(ids(probe("Taro", 99, null), all.withIgnorePaths("age"))).containsExactly(0L);
        assertThat(ids(probe(null, null, new Address("Nara", "Z")), all.withIgnorePaths("address.street")))
                .containsExactly(0L, 1L);
        assertThat(ids(probe(null, 30, null), all.withIgnorePaths("tags").withIncludeNullValues()))
                .containsExactly(3L);
        assertThat(ids(
                        probe("x", 29, null),
                        all.withIgnorePaths("name")
                                .withTransformer("age", age -> age.map(value -> (Integer) value + 1))))
                .containsExactly(0L, 3L);
        assertThat(ids(probe("NARA", null, null), all.withTransformer("name", name -> Optional.empty())))
                .hasSize(4);
        assertThat(ids(
                        probe("tar", null, null),
                        all.withMatcher("name", match -> match.contains().ignoreCase())))
                .containsExactly(0L, 1L, 2L);
        assertThat(ids(probe(null, null, null), ExampleMatcher.matchingAny())).hasSize(4);
        assertThat(guests.findOne(Example.of(new Guest(2L, null, null, null, null))))
                .map(Guest::name)
                .contains("Hanataro");
    }

    @Test
    void fluentQuery_hasEveryEnd() {
        Example<Guest> named = Example.of(
                probe("TARO", null, null),
                ExampleMatcher.matching()
                        .withStringMatcher(StringMatcher.CONTAINING)
                        .withIgnoreCase());
        assertThat(guests.count(named)).isEqualTo(3);
        assertThat(guests.exists(named)).isTrue();
        assertThat(guests.findAll(named, Sort.by("age").descending()))
                .first()
                .extracting(Guest::id)
                .isEqualTo(2L);
        assertThat(guests.findAll(named, PageRequest.of(1, 2)).getTotalElements())
                .isEqualTo(3);
        assertThat(guests.<Guest, List<Named>>findBy(
                        named,
                        query -> query.sortBy(Sort.by("name")).as(Named.class).all()))
                .extracting(Named::getName)
                .containsExactly("Hanataro", "Taro", "taro");
        assertThat(guests.<Guest, Optional<NameOnly>>findBy(
                        named,
                        query -> query.as(NameOnly.class)
                                .sortBy(Sort.by("name").descending())
                                .first()))
                .contains(new NameOnly("taro"));
        assertThat(guests.<Guest, Boolean>findBy(
                        named, query -> query.limit(1).one().isPresent()))
                .isTrue();
        assertThat(guests.<Guest, Long>findBy(named, query -> query.limit(2).count()))
                .isEqualTo(2);
        assertThat(guests.<Guest, Boolean>findBy(
                        named, query -> query.project("name").exists()))
                .isTrue();
        assertThat(guests.<Guest, Boolean>findBy(
                        named, query -> query.slice(PageRequest.of(0, 2)).hasNext()))
                .isTrue();
        assertThat(guests.<Guest, Integer>findBy(
                        named, query -> query.page(PageRequest.of(0, 2)).getTotalPages()))
                .isEqualTo(2);
        assertThat(guests.<Guest, Boolean>findBy(
                        named,
                        query -> query.limit(1).scroll(ScrollPosition.keyset()).hasNext()))
                .isTrue();
        assertThat(guests.<Guest, Long>findBy(named, query -> query.stream().count()))
                .isEqualTo(3);
    }
}
