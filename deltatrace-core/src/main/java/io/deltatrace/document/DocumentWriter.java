package io.deltatrace.document;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes documents and values to a JSON stream. */
public final class DocumentWriter {

    private DocumentWriter() {}

    /** Writes a value of any kind a document can hold. */
    public static void write(JsonGenerator generator, @Nullable Object value) {
        if (value instanceof String string) {
            generator.writeString(string);
        } else if (value instanceof Long number) {
            generator.writeNumber(number.longValue());
        } else if (value instanceof Double number) {
            generator.writeNumber(number.doubleValue());
        } else if (value instanceof Document document) {
            writeObject(generator, document);
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, element);
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

    private static void writeObject(JsonGenerator generator, Document document) {
        generator.writeStartObject();
        for (int i = 0; i < document.size(); i++) {
            generator.writeName(document.shape().name(i));
            write(generator, document.value(i));
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
