package io.deltatrace.spring.data;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Named.named;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.condition.Condition;
import io.deltatrace.index.Index;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;

/** Follows a word through what goes wrong with repositories and the template: it is in no exception, with all its causes. */
class CanaryTests {

    private static final String DIGITS = "73197319";
    private static final String CANARY = "canary" + DIGITS;

    record Bird(@Id @Nullable Long id, @Nullable Object name, int size) {

        Bird {
            if (id != null && id == 13) {
                throw new IllegalStateException("No " + name);
            }
        }
    }

    record Name(Object name) {

        Name {
            if (name.toString().contains(DIGITS)) {
                throw new IllegalStateException("No " + name, new IllegalArgumentException(CANARY));
            }
        }
    }

    interface Birds extends DeltaTraceRepository<Bird, Long> {

        List<Name> findAllBySizeGreaterThan(int size);

        @Query("{\"type\":\"regex_\",\"field\":\"name\",\"pattern\":\"?0\"}")
        List<Bird> declared(String pattern);
    }

    interface Texts extends DeltaTraceRepository<Text, Long> {

        List<Text> findByTextMatches(String pattern);
    }

    record Text(@Id @Nullable Long id, @Nullable String text) {}

    /** With a unique name, of which one is the canary. */
    private static final class Fixture {

        private final DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                .index("bird", Index.hash("name").unique())
                .build();
        private final DeltaTraceTemplate template = new DeltaTraceTemplate(database, null);
        private final Birds birds = People.repository(Birds.class, template);
        private final Texts texts = People.repository(Texts.class, template);

        Fixture() {
            template.save(new Bird(null, CANARY, 1));
            template.save(new Bird(null, 5, 1));
        }

        /** Adds a document that is no bird. */
        Fixture damaged() {
            database.execute(io.deltatrace.query.Query.add("bird", Map.of("id", 7, "name", "x", "size", CANARY)));
            return this;
        }
    }

    private interface Action {
        void on(Fixture fixture);
    }

    private static Named<ThrowingCallable> of(String name, Action action) {
        return named(name, () -> action.on(new Fixture()));
    }

    private static Named<ThrowingCallable> damaged(String name, Action action) {
        return named(name, () -> action.on(new Fixture().damaged()));
    }

    static Stream<Named<ThrowingCallable>> actions() {
        Condition damaged = field("id").equalTo(7);
        return Stream.of(
                damaged("find", on -> on.template.findAll(Bird.class)),
                damaged("find by id", on -> on.birds.findById(7L)),
                damaged("page", on -> on.birds.findAll(PageRequest.of(0, 10))),
                damaged(
                        "window",
                        on -> on.birds.findBy(
                                Example.of(
                                        new Bird(7L, null, 0),
                                        ExampleMatcher.matching().withIgnorePaths("size")),
                                query -> query.limit(5).scroll(ScrollPosition.offset()))),
                damaged("past", on -> on.template.asOf(3).findAll(Bird.class)),
                damaged(
                        "versions",
                        on -> on.template
                                .revisions(Bird.class, damaged)
                                .getContent()
                                .get(0)
                                .getEntity()),
                damaged("remove", on -> on.template.remove(Bird.class, damaged)),
                of("duplicate", on -> on.template.save(new Bird(null, CANARY, 3))),
                of(
                        "duplicates in a transaction",
                        on -> on.template.saveAll(List.of(new Bird(21L, "x", 3), new Bird(22L, CANARY, 3)))),
                of("pattern", on -> on.texts.findByTextMatches(CANARY + "(")),
                of("declared pattern", on -> on.birds.declared(CANARY + "(")),
                of(
                        "pattern of an example",
                        on -> on.texts.findAll(Example.of(
                                new Text(null, CANARY + "("),
                                ExampleMatcher.matching().withStringMatcher(ExampleMatcher.StringMatcher.REGEX)))),
                of("sort", on -> on.birds.findAll(Sort.by("name"))),
                of("record of a projection", on -> on.birds.findAllBySizeGreaterThan(0)),
                of(
                        "record of a fluent projection",
                        on -> on.birds.findBy(
                                Example.of(new Bird(null, CANARY, 1)),
                                query -> query.as(Name.class).all())),
                of("id that an entity refuses", on -> {
                    on.database.execute(io.deltatrace.query.Query.delete("bird").where(Condition.all()));
                    for (int i = 0; i < 20; i++) {
                        on.template.save(new Bird(null, CANARY + i, 1));
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void exception_doesNotTellTheValueThatItIsAbout(ThrowingCallable action) {
        Throwable problem = catchThrowable(action);

        assertThat(problem).isNotNull();
        StringWriter told = new StringWriter();
        problem.printStackTrace(new PrintWriter(told));
        assertThat(told.toString()).doesNotContain(DIGITS);
    }
}
