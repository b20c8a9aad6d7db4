package io.deltatrace.document;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON streams of the wire format, set up in one place and independent of any application's mapper.
 *
 * <p>Doubles are written with the fewest digits that read back equal (Giulietti: "The Schubfach way to render doubles",
 * 2020), on every JDK alike, because journals and hashes must not depend on the JDK that wrote them.
 */
public final class JsonStreams {

    // Room for the envelopes around a document or a condition of the permitted depth, and no danger to any stack.
    private static final int MAX_NESTING = 4 * Document.MAX_DEPTH;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNameLength(Document.MAX_SIZE)
                    .build())
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            // What broke off in the middle must not look complete.
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();

    private JsonStreams() {}

    /** A parser of a text. */
    public static JsonParser parser(String json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    /** A parser of UTF-8 bytes. */
    public static JsonParser parser(byte[] json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    /** A parser of UTF-8, UTF-16 or UTF-32 bytes; closing it closes the stream. */
    public static JsonParser parser(InputStream json) {
        return FACTORY.createParser(ObjectReadContext.empty(), json);
    }

    /** A generator of UTF-8 bytes; closing it closes the stream. */
    public static JsonGenerator generator(OutputStream target) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), target);
    }

    /** A generator of text; closing it closes the writer. */
    public static JsonGenerator generator(Writer target) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), target);
    }
}
