package io.deltatrace.document;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * An immutable JSON object that keeps its fields in the order in which they were added.
 *
 * <p>A value is {@code null}, a {@link Boolean}, a {@link String}, a number, an unmodifiable {@link List} of values or a
 * nested document. An integer is a {@link Long}, or a {@link java.math.BigInteger} where a long is too small; any other
 * number is a {@link Double}, or a {@link java.math.BigDecimal} where a double would change its digits.
 *
 * <p>Two documents are equal if they are equal as JSON: the order of fields does not count, and numbers are compared by
 * value, so {@code 1} equals {@code 1.0}. Documents may be shared between threads freely.
 */
@JsonSerialize(using = DocumentJackson.Serializer.class)
@JsonDeserialize(using = DocumentJackson.Deserializer.class)
public final class Document {

    /** How deep objects and arrays may be nested, the document itself included. */
    public static final int MAX_DEPTH = 100;

    /** How large a document may be, counted as {@link JsonLimits#maxDocumentSize()} is. */
    public static final int MAX_SIZE = 16 * 1024 * 1024;

    private static final Document EMPTY = new Document(Shape.EMPTY, new Object[0]);

    private final Shape shape;
    private final @Nullable Object[] values;
    private final int extent;

    /** Takes ownership of the array; its values must be of the kinds a document can hold. */
    Document(Shape shape, @Nullable Object[] values) {
        this(shape, values, Extent.of(shape, values));
    }

    private Document(Shape shape, @Nullable Object[] values, int extent) {
        this.shape = shape;
        this.values = values;
        this.extent = extent;
    }

    /** The document without fields. */
    public static Document empty() {
        return EMPTY;
    }

    /** An empty builder. */
    public static DocumentBuilder builder() {
        return new DocumentBuilder(Shape.EMPTY);
    }

    /**
     * The document of a map, a record or a JavaBean, converted by {@link DocumentMapper#standard()}.
     *
     * @throws IllegalArgumentException if the object is not a JSON object, or holds a value that JSON cannot express; the
     *     message has the path to it
     */
    public static Document of(Object source) {
        return DocumentMapper.standard().toDocument(source);
    }

    /**
     * The document that a JSON text describes.
     *
     * @throws JsonFormatException if the text is not one JSON object, or is beyond {@link JsonLimits#DEFAULT}
     */
    public static Document parse(String json) {
        return DocumentReader.parse(json);
    }

    /** The value of a top-level field; null if it is null or not there. */
    public @Nullable Object get(String name) {
        int slot = shape.slot(name);
        return slot == Shape.ABSENT ? null : values[slot];
    }

    /** The value at a dotted path such as {@code address.geo.lat}; null if it is null or anything on the way is missing. */
    public @Nullable Object at(String path) {
        return FieldPath.of(path).read(this);
    }

    /** Whether there is a top-level field of that name, with a value or with null. */
    public boolean has(String name) {
        return shape.slot(name) != Shape.ABSENT;
    }

    /** The names of the top-level fields in order. */
    public List<String> names() {
        return shape.names();
    }

    /** The number of top-level fields. */
    public int size() {
        return values.length;
    }

    /**
     * This document with one field set: in place if the field is there, at the end if not.
     *
     * @throws IllegalArgumentException as {@link #of(Object)}
     */
    public Document with(String name, @Nullable Object value) {
        return withValue(name, DocumentMapper.standard().toValue(name, value));
    }

    /** This document with all the fields of another one set in it. */
    public Document withAll(Document other) {
        @Nullable Object[] changed = values.clone();
        long growth = 0;
        int depth = 0;
        for (int i = 0; i < other.values.length; i++) {
            int slot = shape.slot(other.shape.name(i));
            if (slot == Shape.ABSENT || Extent.depthOf(changed[slot]) > 0) {
                return rebuiltWith(other);
            }
            growth += Extent.sizeOf(other.values[i]) - Extent.sizeOf(changed[slot]);
            depth = Math.max(depth, Extent.depthOf(other.values[i]));
            changed[slot] = other.values[i];
        }
        return new Document(shape, changed, Extent.changed(extent, growth, depth));
    }

