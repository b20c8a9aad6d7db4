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
     * The object of a value, or {@link #UNSURE}.
     *
     * @param value not null
     */
    @Nullable
    Object toObject(Object value);
}
