package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** Compares what is converted by method handles with what Jackson converts. */
final class AsJackson {

    static final JsonMapper JACKSON = JsonMapper.builder()
            .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
            .build();

    private static final Map<JsonMapper, Both> BOTH = new HashMap<>();

    private AsJackson() {}

    /** What converts with method handles if it can, and what never does. */
    private record Both(DocumentMapper fast, DocumentMapper slow) {

        static Both of(JsonMapper mapper) {
            return BOTH.computeIfAbsent(
                    mapper, set -> new Both(DocumentMapper.of(set), DocumentMapper.of(unknown(set))));
        }
    }

    /** A mapper that does as the given one, of which nothing can be known for sure. */
    static JsonMapper unknown(JsonMapper mapper) {
        return mapper.rebuild()
                .annotationIntrospector(new JacksonAnnotationIntrospector() {
                    private static final long serialVersionUID = 1;
                })
                .build();
    }

    static boolean isMapped(Class<?> type, JsonMapper mapper) {
        return RecordMappings.find(type, DocumentMapper.of(mapper), mapper) != null;
    }

    /** The document of an object, by method handles. */
    static Document document(Object object) {
        return Both.of(JACKSON).fast().toDocument(object);
    }

    /** What came of it: the text of a document, an object, or the message of the problem. */
    private static Object outcome(Supplier<Object> conversion) {
        try {
            Object result = conversion.get();
            return result instanceof Document document ? document.toString() : result;
        } catch (IllegalArgumentException e) {
            return "Refused: " + e.getMessage();
        }
    }

    static void assertAsJackson(JsonMapper mapper, Object object, Document document) {
        DocumentMapper fast = Both.of(mapper).fast();
        DocumentMapper slow = Both.of(mapper).slow();
        assertThat(outcome(() -> fast.toDocument(object))).isEqualTo(outcome(() -> slow.toDocument(object)));
        assertThat(outcome(() -> fast.toObject(document, object.getClass())))
                .isEqualTo(outcome(() -> slow.toObject(document, object.getClass())));
    }

    static void assertAsJackson(JsonMapper mapper, Object object) {
        Object written = outcome(() -> Both.of(mapper).slow().toDocument(object));
        assertAsJackson(
                mapper,
                object,
                written.toString().startsWith("{") ? Document.parse((String) written) : Document.empty());
    }
}
