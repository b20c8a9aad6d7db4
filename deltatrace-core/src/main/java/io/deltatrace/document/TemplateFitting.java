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

    /** The slots whose values are dropped. */
    private int[] dropped = {};

    /** What documents grow by, apart from the values that are dropped; and the depth of what is added. */
    private long growth;

    private int depth;

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
            values[i] = origin >= 0 ? document.stored(origin) : template.stored(~origin);
        }
        return document.fitted(made, values, dropped, growth, depth);
    }

    private void meet(Shape shape) {
        List<String> names = new ArrayList<>();
        int[] slots = new int[shape.size() + template.size()];
        int[] others = new int[shape.size()];
        int count = 0;
        growth = 0;
        depth = 0;
        for (int slot = 0; slot < shape.size(); slot++) {
            String name = shape.name(slot);
            if (template.has(name)) {
                slots[names.size()] = slot;
                names.add(name);
            } else {
                others[count++] = slot;
                growth -= name.length();
            }
        }
        for (int slot = 0; slot < template.size(); slot++) {
            String name = template.shape().name(slot);
            if (shape.slot(name) == Shape.ABSENT) {
                slots[names.size()] = ~slot;
                names.add(name);
                growth += name.length() + Extent.sizeOf(template.stored(slot));
                depth = Math.max(depth, Extent.depthOf(template.stored(slot)));
            }
        }
        seen = shape;
        made = Shape.of(names.toArray(new String[0]), names.size());
        origins = Arrays.copyOf(slots, names.size());
        dropped = Arrays.copyOf(others, count);
    }
}
