package io.deltatrace.document;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    private static final Document EMPTY = new Document(Shape.EMPTY, places(0));

    private final Shape shape;

    /**
     * The values of the fields, and after them what is kept of the last conversion. A field of its own for that would make every
     * document 8 bytes larger; half of all arrays have the place to spare.
     *
     * <p>In the place of a text that a record has as an {@link Instant} there may be that instant, until somebody asks for the text:
     * it takes a third of the memory and belongs to the record anyway, and reading the record again needs no text.
     */
    private final @Nullable Object[] values;

    private final int extent;

    /**
     * Takes ownership of the array, which must be one of {@link #places}, with values of the kinds that a document can hold.
     */
    Document(Shape shape, @Nullable Object[] values) {
        this(shape, values, Extent.of(shape, values));
    }

    private Document(Shape shape, @Nullable Object[] values, int extent) {
        this.shape = shape;
        this.values = values;
        this.extent = extent;
    }

    /** An array for the values of that many fields. */
    static @Nullable Object[] places(int fields) {
        return new @Nullable Object[fields + 1];
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
        return slot == Shape.ABSENT ? null : value(slot);
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
        return shape.size();
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
        @Nullable Object[] changed = copied(size());
        long growth = 0;
        int depth = 0;
        for (int i = 0; i < other.size(); i++) {
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
        for (int i = 0; i < size(); i++) {
            builder.putValue(shape.name(i), values[i]);
        }
        for (int i = 0; i < other.size(); i++) {
            builder.putValue(other.shape.name(i), other.values[i]);
        }
        return builder.build();
    }

    private Document withValue(String name, @Nullable Object value) {
        int slot = shape.slot(name);
        if (slot == Shape.ABSENT) {
            @Nullable Object[] more = copied(size() + 1);
            more[size()] = value;
            return new Document(shape.plus(Values.requireText(name)), more);
        }
        Object before = values[slot];
        @Nullable Object[] changed = copied(size());
        changed[slot] = value;
        return Extent.depthOf(before) > 0
                ? new Document(shape, changed)
                : new Document(
                        shape,
                        changed,
                        Extent.changed(extent, Extent.sizeOf(value) - Extent.sizeOf(before), Extent.depthOf(value)));
    }

    /** An array for that many fields, the first of which have the values of this document. */
    private @Nullable Object[] copied(int fields) {
        @Nullable Object[] copy = places(fields);
        System.arraycopy(values, 0, copy, 0, size());
        return copy;
    }

    /** This document without one field. */
    public Document without(String name) {
        int slot = shape.slot(name);
        if (slot == Shape.ABSENT) {
            return this;
        }
        @Nullable Object[] fewer = places(size() - 1);
        System.arraycopy(values, 0, fewer, 0, slot);
        System.arraycopy(values, slot + 1, fewer, slot, size() - 1 - slot);
        return new Document(shape.minus(slot), fewer);
    }

    /** This document with exactly the fields of a template: others are dropped, missing ones added with its values. */
    public Document conformedTo(Document template) {
        return new TemplateFitting(template).apply(this);
    }

    /**
     * This document with other fields, some of which it had already.
     *
     * @param dropped the places of those that are gone
     * @param growth what it grows by, apart from the values of these
     * @param depth how deep what is new is nested
     */
    Document fitted(Shape made, @Nullable Object[] fitted, int[] dropped, long growth, int depth) {
        long grown = growth;
        for (int slot : dropped) {
            if (Extent.depthOf(values[slot]) > 0) {
                return new Document(made, fitted);
            }
            grown -= Extent.sizeOf(values[slot]);
        }
        return new Document(made, fitted, Extent.changed(extent, grown, depth));
    }

    /** An unmodifiable view of this document as a map; nested documents stay documents. */
    public Map<String, @Nullable Object> asMap() {
        return FieldMap.of(this);
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

    /** The value of a field. Threads may put the same text into a place at the same time, as with {@link #keep}. */
    @Nullable
    Object value(int slot) {
        Object stored = values[slot];
        if (stored instanceof Instant instant) {
            stored = CanonicalInstant.format(instant);
            values[slot] = stored;
        }
        return stored;
    }

    /** The value of a field, or the instant whose text it is. */
    @Nullable
    Object stored(int slot) {
        return values[slot];
    }

    /** The array that begins with the values of the fields, of which none is an instant any more; it must not be changed. */
    @Nullable
    Object[] values() {
        for (int i = 0; i < size(); i++) {
            value(i);
        }
        return values;
    }

    /** The object that a mapping has made of this document, if it is kept; null if not. */
    @Nullable
    Object kept(RecordMapping mapping) {
        return values[size()] instanceof Kept kept && kept.mapping() == mapping ? kept.object() : null;
    }

    /**
     * Keeps an object that a mapping has made of this document, in place of what was kept before. Only who reads it again is faster:
     * nothing else sees it.
     *
     * <p>Threads do that at the same time, and without any order. Each sees nothing, or one of the objects, and that whole: all of
     * its fields are final, because it is a record or made by a mapping, and so are those of {@link Kept} (JLS 17.5).
     *
     * @param object which can never change
     */
    void keep(RecordMapping mapping, Object object) {
        values[size()] = new Kept(mapping, object);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Document that) || size() != that.size()) {
            return false;
        }
        boolean sameShape = shape == that.shape;
        for (int i = 0; i < size(); i++) {
            int slot = sameShape ? i : that.shape.slot(shape.name(i));
            if (slot == Shape.ABSENT || !Values.equal(value(i), that.value(slot))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (int i = 0; i < size(); i++) {
            hash += (shape.name(i).hashCode() * 31) ^ Values.hash(value(i));
        }
        return hash;
    }

    /** The JSON text of this document. */
    @Override
    public String toString() {
        return DocumentWriter.toJson(this);
    }
}
