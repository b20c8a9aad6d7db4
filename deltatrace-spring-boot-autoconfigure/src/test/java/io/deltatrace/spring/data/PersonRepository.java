package io.deltatrace.spring.data;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;

/** Derived queries of every kind. */
interface PersonRepository extends DeltaTraceRepository<Person, Long> {

    List<Person> findByName(@Nullable String name);

    List<Person> findByNameIs(@Nullable String name);

    List<Person> findByNameEquals(@Nullable String name);

    List<Person> findByNameNot(@Nullable String name);

    List<Person> findByNameIsNot(@Nullable String name);

    List<Person> findByNameIgnoreCase(@Nullable String name);

    List<Person> findByNameNotIgnoreCase(@Nullable String name);

    List<Person> findByNameIsNull();

    List<Person> findByNameIsNotNull();

    List<Person> findByNameExists();

    List<Person> findByNameStartingWith(String part);

    List<Person> findByNameStartingWithIgnoreCase(String part);

    List<Person> findByNameEndingWith(String part);

    List<Person> findByNameEndsWithIgnoreCase(String part);

    List<Person> findByNameContaining(String part);

    List<Person> findByNameContainsIgnoreCase(String part);

    List<Person> findByNameNotContaining(String part);

    List<Person> findByNameLike(String pattern);

    List<Person> findByNameNotLike(String pattern);

    List<Person> findByNameLikeIgnoreCase(String pattern);

    List<Person> findByNameRegex(String pattern);

    List<Person> findByNameIn(Collection<String> names);

    List<Person> findByNameNotIn(String... names);

    List<Person> findByNameIsEmpty();

    List<Person> findByNameIsNotEmpty();

    List<Person> findByNameGreaterThan(@Nullable String name);

    List<Person> findByNameBetween(@Nullable String from, @Nullable String to);

    List<Person> findByEmail(String email);

    List<Person> findByEmailEndingWith(String part);

    List<Person> findByAge(int age);

    List<Person> findByAgeNot(int age);

    List<Person> findByAgeLessThan(int age);

    List<Person> findByAgeLessThanEqual(int age);

    List<Person> findByAgeGreaterThan(int age);

    List<Person> findByAgeGreaterThanEqual(int age);

    List<Person> findByAgeBetween(int from, int to);

    List<Person> findByAgeIn(List<Integer> ages);

    List<Person> findByScore(@Nullable Integer score);

    List<Person> findByScoreIsNull();

    List<Person> findByScoreLessThan(@Nullable Integer score);

    List<Person> findByScoreNotIn(List<Integer> scores);

    List<Person> findByBalanceGreaterThanEqual(BigDecimal balance);

    List<Person> findByBalance(BigDecimal balance);

    List<Person> findByActiveTrue();

    List<Person> findByActiveIsFalse();

    List<Person> findByActive(boolean active);

    List<Person> findByStatus(Person.Status status);

    List<Person> findByStatusNot(Person.Status status);

    List<Person> findByStatusIn(Collection<Person.Status> statuses);

    List<Person> findByJoined(Instant instant);

    List<Person> findByJoinedNot(Instant instant);

    List<Person> findByJoinedBefore(Instant instant);

    List<Person> findByJoinedAfter(Instant instant);

    List<Person> findByJoinedBetween(Instant from, Instant to);

    List<Person> findByJoinedIn(List<Instant> instants);

    List<Person> findByJoinedNotIn(List<Instant> instants);

    List<Person> findByBirthday(LocalDate date);

    List<Person> findByBirthdayBefore(LocalDate date);

    List<Person> findByBirthdayGreaterThanEqual(LocalDate date);

    List<Person> findByTags(List<String> tags);

    List<Person> findByTagsContaining(String tag);

    List<Person> findByTagsNotContaining(String tag);

    List<Person> findByTagsIsEmpty();

    List<Person> findByTagsIsNotEmpty();

    List<Person> findByAddressCity(String city);

    List<Person> findByAddressCityIsNull();

    List<Person> findByAddress_CityStartingWith(String part);

    List<Person> findByAddressCityIn(List<String> cities);

    List<Person> findByAddressGeoLatLessThan(double lat);

    List<Person> findByAddressGeoLatBetween(double from, double to);

    List<Person> findByAddress(Person.Address address);

    List<Person> findByNameAndAge(@Nullable String name, int age);

    List<Person> findByNameOrAge(@Nullable String name, int age);

    List<Person> findByNameOrAgeLessThanAndActiveTrue(@Nullable String name, int age);

    List<Person> findByNameAndEmailAllIgnoreCase(@Nullable String name, String email);

    List<Person> findAllBy();

    List<Person> findByActiveTrueOrderByAgeDescNameAsc();

    List<Person> findByAgeGreaterThan(int age, Sort sort);

    List<Person> findTop3ByOrderByAgeDesc();

    List<Person> findFirst2ByActive(boolean active, Sort sort);

    List<Person> findByActive(boolean active, Limit limit);

    List<Person> findByActive(boolean active, Sort sort, Limit limit);

    Optional<Person> findFirstByOrderByAge();

    Optional<Person> findOneByName(@Nullable String name);

    long countByActive(boolean active);

    int countByAgeLessThan(int age);

    boolean existsByName(@Nullable String name);

    boolean existsByAddressCity(String city);

    long deleteByAgeLessThan(int age);

    List<Person> removeByActive(boolean active);

    void deleteByName(@Nullable String name);

    Page<Person> findPageByActive(boolean active, Pageable page);

    Page<Person> findTop5ByActive(boolean active, Pageable page);

    Slice<Person> findSliceByActive(boolean active, Pageable page);

    List<Person> findListByActive(boolean active, Pageable page);

    Stream<Person> streamByActive(boolean active);

    Window<Person> findTop3ByActive(boolean active, ScrollPosition position, Sort sort);

    Window<Person> findTop3ByOrderByScoreDescAddressCityAsc(ScrollPosition position);
}
