package io.deltatrace.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Gives documents exactly the fields of a template: others are dropped, missing ones added at the end with its values. Not
 * thread-safe: each run of a query has its own.
 *
 * <p>It remembers where the fields come from for the last shape it met, as {@link FieldReader} does.
 */
public final class TemplateFitting implements UnaryOperator<Document> {

    private final Document template;
    private @Nullable Shape seen;
    private Shape made = Shape.EMPTY;

    /** For each field the slot of the document it comes from, or the complement of the template's. */
    private int[] origins = {};

    /** To a template. */
    public TemplateFitting(Document template) {
        this.template = template;
    }

    @Override
    public Document apply(Document document) {
        Shape shape = document.shape();
        if (shape == template.shape()) {
            return document;
        }
        if (shape != seen) {
            meet(shape);
        }
        @Nullable Object[] values = Document.places(origins.length);
        for (int i = 0; i < origins.length; i++) {
            int origin = origins[i];
            values[i] = origin >= 0 ? document.value(origin) : template.value(~origin);
        }
        return new Document(made, values);
    }

    private void meet(Shape shape) {
        List<String> names = new ArrayList<>();
        int[] slots = new int[shape.size() + template.size()];
        for (int slot = 0; slot < shape.size(); slot++) {
            if (template.has(shape.name(slot))) {
                slots[names.size()] = slot;
                names.add(shape.name(slot));
            }
        }
        for (int slot = 0; slot < template.size(); slot++) {
            String name = template.shape().name(slot);
            if (shape.slot(name) == Shape.ABSENT) {
                slots[names.size()] = ~slot;
                names.add(name);
            }
        }
        seen = shape;
        made = Shape.of(names.toArray(new String[0]), names.size());
        origins = Arrays.copyOf(slots, names.size());
    }
}
