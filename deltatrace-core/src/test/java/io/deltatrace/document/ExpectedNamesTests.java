package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Names that are expected are compared and written as they are in JSON; nobody can tell but by the time it takes. */
class ExpectedNamesTests {

    private static final List<String> NAMES = List.of(
            "a",
            "ab",
            "abc",
            "",
            "with \"quotes\"",
            "back\\slash",
            "line\nbreak",
            "größe",
            "名前",
            "\uD83D\uDE00",
            "tab\t",
            "/");

    private static final int LONGER_THAN_A_BUFFER = 20_000;
    private static final int DOCUMENTS = 500;

    /** A shape knows its names in JSON for as long as it is in use. */
    private final List<Document> used = new ArrayList<>();

    static Stream<Function<String, JsonParser>> parsers() {
        return Stream.of(
                JsonStreams::parser,
                json -> JsonStreams.parser(json.getBytes(StandardCharsets.UTF_8)),
                json -> JsonStreams.parser(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))),
                json -> JsonStreams.parser(byteByByte(json)),
                json -> JsonStreams.parser(json.getBytes(StandardCharsets.UTF_16)));
    }

    private static InputStream byteByByte(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)) {

            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(1, length));
            }
        };
    }

    private static List<Document> read(JsonParser source) {
        try (JsonParser parser = source) {
            DocumentReader reader = new DocumentReader(parser, JsonLimits.DEFAULT);
            List<Document> documents = new ArrayList<>();
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                documents.add(reader.readDocument());
            }
            return documents;
        }
    }

    private static String listOf(List<String> texts) {
        return texts.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    /** Has shapes know their names in JSON, as they do when many documents were read or written. */
    private void askOften(List<String> texts) {
        for (String text : texts) {
            askOften(Document.parse(text));
        }
    }

    private void askOften(Document document) {
        used.add(document);
        int asked = 0;
        while (document.shape().encoded() == null) {
            assertThat(asked++).isLessThan(10_000);
        }
        document.asMap().values().stream()
                .filter(Document.class::isInstance)
                .forEach(inner -> askOften((Document) inner));
    }

    /** Documents alike, and now and then one with names left out, in another order or twice. */
    private static List<String> texts() {
        Random random = new Random(8);
        List<String> names = new ArrayList<>(NAMES);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            if (random.nextInt(8) == 0) {
                names.add(names.remove(random.nextInt(names.size())));
            }
            List<String> fields = new ArrayList<>();
            for (String name : names) {
                fields.add(DocumentWriter.toJson(name) + " :{\"num\": " + i + "}");
            }
            if (random.nextInt(5) == 0) {
                fields.subList(random.nextInt(fields.size()), fields.size()).clear();
            }
            if (random.nextInt(10) == 0) {
                fields.add("\"abc\":\"again\"");
            }
            texts.add(String.join(" ,\n", fields));
        }
        return texts.stream().map(fields -> "{ " + fields + "}").toList();
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void documentsOneAfterTheOther_areThoseThatTheyAreAlone(Function<String, JsonParser> parser) {
        List<String> texts = texts();
        askOften(texts);

        assertThat(read(parser.apply(listOf(texts))))
                .extracting(Document::toString)
                .isEqualTo(texts.stream()
                        .map(text -> Document.parse(text).toString())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void nameThatOnlyBeginsAsTheExpectedOne_isAnother(Function<String, JsonParser> parser) {
        List<String> texts = List.of(
                "{\"name\":1}",
                "{\"name\":2}",
                "{\"name\":3}",
                "{\"names\":4}",
                "{\"nam\":5}",
                "{\"n\\u0061me\":6}",
                "{}",
                "{\"name\":7,\"name\":8}",
                "{\"name\":9}");

        askOften(texts);

        assertThat(read(parser.apply(listOf(texts))))
                .hasToString("[{\"name\":1}, {\"name\":2}, {\"name\":3}, {\"names\":4}, {\"nam\":5}, {\"name\":6}, {},"
                        + " {\"name\":8}, {\"name\":9}]");
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void innerObjectWithFewerFieldsThanExpected_endsWhereItEnds(Function<String, JsonParser> parser) {
        List<String> texts = List.of(
                "{\"a\":{\"x\":1,\"y\":2},\"b\":3}",
                "{\"a\":{\"x\":4,\"y\":5},\"b\":6}",
                "{\"a\":{\"x\":7},\"b\":8}",
                "{\"a\":{\"x\":9,\"y\":10},\"b\":11}",
                "{\"a\":{},\"b\":12}",
                "{\"a\":{\"x\":13,\"y\":14}}",
                "{\"a\":{\"y\":15}}");
        askOften(texts);

        assertThat(read(parser.apply(listOf(texts))))
                .extracting(Document::toString)
                .isEqualTo(texts);
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void expectedNameThatIsLongerThanABuffer_isRead(Function<String, JsonParser> parser) {
        String name = "n".repeat(LONGER_THAN_A_BUFFER);
        List<String> texts = IntStream.range(0, 4)
                .mapToObj(i -> "{\"" + name + "\":" + i + "}")
                .toList();

        askOften(texts);

        assertThat(read(parser.apply(listOf(texts))))
                .extracting(document -> document.get(name))
                .containsExactly(0L, 1L, 2L, 3L);
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void expectedName_isTheSameString(Function<String, JsonParser> parser) {
        askOften(List.of("{\"größe\":0}"));

        List<Document> read = read(parser.apply("[{\"größe\":1},{\"größe\":2},{\"größe\":3},{\"größe\":4}]"));

        assertThat(read).extracting(Document::shape).containsOnly(read.get(0).shape());
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void textThatEndsWhereANameIsExpected_isMalformed(Function<String, JsonParser> parser) {
        askOften(List.of("{\"name\":0}"));

        for (String end :
                List.of("{", "{\"na", "{\"name", "{\"name\"", "{\"name\":", "{\"name\" 1}", "{name:1}]", "{,}]")) {
            assertThatExceptionOfType(RuntimeException.class)
                    .as(end)
                    .isThrownBy(() -> read(parser.apply("[{\"name\":1},{\"name\":2},{\"name\":3}," + end)))
                    .withMessageMatching("(?s).*(end-of-input|was expecting|double-quote|Unexpected character).*");
        }
    }

    @Test
    void charactersOfExpectedNames_countForTheLimit() {
        String small = "{\"" + "n".repeat(100) + "\":\"\"}";
        askOften(List.of(small));
        try (JsonParser parser = JsonStreams.parser(listOf(List.of(small, small.replace("\"\"", "\"large\""))))) {
            DocumentReader reader = new DocumentReader(parser, new JsonLimits(1, 105));
            parser.nextToken();
            parser.nextToken();
            assertThat(reader.readDocument()).hasToString(small);
            parser.nextToken();

            assertThatExceptionOfType(JsonFormatException.class)
                    .isThrownBy(reader::readDocument)
                    .withMessageContaining("larger than 105");
        }
    }

    @Test
    void document_isWrittenAlikeHoweverOften() {
        DocumentBuilder builder = Document.builder();
        NAMES.forEach(
                name -> builder.put(name, Document.builder().put(name, name).build()));
        Document document = builder.build();
        String first = document.toString();
        askOften(List.of(first));

        for (int i = 0; i < 3; i++) {
            StringWriter text = new StringWriter();
            try (JsonGenerator generator = JsonStreams.generator(text)) {
                DocumentWriter.write(generator, document);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator generator = JsonStreams.generator(bytes)) {
                DocumentWriter.write(generator, document);
            }

            assertThat(text).hasToString(first);
            assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(first);
            assertThat(Document.parse(first)).isEqualTo(document);
        }
    }

    @Test
    void applicationsMapper_escapesNamesAsItIsToldTo() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII, JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
                .build();
        Document document = Document.builder().put("größe/", 1).build();
        askOften(List.of(document.toString()));

        for (int i = 0; i < 3; i++) {
            assertThat(mapper.writeValueAsString(document)).isEqualTo("{\"gr\\u00F6\\u00DFe\\/\":1}");
            assertThat(new String(mapper.writeValueAsBytes(document), StandardCharsets.UTF_8))
                    .isEqualTo("{\"gr\\u00F6\\u00DFe\\/\":1}");
        }
    }
}
