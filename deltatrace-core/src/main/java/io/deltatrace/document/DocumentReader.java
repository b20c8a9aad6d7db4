package io.deltatrace.document;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.NumberOutput;

/**
 * Reads documents and values from a JSON stream.
 *
 * <p>A reader belongs to one parser. For each depth it has one builder, which expects the shape that the last object there had,
 * because the next one most often has the same.
 */
public final class DocumentReader {

    private static final int SURELY_EXACT_LENGTH = 16;

    private final JsonParser parser;
    private final JsonLimits limits;
    private final DocumentBuilder[] builders = new DocumentBuilder[Document.MAX_DEPTH + 1];
    private int size;

    /** A reader of the parser's documents, each of them within the limits. */
    public DocumentReader(JsonParser parser, JsonLimits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    static Document parse(String json) {
        try (JsonParser parser = JsonStreams.parser(json)) {
            try {
                parser.nextToken();
                Document document = new DocumentReader(parser, JsonLimits.DEFAULT).readDocument();
                if (parser.nextToken() != null) {
                    throw JsonFormatException.at(parser, "Unexpected text after the document");
                }
                return document;
            } catch (JacksonException e) {
                throw JsonFormatException.of(parser, e);
            }
        }
    }

    /**
     * The object at the parser's current token, which must be its start; afterwards the parser is at its end.
     *
     * @throws JsonFormatException if it is not an object or is beyond a limit
     * @throws JacksonException if the JSON is malformed
     */
    public Document readDocument() {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw JsonFormatException.at(parser, "Expected an object");
        }
        size = 0;
        return object(1);
    }

    /**
     * The value at the parser's current token; afterwards the parser is at its last token.
     *
     * @throws JsonFormatException if it is beyond a limit
     * @throws JacksonException if the JSON is malformed
     */
    public @Nullable Object readValue() {
        size = 0;
        return value(0);
    }

    /**
     * The string at the parser's current token.
     *
     * @throws JsonFormatException if it is not Unicode text
     */
    public String readString() {
        return text(parser.getString());
    }

    /**
     * The name of the parser's next field; null at the end of the object.
     *
     * @throws JsonFormatException if it is not Unicode text
     */
    public @Nullable String readName() {
        String name = parser.nextName();
        return name == null ? null : text(name);
    }

    private @Nullable Object value(int depth) {
        count(JsonLimits.VALUE_SIZE);
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw JsonFormatException.at(parser, "Expected a value");
        }
        return switch (token) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> string();
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_EMBEDDED_OBJECT -> embedded(parser.getEmbeddedObject());
            default -> throw JsonFormatException.at(parser, "Expected a value");
        };
    }

    private Document object(int depth) {
        checkDepth(depth);
        DocumentBuilder builder = builders[depth];
        if (builder == null) {
            builder = Document.builder();
            builders[depth] = builder;
        }
        for (String name = nextName(builder); name != null; name = nextName(builder)) {
            count(name.length());
            parser.nextToken();
            builder.putValue(name, value(depth));
        }
        Document document = build(builder);
        builder.begin(document.shape());
        return document;
    }

    /** The next name, compared with the expected one before it is made a string; null at the end of the object. */
    private @Nullable String nextName(DocumentBuilder builder) {
        SerializableString expected = builder.expectedName();
        String name;
        if (expected == null) {
            name = parser.nextName();
        } else if (parser.nextName(expected)) {
            return expected.getValue();
        } else {
            name = parser.currentToken() == JsonToken.PROPERTY_NAME ? parser.currentName() : null;
        }
        return name == null || builder.expects(name) ? name : text(name);
    }

    private ArrayValue array(int depth) {
        checkDepth(depth);
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(depth));
        }
        try {
            return new ArrayValue(elements.toArray());
        } catch (UnsupportedValue e) {
            throw JsonFormatException.at(parser, e.getMessage());
        }
    }

    private Document build(DocumentBuilder builder) {
        try {
            return builder.build();
        } catch (UnsupportedValue e) {
            throw JsonFormatException.at(parser, e.getMessage());
        }
    }

    private String text(String string) {
        try {
            return Values.requireText(string);
        } catch (UnsupportedValue e) {
            throw JsonFormatException.at(parser, e.getMessage());
        }
    }

    private String string() {
        count(parser.getStringLength());
        return text(parser.getString());
    }

    private Number integer() {
        JsonParser.NumberType type = parser.getNumberType();
        if (type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG) {
            return parser.getLongValue();
        }
        return inRange(() -> Values.integer(parser.getBigIntegerValue()));
    }

    private Number inRange(Supplier<Number> number) {
        try {
            return number.get();
        } catch (NumberFormatException | UnsupportedValue e) {
            throw JsonFormatException.at(parser, "The number is out of range");
        }
    }

    private Number decimal() {
        return switch (parser.getNumberTypeFP()) {
            case FLOAT16, FLOAT32 -> finite(Double.parseDouble(NumberOutput.toString(parser.getFloatValue(), true)));
            case DOUBLE64 -> finite(parser.getDoubleValue());
            case BIG_DECIMAL -> inRange(() -> Values.decimal(parser.getDecimalValue()));
            default -> decimal(parser.getString());
        };
    }

    private Number decimal(String text) {
        boolean surelyExact = text.length() <= SURELY_EXACT_LENGTH && text.indexOf('e') < 0 && text.indexOf('E') < 0;
        return surelyExact
                ? (Number) Double.parseDouble(text)
                : inRange(() -> Values.fraction(parser.getDecimalValue()));
    }

    /** What an object that is being converted has in place of a JSON value. */
    private @Nullable Object embedded(@Nullable Object object) {
        if (object == null) {
            return null;
        }
        if (object instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        throw JsonFormatException.at(
                parser, "A document cannot hold a " + object.getClass().getName());
    }

    private Double finite(double number) {
        if (!Double.isFinite(number)) {
            throw JsonFormatException.at(parser, number + " is not a JSON number");
        }
        return number;
    }

    private void checkDepth(int depth) {
        if (depth > Document.MAX_DEPTH) {
            throw JsonFormatException.at(parser, "Objects and arrays are nested deeper than " + Document.MAX_DEPTH);
        }
    }

    private void count(int characters) {
        size += characters;
        if (size > limits.maxDocumentSize()) {
            throw JsonFormatException.at(
                    parser, "The document is larger than " + limits.maxDocumentSize() + " characters");
        }
    }
}
