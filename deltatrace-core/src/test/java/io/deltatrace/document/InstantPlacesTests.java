package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of an instant in a record a document has the text, but need not have made it yet. */
class InstantPlacesTests {

    private static final String TEXT = "2024-02-29T12:30:15.123Z";
    private static final Instant INSTANT = Instant.parse(TEXT);

    private final DocumentMapper mapper = DocumentMapper.standard().keepObjects(false);

    record Event(String name, Instant at, Part part) {}

    record Part(Instant since, List<Instant> times) {}

    record AsText(String name, String at, Map<String, Object> part) {}

    record AsAnything(Object name, Object at, Object part) {}

    private static Event event() {
        return new Event("a", INSTANT, new Part(INSTANT, List.of(INSTANT)));
    }

    private Document document() {
        return mapper.toDocument(event());
    }

    @Test
    void instant_isReadAgainWithoutItsText() {
        Document document = document();

        assertThat(document.stored(1)).isSameAs(INSTANT);
        assertThat(mapper.toObject(document, Event.class)).isEqualTo(event());
        assertThat(mapper.toObject(document, Event.class).at()).isSameAs(INSTANT);
        assertThat(document.stored(1)).isSameAs(INSTANT);
    }

    @Test
    void text_isMadeForWhoeverAsks_andStays() {
        Document document = document();

        assertThat(document.get("at")).isEqualTo(TEXT).isSameAs(document.get("at"));
        assertThat(document.at("part.since")).isEqualTo(TEXT);
        assertThat(document.at("part.times")).isEqualTo(List.of(TEXT));
        assertThat(mapper.toObject(document, Event.class)).isEqualTo(event());
    }

    @Test
    void document_isTheSameAsOneOfTexts() {
        String json = document().toString();
        Document parsed = Document.parse(json);

        assertThat(json)
                .isEqualTo("{\"name\":\"a\",\"at\":\"%1$s\",\"part\":{\"since\":\"%1$s\",\"times\":[\"%1$s\"]}}", TEXT);
        assertThat(document()).isEqualTo(parsed);
        assertThat(parsed).isEqualTo(document());
        assertThat(document()).hasSameHashCodeAs(parsed);
        assertThat(document()).isEqualTo(document());
        assertThat(document()).isNotEqualTo(document().with("at", "2024-02-29T12:30:15.124Z"));
        assertThat(document().asMap()).isEqualTo(parsed.asMap());
        assertThat(document().extent()).isEqualTo(parsed.extent());
    }

    @Test
    void otherTypes_getTheText() {
        assertThat(mapper.toObject(document(), AsText.class))
                .isEqualTo(new AsText("a", TEXT, Map.of("since", TEXT, "times", List.of(TEXT))));
        assertThat(mapper.toObject(document(), AsAnything.class))
                .isEqualTo(new AsAnything("a", TEXT, Map.of("since", TEXT, "times", List.of(TEXT))));
        assertThat((Object) mapper.toObject(document(), Map.class))
                .isEqualTo(Map.of("name", "a", "at", TEXT, "part", Map.of("since", TEXT, "times", List.of(TEXT))));
    }

    @Test
    void fieldReader_readsTheText() {
        assertThat(FieldPath.of("part.since").reader().read(document())).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T12:30:15Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "1969-12-31T23:59:59.000001Z",
                "2024-02-29T12:30:15.120Z"
            })
    void length_isThatOfTheText(String text) {
        Instant instant = Instant.parse(text);
        Document document = mapper.toDocument(new Part(instant, List.of()));

        assertThat(document.stored(0)).isSameAs(instant);
        assertThat(document.extent())
                .isEqualTo(Document.parse(document.toString()).extent());
        assertThat(document.get("since")).isEqualTo(text);
    }

    @Test
    void yearWithoutFourDigits_isATextAtOnce() {
        Document document = mapper.toDocument(new Part(Instant.MAX, List.of()));

        assertThat(document.stored(0)).isEqualTo(Instant.MAX.toString());
        assertThat(mapper.toObject(document, Part.class)).isEqualTo(new Part(Instant.MAX, List.of()));
    }

    @Test
    void noInstant_isNone() {
        Part part = new Part(null, List.of());

        assertThat(mapper.toObject(mapper.toDocument(part), Part.class)).isEqualTo(part);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mapper.toObject(document().with("at", "no time"), Event.class))
                .withMessageContaining("at");
    }

    /** What is made of a document with instants is what is made of the same with texts, in whichever order. */
    @Test
    void changes_areThoseOfTexts() {
        Random random = new Random(3);
        for (int run = 0; run < 300; run++) {
            Document one = document();
            Document other = Document.parse(one.toString());
            one = document();
            List<String> done = new ArrayList<>();
            for (int step = 0; step < 6; step++) {
                int kind = random.nextInt(7);
                one = changed(one, kind);
                other = changed(other, kind);
                done.add(kind + ": " + other);
            }
            assertThat(one.extent()).as("%s", done).isEqualTo(other.extent());
            assertThat(one).as("%s", done).hasToString(other.toString());
        }
    }

    private Document changed(Document document, int kind) {
        return switch (kind) {
            case 0 -> document.with("at", null);
            case 1 -> document.without("name");
            case 2 -> document.with("more", 1);
            case 3 -> document.withAll(mapper.toDocument(new Part(Instant.EPOCH, List.of())));
            case 4 -> document.withAll(document());
            case 5 -> document.conformedTo(Document.parse("{\"at\": 0, \"since\": [], \"part\": {}}"));
            default -> Document.of(new LinkedHashMap<>(document.asMap()));
        };
    }
}
