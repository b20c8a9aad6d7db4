package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A document keeps the record that was made of it if nobody can change it, and only then. */
class KeptObjectsTests {

    private final DocumentMapper mapper = DocumentMapper.of(JsonMapper.shared());

    record Part(int number, List<String> names) {}

    record Whole(
            String name,
            Integer small,
            Instant at,
            TimeUnit unit,
            BigDecimal price,
            UUID id,
            Part part,
            List<Part> parts,
            Map<String, List<Instant>> times,
            Map<String, Object> extra,
            Object any) {}

    private static Whole whole() {
        Part part = new Part(1, Arrays.asList("a", null));
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("nothing", null);
        extra.put("list", Arrays.asList(1L, null, Map.of("deep", true)));
        extra.put("number", 1.5);
        return new Whole(
                "name",
                1,
                Instant.EPOCH,
                TimeUnit.DAYS,
                new BigDecimal("1.5"),
                new UUID(1, 2),
                part,
                Arrays.asList(part, null),
                Map.of("a", List.of(Instant.EPOCH)),
                extra,
                List.of(1L));
    }

    @Test
    void recordThatCannotChange_isTheSameWheneverItIsRead() {
        Document document = mapper.toDocument(whole());
        Whole first = mapper.toObject(document, Whole.class);

        assertThat(first).isEqualTo(whole());
        assertThat(mapper.toObject(document, Whole.class)).isSameAs(first);
        assertThat(mapper.toObjects(List.of(document), Whole.class).get(0)).isSameAs(first);
    }

    @Test
    void documentOfWhateverOrigin_keepsIt() {
        Part part = new Part(1, List.of());
        Document written = mapper.toDocument(part);
        Document longer = written.with("more", 1);
        for (Document document : List.of(
                written,
                longer,
                longer.without("more"),
                written.with("number", 2),
                Document.empty().withAll(written),
                Document.parse(written.toString()),
                Document.of(Map.of("number", 1, "names", List.of())))) {
            Part first = mapper.toObject(document, Part.class);

            assertThat(mapper.toObject(document, Part.class)).isSameAs(first);
            assertThat(first.number()).isEqualTo(((Long) document.get("number")).intValue());
        }
    }

    @Test
    void partThatIsReadWithTheWhole_isNotKeptOnceMore() {
        Document document = mapper.toDocument(whole());
        Whole first = mapper.toObject(document, Whole.class);

        assertThat(mapper.toObject((Document) document.get("part"), Part.class))
                .isEqualTo(first.part())
                .isNotSameAs(first.part());
    }

    @Test
    void documentThatWasChanged_hasAnObjectOfItsOwn() {
        Document before = mapper.toDocument(new Part(1, List.of("a")));
        Part old = mapper.toObject(before, Part.class);

        assertThat(mapper.toObject(before.with("number", 2), Part.class)).isEqualTo(new Part(2, List.of("a")));
        assertThat(mapper.toObject(before.withAll(Document.of(Map.of("number", 3))), Part.class))
                .isEqualTo(new Part(3, List.of("a")));
        assertThat(mapper.toObject(
                        before.conformedTo(Document.parse("{\"names\":[],\"number\":0,\"x\":1}")), Part.class))
                .isEqualTo(old)
                .isNotSameAs(old);
        assertThat(mapper.toObject(before.with("more", 2), Part.class))
                .isEqualTo(old)
                .isNotSameAs(old);
        assertThatThrownBy(() -> mapper.toObject(before.with("number", "one"), Part.class))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(before.without("number").names()).containsExactly("names");
        assertThat(mapper.toObject(before, Part.class)).isSameAs(old);
    }

    @Test
    void documentThatKeepsSomething_isTheSameDocument() {
        Document read = mapper.toDocument(whole());
        Document unread = mapper.toDocument(whole());
        mapper.toObject(read, Whole.class);

        assertThat(read).isEqualTo(unread).hasSameHashCodeAs(unread).hasToString(unread.toString());
        assertThat(read.size()).isEqualTo(11);
        assertThat(read.asMap()).hasSize(11).isEqualTo(unread.asMap());
        assertThat(read.estimatedBytes()).isEqualTo(unread.estimatedBytes());
        assertThat(Document.of(Map.of("in", read))).isEqualTo(Document.of(Map.of("in", unread)));
        assertThat(read.with("a", 1)).isEqualTo(unread.with("a", 1));
        assertThat(read.without("name")).isEqualTo(unread.without("name"));
        assertThat(read.conformedTo(Document.parse("{\"small\":1,\"a\":2}")))
                .isEqualTo(Document.parse("{\"small\":1,\"a\":2}"));
    }

    record FirstName(String firstName) {}

