package io.deltatrace.spring.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Sort;

/** Derived queries find what a plain stream over the same list finds, in the same order. */
class DerivedQueryTests {

    private static final PersonRepository REPOSITORY =
            People.repository(PersonRepository.class, new DeltaTraceTemplate(DeltaTraceDatabase.inMemory(), null));

    private final PersonRepository repository = REPOSITORY;
    private List<Person> people;
    private int checked;

    @Provide
    Arbitrary<List<Person>> people() {
        return People.lists();
    }

    @Provide
    Arbitrary<String> names() {
        return People.names();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("", "T", "ta", "TARO", "%", "T_ro", "Ta\\%o", "%o", "a.b*", "\n", "\\\\d", "ō", "null");
    }

    @Provide
    Arbitrary<Instant> instants() {
        return People.instants();
    }

    @Provide
    Arbitrary<LocalDate> dates() {
        return People.dates();
    }

    @Provide
    Arbitrary<Person.Address> addresses() {
        return People.addresses();
    }

    private void given(List<Person> list) {
        repository.deleteAll();
        people = repository.saveAll(list);
        checked = 0;
        assertThat(people).hasSameSizeAs(list);
        assertThat(repository.findAll()).isEqualTo(people);
    }

    private void check(Supplier<List<Person>> query, Predicate<Person> expected) {
        checked++;
        assertThat(query.get())
                .as("query number %d of the test", checked)
                .isEqualTo(people.stream().filter(expected).toList());
    }

    private static boolean matches(String pattern, String text) {
        return text != null
                && Pattern.compile(pattern, Pattern.DOTALL).matcher(text).matches();
    }

