package io.deltatrace.spring.data;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;

/** Random people, from few values each, so that many of them have something in common; and repositories of them. */
final class People {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private People() {}

    static Arbitrary<String> names() {
        return Arbitraries.of(
                        "", "Taro", "taro", "TARO", "Ta%o", "T_ro", "a.b*c", "Tarō", "null", "x\ny", "\\d", "Hana")
                .injectNull(0.1);
    }

    static Arbitrary<Instant> instants() {
        return Arbitraries.of(
                NOON, NOON.plusMillis(1), NOON.plusSeconds(1), NOON.plusNanos(1), NOON.minusSeconds(86_400));
    }

    static Arbitrary<LocalDate> dates() {
        return Arbitraries.of(LocalDate.of(1990, 1, 1), LocalDate.of(1990, 12, 31), LocalDate.of(2001, 2, 3));
    }

    static Arbitrary<Person.Address> addresses() {
        return Combinators.combine(
                        Arbitraries.of("Main Street", "Hill"),
                        Arbitraries.of("Nara", "Kyoto", "Narita").injectNull(0.2),
                        Combinators.combine(Arbitraries.of(1.5, 2.0, -3.25), Arbitraries.of(0.0, 7.5))
                                .as(Person.Geo::new)
                                .injectNull(0.2))
                .as(Person.Address::new);
    }

    static Arbitrary<List<Person>> lists() {
        Arbitrary<Person> first = Combinators.combine(
                        names(),
                        Arbitraries.of("a@x.org", "b@X.org", "c@y.org").injectNull(0.1),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(-2, 2).injectNull(0.2),
                        Arbitraries.of(new BigDecimal("1.5"), new BigDecimal("-20"), new BigDecimal("0.1"))
                                .injectNull(0.2),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Person.Status.class).injectNull(0.2))
                .as((name, email, age, score, balance, active, status) ->
                        new Person(null, name, email, age, score, balance, active, status, null, null, null, null));
        return Combinators.combine(
                        first,
                        instants().injectNull(0.1),
                        dates().injectNull(0.1),
                        Arbitraries.of("red", "blue", "green")
                                .list()
                                .ofMaxSize(3)
                                .injectNull(0.1),
                        addresses().injectNull(0.2))
                .as((person, joined, birthday, tags, address) -> new Person(
                        null,
                        person.name(),
                        person.email(),
                        person.age(),
                        person.score(),
                        person.balance(),
                        person.active(),
                        person.status(),
                        joined,
                        birthday,
                        tags,
                        address))
                .list()
                .ofMaxSize(25);
    }

    static <R> R repository(Class<R> type, DeltaTraceTemplate template) {
        RepositoryFactorySupport factory = new DeltaTraceRepositoryFactory(template);
        return factory.getRepository(type);
    }
}
