package io.deltatrace.json;

import io.deltatrace.document.Document;
import io.deltatrace.document.DocumentWriter;
import io.deltatrace.document.Timestamps;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * Writes the fields of wire objects; what is null is written as null, because every field is always there.
 *
 * <p>Most fields of most requests are null, and all names are known; so both are kept as they are written.
 */
final class JsonSink {

    private static final Map<String, Name> NAMES = new ConcurrentHashMap<>();

    private final JsonGenerator out;

    /**
     * A name that the program gives to fields.
     *
     * @param written the name as it is written
     * @param withNull the field if it is null and not the first of its object
     */
    private record Name(SerializableString written, SerializableString withNull) {

        static Name of(String name) {
            return new Name(new SerializedString(name), new SerializedString(",\"" + name + "\":null"));
        }
    }

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
        name(name);
        out.writeBoolean(value);
    }

    void number(String name, long value) {
        name(name);
        out.writeNumber(value);
    }

    void number(String name, double value) {
        name(name);
        out.writeNumber(value);
    }

    void instant(String name, @Nullable Instant value) {
        value(name, value == null ? null : Timestamps.format(value));
    }

    /** A field with a value that a document can hold. */
    void value(String name, @Nullable Object value) {
        if (value == null) {
            absent(name);
        } else {
            name(name);
            DocumentWriter.write(out, value);
        }
    }

    private void name(String name) {
        out.writeName(known(name).written());
    }

    private static Name known(String name) {
        // Nearly all are there, and looking does not lock.
        Name known = NAMES.get(name);
        return known == null ? NAMES.computeIfAbsent(name, Name::of) : known;
    }

    private void absent(String name) {
        if (out.streamWriteContext().getCurrentIndex() == 0) {
            name(name);
            out.writeNull();
        } else {
            out.writeRaw(known(name).withNull());
        }
    }

    /** A field with a value that somebody else writes. */
    <T> void field(String name, @Nullable T value, Consumer<T> writer) {
        if (value == null) {
            absent(name);
        } else {
            name(name);
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
        name(name);
        out.writeStartArray();
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
            present.forEach((key, value) -> {
                // Names of collections come and go, and are not kept.
                out.writeName(key);
                writer.accept(value);
            });
            out.writeEndObject();
        });
    }
}
