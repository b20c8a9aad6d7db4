package io.deltatrace.document;

import org.jspecify.annotations.Nullable;

/** How the values of one Java type are written and read without Jackson, with the same outcome. Thread-safe. */
interface ValueMapping {

    /** What {@link #toObject} answers if the value is not one that needs no more than a look: Jackson knows what to do, or what to say. */
    Object UNSURE = new Object();

    /**
     * The value of an object.
     *
     * @param object of the type, not null
     * @throws RuntimeException if there is none; Jackson knows why
     */
    @Nullable
    Object toValue(Object object);

    /**
     * The object of a value, or {@link #UNSURE}. Lists and maps are unmodifiable.
     *
     * @param value not null
     */
    @Nullable
    Object toObject(Object value);

    /**
     * The objects of the first values of an array; null if one is {@link #UNSURE}. It is the array itself if each value is its own
     * object: texts and most numbers are, and what cannot change need not be copied.
     */
    default @Nullable Object @Nullable [] toObjects(@Nullable Object[] values, int count) {
        @Nullable Object[] objects = values;
        for (int i = 0; i < count; i++) {
            Object value = values[i];
            Object object = value == null ? null : toObject(value);
            if (object == UNSURE) {
                return null;
            }
            if (object != value) {
                if (objects == values) {
                    objects = new @Nullable Object[count];
                    System.arraycopy(values, 0, objects, 0, count);
                }
                objects[i] = object;
            }
        }
        return objects;
    }

    /**
     * Whether an object can never change, nor anything that is in it.
     *
     * @param object of the type, which need not be made by this: the constructor of a record may have put another one there
     */
    boolean isImmutable(Object object);

    /** Whether all of many objects, some of which may be null, can never change. */
    default boolean areImmutable(Iterable<?> objects) {
        for (Object object : objects) {
            if (object != null && !isImmutable(object)) {
                return false;
            }
        }
        return true;
    }
}
