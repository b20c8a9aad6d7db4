package io.deltatrace.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TemplateFittingTests {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    private final Random random = new Random(11);

    private Document someFields(int tag) {
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        DocumentBuilder builder = Document.builder();
        names.subList(0, random.nextInt(NAMES.size() + 1)).forEach(name -> builder.put(name, value(name + tag)));
        return builder.build();
    }

    private Object value(String text) {
        return switch (random.nextInt(4)) {
            case 0 -> Map.of("inner", Map.of("text", text));
            case 1 -> List.of(text, 1);
            default -> text;
        };
    }

    private static Document fittedFieldByField(Document document, Document template) {
        Map<String, Object> fields = new LinkedHashMap<>(document.asMap());
        fields.keySet().retainAll(template.names());
        template.asMap().forEach(fields::putIfAbsent);
        return Document.of(fields);
    }

    @Test
    void documentsOfManyShapes_haveTheFieldsOfTheTemplate_oneAfterTheOther() {
        for (int tries = 0; tries < 100; tries++) {
            Document template = someFields(-1);
            TemplateFitting fitting = new TemplateFitting(template);
            for (int tag = 0; tag < 50; tag++) {
                Document document = someFields(tag / 2);
                Document fitted = fitting.apply(document);

                assertThat(fitted)
                        .hasToString(fittedFieldByField(document, template).toString());
                assertThat(fitted.extent())
                        .isEqualTo(Document.parse(fitted.toString()).extent());
            }
        }
    }

    @Test
    void documentThatFits_staysTheSame() {
        Document document = Document.parse("{\"a\": 1, \"b\": 2}");

        assertThat(new TemplateFitting(Document.parse("{\"a\": 0, \"b\": 0}")).apply(document))
                .isSameAs(document);
    }
}