    /** The pattern of SQL's LIKE as one of Java. */
    private static String like(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                i++;
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    private static String lower(String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private static <T extends Comparable<T>> boolean less(T one, T other) {
        return one != null && other != null && one.compareTo(other) < 0;
    }

    @Property(tries = 40)
    void texts_areFoundAsByAStream(
            @ForAll("people") List<Person> list,
            @ForAll("names") String name,
            @ForAll("names") String other,
            @ForAll("texts") String text) {
        given(list);
        check(() -> repository.findByName(name), p -> Objects.equals(p.name(), name));
        check(() -> repository.findByNameIs(name), p -> Objects.equals(p.name(), name));
        check(() -> repository.findByNameEquals(name), p -> Objects.equals(p.name(), name));
        check(() -> repository.findByNameNot(name), p -> !Objects.equals(p.name(), name));
        check(() -> repository.findByNameIsNot(name), p -> !Objects.equals(p.name(), name));
        check(() -> repository.findByNameIgnoreCase(name), p -> Objects.equals(lower(p.name()), lower(name)));
        check(() -> repository.findByNameNotIgnoreCase(name), p -> !Objects.equals(lower(p.name()), lower(name)));
        check(() -> repository.findByNameIsNull(), p -> p.name() == null);
        check(() -> repository.findByNameIsNotNull(), p -> p.name() != null);
        check(() -> repository.findByNameExists(), p -> p.name() != null);
        check(
                () -> repository.findByNameStartingWith(text),
                p -> p.name() != null && p.name().startsWith(text));
        check(
                () -> repository.findByNameStartingWithIgnoreCase(text),
                p -> p.name() != null && lower(p.name()).startsWith(lower(text)));
        check(
                () -> repository.findByNameEndingWith(text),
                p -> p.name() != null && p.name().endsWith(text));
        check(
                () -> repository.findByNameEndsWithIgnoreCase(text),
                p -> p.name() != null && lower(p.name()).endsWith(lower(text)));
        check(
                () -> repository.findByNameContaining(text),
                p -> p.name() != null && p.name().contains(text));
        check(
                () -> repository.findByNameContainsIgnoreCase(text),
                p -> p.name() != null && lower(p.name()).contains(lower(text)));
        check(
                () -> repository.findByNameNotContaining(text),
                p -> p.name() == null || !p.name().contains(text));
        check(() -> repository.findByNameLike(text), p -> matches(like(text), p.name()));
        check(() -> repository.findByNameNotLike(text), p -> !matches(like(text), p.name()));
        check(() -> repository.findByNameLikeIgnoreCase(text), p -> matches(like(lower(text)), lower(p.name())));
        check(() -> repository.findByNameRegex("^[tT].ro"), p -> matches("[tT].ro.*", p.name()));
        check(
                () -> repository.findByNameIn(Arrays.asList(name, other)),
                p -> Objects.equals(p.name(), name) || Objects.equals(p.name(), other));
        check(
                () -> repository.findByNameNotIn(name, other),
                p -> !Objects.equals(p.name(), name) && !Objects.equals(p.name(), other));
        check(() -> repository.findByNameIsEmpty(), p -> "".equals(p.name()));
        check(
                () -> repository.findByNameIsNotEmpty(),
                p -> p.name() != null && !p.name().isEmpty());
        check(() -> repository.findByNameGreaterThan(name), p -> less(name, p.name()));
        check(
                () -> repository.findByNameBetween(name, other),
                p -> p.name() != null
                        && name != null
                        && other != null
                        && p.name().compareTo(name) >= 0
                        && p.name().compareTo(other) <= 0);
        check(() -> repository.findByEmail("a@x.org"), p -> "a@x.org".equals(p.email()));
        check(
                () -> repository.findByEmailEndingWith("x.org"),
                p -> p.email() != null && p.email().endsWith("x.org"));
        check(
                () -> repository.findByNameAndEmailAllIgnoreCase(name, "B@x.ORG"),
                p -> Objects.equals(lower(p.name()), lower(name)) && "b@x.org".equals(lower(p.email())));
    }

    @Property(tries = 40)
    void values_areFoundAsByAStream(
            @ForAll("people") List<Person> list,
            @ForAll("instants") Instant instant,
            @ForAll("instants") Instant later,
            @ForAll("dates") LocalDate date) {
        given(list);
        BigDecimal balance = new BigDecimal("0.10");
        check(() -> repository.findByAge(3), p -> p.age() == 3);
        check(() -> repository.findByAgeNot(3), p -> p.age() != 3);
        check(() -> repository.findByAgeLessThan(3), p -> p.age() < 3);
        check(() -> repository.findByAgeLessThanEqual(3), p -> p.age() <= 3);
        check(() -> repository.findByAgeGreaterThan(3), p -> p.age() > 3);
        check(() -> repository.findByAgeGreaterThanEqual(3), p -> p.age() >= 3);
        check(() -> repository.findByAgeBetween(2, 4), p -> p.age() >= 2 && p.age() <= 4);
        check(() -> repository.findByAgeIn(List.of(0, 5)), p -> p.age() == 0 || p.age() == 5);
        check(() -> repository.findByScore(-1), p -> Objects.equals(p.score(), -1));
        check(() -> repository.findByScore(null), p -> p.score() == null);
        check(() -> repository.findByScoreIsNull(), p -> p.score() == null);
        check(() -> repository.findByScoreLessThan(1), p -> less(p.score(), 1));
        check(
                () -> repository.findByScoreNotIn(Arrays.asList(1, null)),
                p -> p.score() != null && !Objects.equals(p.score(), 1));
        check(
                () -> repository.findByBalanceGreaterThanEqual(balance),
                p -> p.balance() != null && p.balance().compareTo(balance) >= 0);
        check(
                () -> repository.findByBalance(balance),
                p -> p.balance() != null && p.balance().compareTo(balance) == 0);
        check(() -> repository.findByActiveTrue(), Person::active);
        check(() -> repository.findByActiveIsFalse(), p -> !p.active());
        check(() -> repository.findByActive(true), Person::active);
        check(() -> repository.findByStatus(Person.Status.GOOD), p -> p.status() == Person.Status.GOOD);
        check(() -> repository.findByStatusNot(Person.Status.GOOD), p -> p.status() != Person.Status.GOOD);
        check(
                () -> repository.findByStatusIn(List.of(Person.Status.GONE, Person.Status.NEW)),
                p -> p.status() == Person.Status.GONE || p.status() == Person.Status.NEW);
        check(() -> repository.findByJoined(instant), p -> instant.equals(p.joined()));
        check(() -> repository.findByJoinedNot(instant), p -> !instant.equals(p.joined()));
        check(() -> repository.findByJoinedBefore(instant), p -> less(p.joined(), instant));
        check(() -> repository.findByJoinedAfter(instant), p -> less(instant, p.joined()));
        check(
                () -> repository.findByJoinedBetween(instant, later),
                p -> p.joined() != null
                        && !p.joined().isBefore(instant)
                        && !p.joined().isAfter(later));
        check(
                () -> repository.findByJoinedIn(List.of(instant, later)),
                p -> instant.equals(p.joined()) || later.equals(p.joined()));
        check(
                () -> repository.findByJoinedNotIn(List.of(instant, later)),
                p -> !instant.equals(p.joined()) && !later.equals(p.joined()));
        check(() -> repository.findByBirthday(date), p -> date.equals(p.birthday()));
        check(
                () -> repository.findByBirthdayBefore(date),
                p -> p.birthday() != null && p.birthday().isBefore(date));
        check(
                () -> repository.findByBirthdayGreaterThanEqual(date),
                p -> p.birthday() != null && !p.birthday().isBefore(date));
    }

    @Property(tries = 40)
    void whatIsNested_isFoundAsByAStream(
            @ForAll("people") List<Person> list, @ForAll("addresses") Person.Address address) {
        given(list);
        List<String> tags = List.of("red", "blue");
        check(() -> repository.findByTags(tags), p -> tags.equals(p.tags()));
        check(
                () -> repository.findByTagsContaining("red"),
                p -> p.tags() != null && p.tags().contains("red"));
        check(
                () -> repository.findByTagsNotContaining("red"),
                p -> p.tags() == null || !p.tags().contains("red"));
        check(
                () -> repository.findByTagsIsEmpty(),
                p -> p.tags() != null && p.tags().isEmpty());
        check(
                () -> repository.findByTagsIsNotEmpty(),
                p -> p.tags() != null && !p.tags().isEmpty());
        check(() -> repository.findByAddressCity("Nara"), p -> "Nara".equals(p.city()));
        check(() -> repository.findByAddressCityIsNull(), p -> p.city() == null);
        check(
                () -> repository.findByAddress_CityStartingWith("Nar"),
                p -> p.city() != null && p.city().startsWith("Nar"));
        check(
                () -> repository.findByAddressCityIn(List.of("Nara", "Kyoto")),
                p -> "Nara".equals(p.city()) || "Kyoto".equals(p.city()));
        check(() -> repository.findByAddressGeoLatLessThan(2), p -> less(p.lat(), 2.0));
        check(
                () -> repository.findByAddressGeoLatBetween(-3.25, 1.5),
                p -> p.lat() != null && p.lat() >= -3.25 && p.lat() <= 1.5);
        check(() -> repository.findByAddress(address), p -> address.equals(p.address()));
    }

    @Property(tries = 40)
    void combinationsAndOrders_areThoseOfAStream(@ForAll("people") List<Person> list, @ForAll("names") String name) {
        given(list);
        check(() -> repository.findByNameAndAge(name, 2), p -> Objects.equals(p.name(), name) && p.age() == 2);
        check(() -> repository.findByNameOrAge(name, 2), p -> Objects.equals(p.name(), name) || p.age() == 2);
        check(
                () -> repository.findByNameOrAgeLessThanAndActiveTrue(name, 2),
                p -> Objects.equals(p.name(), name) || (p.age() < 2 && p.active()));
        check(() -> repository.findAllBy(), p -> true);

        Comparator<Person> byAgeDown = Comparator.comparing(Person::age).reversed();
        Comparator<Person> byName =
                Comparator.comparing(Person::name, Comparator.nullsLast(Comparator.<String>naturalOrder()));
        Comparator<Person> byCity =
                Comparator.comparing(Person::city, Comparator.nullsLast(Comparator.<String>naturalOrder()));
        assertThat(repository.findByActiveTrueOrderByAgeDescNameAsc())
                .isEqualTo(sorted(Person::active, byAgeDown.thenComparing(byName)));
        assertThat(repository.findByAgeGreaterThan(
                        1, Sort.by("address.city").and(Sort.by("name").descending())))
                .isEqualTo(sorted(p -> p.age() > 1, byCity.thenComparing(byName.reversed())));
        assertThat(repository.findTop3ByOrderByAgeDesc()).isEqualTo(first(3, sorted(p -> true, byAgeDown)));
        assertThat(repository.findFirst2ByActive(false, Sort.by("joined")))
                .isEqualTo(first(
                        2,
                        sorted(
                                p -> !p.active(),
                                Comparator.comparing(
                                        Person::joined, Comparator.nullsLast(Comparator.<Instant>naturalOrder())))));
        assertThat(repository.findByActive(true, Limit.of(2))).isEqualTo(first(2, all(Person::active)));
        assertThat(repository.findByActive(true, Sort.by("age").descending(), Limit.of(2)))
                .isEqualTo(first(2, sorted(Person::active, byAgeDown)));
        assertThat(repository.findFirstByOrderByAge())
                .isEqualTo(sorted(p -> true, Comparator.comparing(Person::age)).stream()
                        .findFirst());
        assertThat(repository.findAll(Sort.by(Sort.Order.by("name").ignoreCase())))
                .isEqualTo(sorted(
                        p -> true,
                        Comparator.comparing(
                                p -> lower(p.name()), Comparator.nullsLast(Comparator.<String>naturalOrder()))));
    }

    private List<Person> all(Predicate<Person> wanted) {
        return people.stream().filter(wanted).toList();
    }

    private List<Person> sorted(Predicate<Person> wanted, Comparator<Person> order) {
        return people.stream().filter(wanted).sorted(order).toList();
    }

    private static List<Person> first(int count, List<Person> list) {
        return list.subList(0, Math.min(count, list.size()));
    }

    @Property(tries = 40)
    void countsAndDeletions_areThoseOfAStream(@ForAll("people") List<Person> list, @ForAll("names") String name) {
        given(list);
        assertThat(repository.countByActive(true)).isEqualTo(all(Person::active).size());
        assertThat(repository.countByAgeLessThan(2))
                .isEqualTo(all(p -> p.age() < 2).size());
        assertThat(repository.existsByName(name))
                .isEqualTo(people.stream().anyMatch(p -> Objects.equals(p.name(), name)));
        assertThat(repository.existsByAddressCity("Nara"))
                .isEqualTo(people.stream().anyMatch(p -> "Nara".equals(p.city())));

        assertThat(repository.deleteByAgeLessThan(2))
                .isEqualTo(all(p -> p.age() < 2).size());
        people = all(p -> p.age() >= 2);
        assertThat(repository.findAll()).isEqualTo(people);
        assertThat(repository.removeByActive(true)).isEqualTo(all(Person::active));
        people = all(p -> !p.active());
        repository.deleteByName(name);
        people = all(p -> !Objects.equals(p.name(), name));
        assertThat(repository.findAll()).isEqualTo(people);
        assertThat(repository.count()).isEqualTo(people.size());
    }

    @Property(tries = 20)
    void savingAgain_changesOnlyThat(@ForAll("people") List<Person> list) {
        given(list);
        List<Person> changed = new ArrayList<>();
        for (Person person : people) {
            changed.add(
                    person.age() < 3
                            ? repository.save(new Person(
                                    person.id(), "new", null, 9, null, null, false, null, null, null, null, null))
                            : person);
        }
        assertThat(repository.findAll()).isEqualTo(changed);
        assertThat(repository.findAllById(
                        changed.stream().map(Person::id).limit(3).toList()))
                .isEqualTo(first(3, changed));
    }
}
