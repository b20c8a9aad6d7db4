package io.deltatrace.document;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A JSON array inside a document: immutable, so that documents can share it. */
final class ArrayValue extends AbstractList<@Nullable Object> implements RandomAccess {

    private final @Nullable Object[] elements;
    private final int extent;

    /** Takes ownership of the array; its elements must be of the kinds a document can hold. */
    ArrayValue(@Nullable Object[] elements) {
        this.elements = elements;
        this.extent = Extent.of(null, elements);
    }

    @Override
    public @Nullable Object get(int index) {
        return elements[index];
    }

    @Override
    public int size() {
        return elements.length;
    }

    /** The array of the elements, which must not be changed. */
    @Nullable
    Object[] elements() {
        return elements;
    }

    int extent() {
        return extent;
    }
}
