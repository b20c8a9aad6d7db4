package io.deltatrace.document;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;

/** Writes documents and values to a JSON stream. */
public final class DocumentWriter {

    private DocumentWriter() {}

    /** Writes a value of any kind a document can hold, to a generator of {@link JsonStreams}. */
    public static void write(JsonGenerator generator, @Nullable Object value) {
        write(generator, value, true);
    }

    /** As {@link #write}, to a generator that somebody else has set up: it may be told to escape more than JSON needs. */
    static void writeToForeign(JsonGenerator generator, @Nullable Object value) {
        write(generator, value, false);
    }

    private static void write(JsonGenerator generator, @Nullable Object value, boolean own) {
        if (value instanceof String string) {
            generator.writeString(string);
        } else if (value instanceof Long number) {
            generator.writeNumber(number.longValue());
        } else if (value instanceof Double number) {
            generator.writeNumber(number.doubleValue());
        } else if (value instanceof Document document) {
            writeObject(generator, document, own);
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, element, own);
            }
            generator.writeEndArray();
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof BigInteger number) {
            generator.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            generator.writeNumber(number);
        } else if (value == null) {
            generator.writeNull();
        } else {
            throw new IllegalArgumentException(
                    "A document cannot hold a " + value.getClass().getName());
        }
    }

    private static void writeObject(JsonGenerator generator, Document document, boolean own) {
        generator.writeStartObject();
        Shape shape = document.shape();
        SerializableString[] names = own ? shape.encoded() : null;
        for (int i = 0; i < shape.size(); i++) {
            if (names == null) {
                generator.writeName(shape.name(i));
            } else {
                generator.writeName(names[i]);
            }
            write(generator, document.value(i), own);
        }
        generator.writeEndObject();
    }

    static String toJson(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JsonStreams.generator(text)) {
            write(generator, value);
        }
        return text.toString();
    }
}