    @Test
    void otherMapper_getsAnObjectOfItsOwn() {
        DocumentMapper snake = DocumentMapper.of(JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build());
        Document document = Document.parse("{\"firstName\":\"camel\",\"first_name\":\"snake\"}");

        for (int i = 0; i < 3; i++) {
            assertThat(mapper.toObject(document, FirstName.class).firstName()).isEqualTo("camel");
            assertThat(snake.toObject(document, FirstName.class).firstName()).isEqualTo("snake");
        }
    }

    record Numbered(long number) {}

    @Test
    void otherClass_getsAnObjectOfItsOwn() {
        Document document = mapper.toDocument(new Part(7, List.of()));

        for (int i = 0; i < 3; i++) {
            assertThat(mapper.toObject(document, Part.class)).isEqualTo(new Part(7, List.of()));
            assertThat(mapper.toObject(document, Numbered.class)).isEqualTo(new Numbered(7));
        }
    }

    record Copying(List<String> list) {
        Copying {
            list = new ArrayList<>(list);
        }
    }

    record CopyingMap(Map<String, Long> map) {
        CopyingMap {
            map = new LinkedHashMap<>(map);
        }
    }

    record CopyingInside(List<List<String>> lists) {
        CopyingInside {
            lists = lists.stream().<List<String>>map(ArrayList::new).toList();
        }
    }

    record Replacing(Part part) {
        Replacing {
            part = new Part(part.number(), new ArrayList<>(part.names()));
        }
    }

    record Outer(Copying inner) {}

    record OuterList(List<Copying> inner) {}

    record OuterMap(Map<String, Copying> inner) {}

    record Wrapping(Object any) {
        Wrapping {
            any = new AtomicLong((Long) any);
        }
    }

    record Viewing(List<String> list) {
        Viewing {
            list = Collections.unmodifiableList(new ArrayList<>(list));
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    record WithArray(byte[] bytes) {}

    record WithOptional(Optional<String> text) {}

    static final class Bean {
        public String text = "a";
    }

    static Stream<Object> changeable() {
        Part part = new Part(1, List.of("a"));
        return Stream.of(
                new Copying(List.of("a")),
                new CopyingMap(Map.of("a", 1L)),
                new CopyingInside(List.of(List.of("a"))),
                new Replacing(part),
                new Outer(new Copying(List.of("a"))),
                new OuterList(List.of(new Copying(List.of("a")))),
                new OuterMap(Map.of("a", new Copying(List.of("a")))),
                new Wrapping(1L),
                new Viewing(List.of("a")),
                new WithArray(new byte[] {1}),
                new WithOptional(Optional.of("a")),
                new Bean());
    }

    @ParameterizedTest
    @MethodSource("changeable")
    void objectThatMayChange_isMadeEachTime(Object object) {
        Document document = mapper.toDocument(object);
        Object first = mapper.toObject(document, object.getClass());

        assertThat(mapper.toObject(document, object.getClass())).isNotSameAs(first);
    }

    record Unmodifiable(List<String> list, Map<String, Part> map, List<String> orNone) {
        Unmodifiable {
            list = List.copyOf(list);
            map = Map.copyOf(map);
            orNone = orNone == null ? List.of() : orNone;
        }

        @Override
        public List<String> list() {
            return new ArrayList<>(list);
        }
    }

    @Test
    void constructorThatMakesUnmodifiableCopies_hasItsObjectsKept() {
        Document document = mapper.toDocument(
                        new Unmodifiable(List.of("a"), Map.of("b", new Part(1, List.of("a"))), null))
                .with("orNone", null);
        Unmodifiable first = mapper.toObject(document, Unmodifiable.class);
        first.list().clear();

        assertThat(mapper.toObject(document, Unmodifiable.class)).isSameAs(first);
        assertThat(first.list()).containsExactly("a");
    }

    record Positive(long value) {
        Positive {
            if (value < 0) {
                throw new IllegalArgumentException("Negative");
            }
        }
    }

    @Test
    void recordThatRefuses_keepsNothing() {
        Document document = Document.parse("{\"value\":-1}");

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> mapper.toObject(document, Positive.class))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(document.values()[1]).isNull();
    }

    record Nothing() {}

    /** Everybody shares the empty document, so an object that it had would keep its class, and its class loader, for good. */
    @Test
    void emptyDocument_keepsNothing() {
        assertThat(AsJackson.isMapped(Nothing.class, JsonMapper.shared())).isFalse();
    }

    @Test
    void mapperThatKeepsNothing_makesEachAnew() {
        DocumentMapper forgetful = mapper.keepObjects(false);
        Document document = forgetful.toDocument(whole());
        Whole first = forgetful.toObject(document, Whole.class);

        assertThat(forgetful.toObject(document, Whole.class)).isEqualTo(first).isNotSameAs(first);
        assertThat(forgetful.toObjects(List.of(document), Whole.class).get(0)).isNotSameAs(first);
        assertThat(document.values()[document.size()]).isNull();
        assertThat(forgetful.keepObjects(false)).isSameAs(forgetful);
        assertThat(mapper.keepObjects(true)).isSameAs(mapper);
    }
}
