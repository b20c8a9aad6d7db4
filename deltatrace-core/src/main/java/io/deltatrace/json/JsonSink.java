package io.deltatrace.json;

import io.deltatrace.document.Document;
import io.deltatrace.document.DocumentWriter;
import io.deltatrace.document.Timestamps;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the fields of wire objects; what is null is written as null, because every field is always there. */
final class JsonSink {

    private final JsonGenerator out;

    JsonSink(JsonGenerator out) {
        this.out = out;
    }

    JsonGenerator generator() {
        return out;
    }

    void object(String className, String version, Runnable fields) {
        out.writeStartObject();
        text("className", className);
        text("version", version);
        fields.run();
        out.writeEndObject();
    }

    void text(String name, @Nullable String value) {
        value(name, value);
    }

    void bool(String name, boolean value) {
        out.writeBooleanProperty(name, value);
    }

    void number(String name, long value) {
        out.writeNumberProperty(name, value);
    }

    void number(String name, double value) {
        out.writeNumberProperty(name, value);
    }

    void instant(String name, @Nullable Instant value) {
        value(name, value == null ? null : Timestamps.format(value));
    }

    /** A field with a value that a document can hold. */
    void value(String name, @Nullable Object value) {
        out.writeName(name);
        DocumentWriter.write(out, value);
    }

    /** A field with a value that somebody else writes. */
    <T> void field(String name, @Nullable T value, Consumer<T> writer) {
        out.writeName(name);
        if (value == null) {
            out.writeNull();
        } else {
            writer.accept(value);
        }
    }

    <T> void array(String name, @Nullable Collection<T> elements, Consumer<T> writer) {
        field(name, elements, present -> {
            out.writeStartArray();
            present.forEach(writer);
            out.writeEndArray();
        });
    }

    void emptyArray(String name) {
        out.writeArrayPropertyStart(name);
        out.writeEndArray();
    }

    void documents(String name, @Nullable Collection<Document> documents) {
        array(name, documents, document -> DocumentWriter.write(out, document));
    }

    void texts(String name, @Nullable Collection<String> texts) {
        array(name, texts, out::writeString);
    }

    <T> void map(String name, @Nullable Map<String, T> entries, Consumer<T> writer) {
        field(name, entries, present -> {
            out.writeStartObject();
            present.forEach((key, value) -> field(key, value, writer));
            out.writeEndObject();
        });
    }
}
