package io.deltatrace.document;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;

/**
 * Collects the fields of one {@link Document}. Not thread-safe.
 *
 * <p>A builder may expect a shape. While the names arrive as expected, neither a look-up nor a hash is needed: rows of one
 * table, parsed one after another, cost one comparison per name.
 */
public final class DocumentBuilder {

    private static final int SCAN_LIMIT = 8;

    private Shape expected;
    private SerializableString @Nullable [] encodedNames;
    private String[] names;
    private @Nullable Object[] values;
    private int size;
    private boolean asExpected = true;
    private @Nullable Map<String, Integer> slots;

    DocumentBuilder(Shape expected) {
        this.expected = expected;
        int capacity = Math.max(expected.size(), SCAN_LIMIT);
        this.names = new String[capacity];
        this.values = new @Nullable Object[capacity];
    }

    /** Begins another document, of which a shape is expected; what was built stays as it is. */
    void begin(Shape next) {
        expected = next;
        encodedNames = next.encoded();
        size = 0;
        asExpected = true;
        slots = null;
    }

    /**
     * Sets a field. A name that was set before keeps its place and takes the new value.
     *
     * @throws IllegalArgumentException as {@link Document#of(Object)}
     */
    public DocumentBuilder put(String name, @Nullable Object value) {
        return putValue(Values.requireText(name), DocumentMapper.standard().toValue(name, value));
    }

    /** Whether the next field has this name in the shape that is expected. */
    boolean expects(String name) {
        return asExpected && size < expected.size() && expected.name(size).equals(name);
    }

    /** The next field's name in the shape that is expected, as it is in JSON text; null if none is, or it is not at hand. */
    @Nullable
    SerializableString expectedName() {
        SerializableString[] encoded = encodedNames;
        return encoded != null && asExpected && size < encoded.length ? encoded[size] : null;
    }

    /** Sets a field to a value that is known to be of a kind a document can hold. */
    DocumentBuilder putValue(String name, @Nullable Object value) {
        if (expects(name)) {
            append(expected.name(size), value);
            return this;
        }
        asExpected = false;
        int slot = slot(Objects.requireNonNull(name, "name"));
        if (slot == Shape.ABSENT) {
            append(name, value);
        } else {
            values[slot] = value;
        }
        return this;
    }

    /** The document of the fields so far; the builder may be used further. */
    public Document build() {
        Shape shape = asExpected && size == expected.size() ? expected : Shape.of(names, size);
        @Nullable Object[] own = Document.places(size);
        System.arraycopy(values, 0, own, 0, size);
        return new Document(shape, own);
    }

    private int slot(String name) {
        if (size > SCAN_LIMIT) {
            return slots().getOrDefault(name, Shape.ABSENT);
        }
        for (int i = 0; i < size; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return Shape.ABSENT;
    }

    private Map<String, Integer> slots() {
        Map<String, Integer> index = slots;
        if (index == null) {
            index = new HashMap<>();
            for (int i = 0; i < size; i++) {
                index.put(names[i], i);
            }
            slots = index;
        }
        return index;
    }

    private void append(String name, @Nullable Object value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = name;
        values[size] = value;
        if (slots != null) {
            slots.put(name, size);
        }
        size++;
    }
}
