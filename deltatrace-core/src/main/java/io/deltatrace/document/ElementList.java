package io.deltatrace.document;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable list of what an array has; it may share the array with the document that it was read from. Serialized it is a
 * list of the JDK.
 */
final class ElementList extends AbstractList<@Nullable Object> implements RandomAccess, Serializable {

    private static final long serialVersionUID = 1;

    /** The classes of lists that nobody can change: this one, and those that a record's constructor gets from {@link List#copyOf}. */
    private static final Set<Class<?>> UNCHANGING = new HashSet<>(
            List.of(ElementList.class, List.of().getClass(), List.of(1).getClass()));

    private final transient @Nullable Object[] objects;

    /** Whether what it has are values of a document, which never change; there is no need to look at them then. */
    private final transient boolean hasValues;

    private ElementList(@Nullable Object[] objects, boolean hasValues) {
        this.objects = objects;
        this.hasValues = hasValues;
    }

    /** The list of what a mapping makes of the elements of an array, or {@link ValueMapping#UNSURE}. */
    static Object of(ArrayValue array, ValueMapping mapping) {
        @Nullable Object[] elements = array.elements();
        @Nullable Object[] objects = mapping.toObjects(elements, array.size());
        return objects == null ? ValueMapping.UNSURE : new ElementList(objects, objects == elements);
    }

    /** Whether a list can never change, nor anything that is in it, which is of the type that a mapping is for. */
    static boolean isImmutable(List<?> list, ValueMapping mapping) {
        return (list instanceof ElementList own && own.hasValues)
                || (UNCHANGING.contains(list.getClass()) && mapping.areImmutable(list));
    }

    @Override
    public @Nullable Object get(int index) {
        return objects[index];
    }

    @Override
    public int size() {
        return objects.length;
    }

    private Object writeReplace() {
        return Collections.unmodifiableList(new ArrayList<>(this));
    }
}