    private Document rebuiltWith(Document other) {
        DocumentBuilder builder = new DocumentBuilder(shape);
        for (int i = 0; i < values.length; i++) {
            builder.putValue(shape.name(i), values[i]);
        }
        for (int i = 0; i < other.values.length; i++) {
            builder.putValue(other.shape.name(i), other.values[i]);
        }
        return builder.build();
    }

    private Document withValue(String name, @Nullable Object value) {
        int slot = shape.slot(name);
        if (slot == Shape.ABSENT) {
            @Nullable Object[] more = Arrays.copyOf(values, values.length + 1);
            more[values.length] = value;
            return new Document(shape.plus(Values.requireText(name)), more);
        }
        Object before = values[slot];
        @Nullable Object[] changed = values.clone();
        changed[slot] = value;
        return Extent.depthOf(before) > 0
                ? new Document(shape, changed)
                : new Document(
                        shape,
                        changed,
                        Extent.changed(extent, Extent.sizeOf(value) - Extent.sizeOf(before), Extent.depthOf(value)));
    }

    /** This document without one field. */
    public Document without(String name) {
        int slot = shape.slot(name);
        if (slot == Shape.ABSENT) {
            return this;
        }
        @Nullable Object[] fewer = new @Nullable Object[values.length - 1];
        System.arraycopy(values, 0, fewer, 0, slot);
        System.arraycopy(values, slot + 1, fewer, slot, fewer.length - slot);
        return new Document(shape.minus(slot), fewer);
    }

    /** This document with exactly the fields of a template: others are dropped, missing ones added with its values. */
    public Document conformedTo(Document template) {
        return new TemplateFitting(template).apply(this);
    }

    /** An unmodifiable view of this document as a map; nested documents stay documents. */
    public Map<String, @Nullable Object> asMap() {
        return new MapView();
    }

    /**
     * This document as an object of the caller's type, converted by {@link DocumentMapper#standard()}.
     *
     * @throws IllegalArgumentException if the type does not fit the document
     */
    public <T> T as(Class<T> type) {
        return DocumentMapper.standard().toObject(this, type);
    }

    /** As {@link #as(Class)}, for a generic type. */
    public <T> T as(TypeReference<T> type) {
        return DocumentMapper.standard().toObject(this, type);
    }

    /**
     * About how many bytes of memory this document takes: 64, and two and a half for each character as {@link JsonLimits}
     * counts them, names and a few for each value included. It is known without looking at the values, and right within a
     * factor of three for most documents: names are shared and take less, the objects that hold values take more.
     */
    public long estimatedBytes() {
        return 64 + Extent.size(extent) * 5L / 2;
    }

    int extent() {
        return extent;
    }

    Shape shape() {
        return shape;
    }

    @Nullable
    Object value(int slot) {
        return values[slot];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Document that) || values.length != that.values.length) {
            return false;
        }
        boolean sameShape = shape == that.shape;
        for (int i = 0; i < values.length; i++) {
            int slot = sameShape ? i : that.shape.slot(shape.name(i));
            if (slot == Shape.ABSENT || !Values.equal(values[i], that.values[slot])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < values.length; i++) {
            hash += (shape.name(i).hashCode() * 31) ^ Values.hash(values[i]);
        }
        return hash;
    }

    /** The JSON text of this document. */
    @Override
    public String toString() {
        return DocumentWriter.toJson(this);
    }

    /** The fields of this document as map entries, without copying them. */
    private final class MapView extends AbstractMap<String, @Nullable Object> {

        @Override
        public @Nullable Object get(@Nullable Object key) {
            return key instanceof String name ? Document.this.get(name) : null;
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return key instanceof String name && has(name);
        }

        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            return Collections.unmodifiableSet(new AbstractSet<>() {
                @Override
                public int size() {
                    return values.length;
                }

                @Override
                public Iterator<Entry<String, @Nullable Object>> iterator() {
                    return new Entries();
                }
            });
        }
    }

    private final class Entries implements Iterator<Map.Entry<String, @Nullable Object>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public Map.Entry<String, @Nullable Object> next() {
            if (next >= values.length) {
                throw new NoSuchElementException();
            }
            Map.Entry<String, @Nullable Object> entry =
                    new AbstractMap.SimpleImmutableEntry<>(shape.name(next), values[next]);
            next++;
            return entry;
        }
    }
}
