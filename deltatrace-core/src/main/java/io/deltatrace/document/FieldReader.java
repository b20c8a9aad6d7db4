package io.deltatrace.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one path from many documents. Not thread-safe: each run of a query has its own.
 *
 * <p>For each name on the path it remembers the slot in the last shape it met, which is an inline cache (Deutsch,
 * Schiffman: "Efficient implementation of the Smalltalk-80 system", POPL 1984): over documents of one shape, a read is a
 * comparison and an array access.
 */
public final class FieldReader {

    private final String[] names;
    private final Shape[] shapes;
    private final int[] slots;

    FieldReader(List<String> segments) {
        this.names = segments.toArray(new String[0]);
        this.shapes = new Shape[names.length];
        this.slots = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            shapes[i] = Shape.EMPTY;
            slots[i] = Shape.ABSENT;
        }
    }

    /** The value at the path, or null. */
    public @Nullable Object read(Document document) {
        Document object = document;
        int last = names.length - 1;
        for (int i = 0; i < last; i++) {
            if (!(step(object, i) instanceof Document inner)) {
                return null;
            }
            object = inner;
        }
        return step(object, last);
    }

    private @Nullable Object step(Document object, int i) {
        Shape shape = object.shape();
        if (shape != shapes[i]) {
            shapes[i] = shape;
            slots[i] = shape.slot(names[i]);
        }
        return slots[i] == Shape.ABSENT ? null : object.value(slots[i]);
    }
}
