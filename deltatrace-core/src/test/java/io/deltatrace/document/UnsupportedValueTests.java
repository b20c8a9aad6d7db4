package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnsupportedValueTests {

    static Stream<Arguments> unsupported() {
        return Stream.of(
                arguments(new Thread(), "cannot hold a java.lang.Thread"),
                arguments(Double.NaN, "NaN is not a JSON number"),
                arguments(Double.POSITIVE_INFINITY, "Infinity is not a JSON number"),
                arguments(Double.NEGATIVE_INFINITY, "-Infinity is not a JSON number"),
                arguments(Float.NaN, "NaN is not a JSON number"),
                arguments(Float.POSITIVE_INFINITY, "Infinity is not a JSON number"),
                arguments("half \uD83D", "half a surrogate pair"),
                arguments("\uDE00 half", "half a surrogate pair"),
                arguments("\uDE00\uD83D", "half a surrogate pair"));
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void unsupportedValue_isReportedWithThePathToIt(Object value, String problem) {
        Map<String, Object> source = Map.of("user", Map.of("tags", List.of("fine", value)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(source))
                .withMessageContaining(problem)
                .withMessageEndingWith(" at user.tags[1]");
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void unsupportedValueInARecord_isReportedWithTheNameOfTheField(Object value, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(new Tagged(List.of("fine", value))))
                .withMessageContaining(problem)
                .withMessageContaining("tags");
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void unsupportedValue_isNoValueOfAFieldEither(Object value, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.empty().with("a", value))
                .withMessageContaining(problem);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.builder().put("a", value))
                .withMessageContaining(problem);
    }

    @Test
    void path_isOneThroughMapsRecordsAndSets() {
        record User(List<Double> tags) {}
        record Holder(List<Object> things) {}

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(Map.of("user", new User(List.of(1.0, Double.NaN)))))
                .withMessage("NaN is not a JSON number at user.tags[1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(Map.of("user", new Holder(List.of(1, Thread.currentThread())))))
                .withMessageContaining("java.lang.Thread")
                .withMessageEndingWith(" at user.things[1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(Map.of("user", Set.of(Double.NaN))))
                .withMessage("NaN is not a JSON number at user[0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.empty().with("price", Map.of("x", List.of(1, Double.NaN))))
                .withMessage("NaN is not a JSON number at price.x[1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.builder().put("price", Double.NaN))
                .withMessage("NaN is not a JSON number at price");
    }

    @Test
    void objectWithoutProperties_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Document.of(Map.of("a", new Object())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(Map.of("a", new java.io.ByteArrayInputStream(new byte[0]))));
        assertThatIllegalArgumentException().isThrownBy(() -> Document.of(Map.of("a", (Runnable) () -> {})));
    }

    @Test
    void deeplyNestedSets_areRefusedWithoutOverflowingTheStack() {
        Object nested = 1;
        for (int i = 0; i < 100_000; i++) {
            nested = java.util.Collections.singleton(nested);
        }
        Object value = nested;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(Map.of("a", value)))
                .withMessageContaining("nested deeper than 100");
    }

    @Test
    void nameWithHalfASurrogatePair_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Document.empty().with("\uD800", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Document.builder().put("\uD800", 1));
    }

    @Test
    void keyThatIsNoString_isReportedWithThePathToItsMap() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(Map.of("user", List.of(Map.of(1, 2)))))
                .withMessage("A key is a java.lang.Integer rather than a string at user[0]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(Map.of(DayOfWeek.MONDAY, 1)))
                .withMessage("A key is a java.time.DayOfWeek rather than a string");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(Map.of("user", Collections.singletonMap(null, 1))))
                .withMessage("A key is null rather than a string at user");
    }

    @Test
    void keyWithHalfASurrogatePair_isReported() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(Map.of("user", Map.of("\uD83D", 1))))
                .withMessageContaining("half a surrogate pair at user");
    }

    @Test
    void wholeSurrogatePairs_areText() {
        assertThat(Document.of(Map.of("\uD83D\uDE00", "x\uD83E\uDD8C")).get("\uD83D\uDE00"))
                .isEqualTo("x\uD83E\uDD8C");
    }

    @Test
    void cyclicMap_isReported() {
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(map))
                .withMessageContaining("in a cycle")
                .withMessageContaining("self.self.self");
    }

    @Test
    void cyclicList_isReported() {
        List<Object> list = new ArrayList<>();
        list.add(list);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(Map.of("list", list)))
                .withMessageContaining("in a cycle")
                .withMessageContaining("list[0][0]");
    }

    @Test
    void cyclicMapInARecord_isReported() {
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(new Tagged(List.of(map))))
                .withMessageContaining("tags");
    }

    @Test
    void cyclicBean_isReported() {
        Person ann = new Person();
        Person ben = new Person();
        ann.friend = ben;
        ben.friend = ann;

        assertThatIllegalArgumentException().isThrownBy(() -> Document.of(ann)).withMessageContaining("friend.friend");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(Map.of("people", List.of(ann))))
                .withMessageContaining("people[0]");
    }

    @Test
    void beanThatIsItsOwnFriend_isReported() {
        Person person = new Person();
        person.friend = person;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(person))
                .withMessageContaining("cycle at friend");
    }

    @Test
    void longPath_isShortened() {
        Map<String, Object> map = new HashMap<>();
        map.put("x".repeat(1_000), Double.NaN);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(map))
                .withMessageEndingWith("x…")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @ParameterizedTest
    @ValueSource(ints = {198, 199, 200})
    void longPath_isCutIntoWholeCharacters(int before) {
        Map<String, Object> map = Map.of("x".repeat(before) + "\uD83E\uDD8C".repeat(60), Double.NaN);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Document.of(map))
                .withMessageEndingWith("…")
                .satisfies(e -> assertThat(Values.requireText(e.getMessage()))
                        .startsWith("NaN is not a JSON number at " + "x".repeat(before))
                        .hasSize("NaN is not a JSON number at ".length() + 201));
    }

    record Tagged(List<Object> tags) {}

    static final class Person {

        private Person friend;

        public Person getFriend() {
            return friend;
        }
    }
}
