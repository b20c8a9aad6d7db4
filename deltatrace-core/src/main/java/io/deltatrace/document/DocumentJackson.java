package io.deltatrace.document;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** Lets any Jackson mapper read and write a {@link Document}, as a controller's body or as a field of another type. */
final class DocumentJackson {

    private DocumentJackson() {}

    static final class Serializer extends ValueSerializer<Document> {

        @Override
        public void serialize(Document document, JsonGenerator generator, SerializationContext context) {
            DocumentWriter.writeToForeign(generator, document);
        }
    }

    static final class Deserializer extends ValueDeserializer<Document> {

        @Override
        public Document deserialize(JsonParser parser, DeserializationContext context) {
            try {
                return new DocumentReader(parser, JsonLimits.DEFAULT).readDocument();
            } catch (JsonFormatException e) {
                return context.reportInputMismatch(Document.class, "%s", e.problem());
            }
        }
    }
}
