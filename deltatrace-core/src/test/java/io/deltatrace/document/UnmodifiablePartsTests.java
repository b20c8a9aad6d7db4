package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** The lists and maps in a record that was read: as those of the JDK in everything, but that nobody can change them. */
class UnmodifiablePartsTests {

    record Parts(List<String> list, List<Integer> numbers, Map<String, Object> map, Map<String, Integer> counts)
            implements Serializable {}

    private final Map<String, Object> map = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Document document;
    private final Parts parts;

    UnmodifiablePartsTests() {
        map.put("z", 1L);
        map.put("a", null);
        map.put("list", Arrays.asList("x", null));
        map.put("map", Map.of("deep", 2.5));
        counts.put("one", 1);
        counts.put("none", null);
        document = Document.of(new Parts(Arrays.asList("a", null, "b"), Arrays.asList(1, null), map, counts));
        parts = document.as(Parts.class);
    }

    @Test
    void lists_areEqualToThoseOfTheJdk() {
        List<String> expected = new ArrayList<>(Arrays.asList("a", null, "b"));

        assertThat(parts.list()).isEqualTo(expected).hasSameHashCodeAs(expected).hasToString(expected.toString());
        assertThat(expected).isEqualTo(parts.list());
        assertThat(parts.list().contains(null)).isTrue();
        assertThat(parts.list().indexOf("b")).isEqualTo(2);
        assertThat(parts.numbers()).containsExactly(1, null);
    }

    @Test
    void maps_areEqualToThoseOfTheJdk() {
        assertThat(parts.map()).isEqualTo(map).hasSameHashCodeAs(map).hasToString(map.toString());
        assertThat(map).isEqualTo(parts.map());
        assertThat(parts.map().keySet()).containsExactly("z", "a", "list", "map");
        assertThat(parts.map().containsKey("a")).isTrue();
        assertThat(parts.map().get("a")).isNull();
        assertThat(parts.map().containsKey(null)).isFalse();
        assertThat(parts.map().getOrDefault("b", "none")).isEqualTo("none");
        assertThat(parts.map().get("list")).isEqualTo(Arrays.asList("x", null));
        assertThat(parts.counts()).isEqualTo(counts).containsEntry("one", 1);
    }

    @Test
    void entries_endWhereTheMapDoes() {
        Iterator<Map.Entry<String, Integer>> entries = parts.counts().entrySet().iterator();
        entries.next();
        entries.next();

        assertThat(entries.hasNext()).isFalse();
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    @SuppressWarnings("unchecked")
    void nobody_canChangeThem() {
        List<Runnable> changes = List.of(
                () -> parts.list().add("c"),
                () -> parts.list().set(0, "c"),
                () -> parts.list().remove(0),
                () -> parts.list().clear(),
                () -> parts.numbers().iterator().remove(),
                () -> parts.map().put("z", 2),
                () -> parts.map().put("new", 2),
                () -> parts.map().remove("z"),
                () -> parts.map().clear(),
                () -> parts.map().keySet().remove("z"),
                () -> parts.map().values().clear(),
                () -> parts.map().replaceAll((key, value) -> 1),
                () -> parts.map().entrySet().iterator().next().setValue(1),
                () -> ((List<Object>) parts.map().get("list")).add(1),
                () -> ((Map<String, Object>) parts.map().get("map")).put("deep", 1),
                () -> parts.counts().put("one", 2));

        assertThat(changes)
                .allSatisfy(change -> assertThatThrownBy(change::run)
                        .isInstanceOfAny(UnsupportedOperationException.class, IllegalStateException.class));
        assertThat(document.as(Parts.class)).isEqualTo(parts);
        assertThat(Document.of(parts)).isEqualTo(document);
    }

    @Test
    void recordThatWasRead_isWrittenAsItWas() {
        Parts other = new Parts(parts.list(), List.of(), parts.map(), Map.of());

        assertThat(Document.of(other))
                .isEqualTo(document.with("numbers", List.of()).with("counts", Map.of()));
    }

    @Test
    void recordThatWasRead_canBeSerialized() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(parts);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Parts read = (Parts) in.readObject();

            assertThat(read).isEqualTo(parts);
            assertThat(read.map().keySet()).containsExactly("z", "a", "list", "map");
        }
    }
}
