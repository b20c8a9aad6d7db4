package io.deltatrace.json;

import io.deltatrace.document.Document;
import io.deltatrace.document.DocumentReader;
import io.deltatrace.document.FieldPath;
import io.deltatrace.document.JsonFormatException;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.document.Timestamps;
import io.deltatrace.document.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A place in a JSON stream, and the ways to read what is there. Each method reads the value at the current token and leaves
 * the cursor at its last token; a value of another kind is a {@link JsonFormatException}.
 */
final class JsonCursor {

    private final JsonParser parser;
    private final JsonLimits limits;
    private final DocumentReader documents;

    JsonCursor(JsonParser parser, JsonLimits limits) {
        this.parser = parser;
        this.limits = limits;
        this.documents = new DocumentReader(parser, limits);
    }

    JsonLimits limits() {
        return limits;
    }

    JsonFormatException failure(String problem) {
        return JsonFormatException.at(parser, problem);
    }

    /** What the constructor makes; what it rejects is a failure at this place. */
    <T> T construct(Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (IllegalArgumentException e) {
            throw JsonFormatException.rejecting(parser, e);
        }
    }

    /** Lets the handler read the value of each field of an object; it says false for a field it does not know. */
    void object(FieldHandler handler) {
        expect(JsonToken.START_OBJECT, "an object");
        for (String name = documents.readName(); name != null; name = documents.readName()) {
            parser.nextToken();
            if (!handler.read(name)) {
                parser.skipChildren();
            }
        }
    }

    /** Reads the value of a field by its name. */
    @FunctionalInterface
    interface FieldHandler {

        /** Whether the field is known; if not, nothing was read. */
        boolean read(String name);
    }

    <T> List<T> list(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        elements(() -> list.add(element.get()));
        return list;
    }

    void elements(Runnable element) {
        expect(JsonToken.START_ARRAY, "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.run();
        }
    }

    <T> Map<String, T> map(Supplier<T> value) {
        Map<String, T> map = new LinkedHashMap<>();
        object(name -> {
            map.put(name, value.get());
            return true;
        });
        return map;
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    <T> @Nullable T orNull(Supplier<T> value) {
        return isNull() ? null : value.get();
    }

    @Nullable
    Object value() {
        return documents.readValue();
    }

    Document document() {
        return documents.readDocument();
    }

    String string() {
        expect(JsonToken.VALUE_STRING, "a string");
        return documents.readString();
    }

    FieldPath path() {
        return FieldPath.of(string());
    }

    boolean bool() {
        if (parser.currentToken() != JsonToken.VALUE_TRUE) {
            expect(JsonToken.VALUE_FALSE, "true or false");
            return false;
        }
        return true;
    }

    /** An absent boolean may also be given as null. */
    boolean bool(boolean byDefault) {
        return isNull() ? byDefault : bool();
    }

    int integer() {
        long number = longInteger();
        if (number != (int) number) {
            throw failure("The number is out of range");
        }
        return (int) number;
    }

    long longInteger() {
        if (documents.readValue() instanceof Long number) {
            return number;
        }
        throw failure("Expected an integer");
    }

    double number() {
        if (documents.readValue() instanceof Number number) {
            return number.doubleValue();
        }
        throw failure("Expected a number");
    }

    Instant instant() {
        Instant instant = Timestamps.parse(string());
        if (instant == null) {
            throw failure("Expected an ISO 8601 timestamp");
        }
        return instant;
    }

    /** The one of some named values whose name is here. */
    <T> T named(String what, T[] values, Function<T, String> name) {
        String wanted = string();
        for (T value : values) {
            if (name.apply(value).equals(wanted)) {
                return value;
            }
        }
        throw failure("Unknown " + what + " '" + Values.shown(wanted) + "'");
    }

    /** Reads a class name, which must be the expected one. */
    void className(String expected) {
        String actual = string();
        if (!actual.equals(expected)) {
            throw failure("Expected className '" + expected + "', not '" + Values.shown(actual) + "'");
        }
    }

    private void expect(JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw failure("Expected " + what + ", not " + found());
        }
    }

    private String found() {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "the end";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            default -> Values.describe(documents.readValue());
        };
    }
}
