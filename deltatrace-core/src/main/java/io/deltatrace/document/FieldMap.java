package io.deltatrace.document;

import java.io.Serializable;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An unmodifiable map from the names of a shape to what an array has for each of them, in order; it may share the array with the
 * document that it was read from. Serialized it is a map of the JDK.
 */
final class FieldMap extends AbstractMap<String, @Nullable Object> implements Serializable {

    private static final long serialVersionUID = 1;

    /** The classes of maps that nobody can change: this one, and those that a record's constructor gets from {@link Map#copyOf}. */
    private static final Set<Class<?>> UNCHANGING = new HashSet<>(
            List.of(FieldMap.class, Map.of().getClass(), Map.of(1, 1).getClass()));

    private final transient Shape shape;
    private final transient @Nullable Object[] objects;

    /** Whether what it has are values of a document, which never change; there is no need to look at them then. */
    private final transient boolean hasValues;

    private FieldMap(Shape shape, @Nullable Object[] objects, boolean hasValues) {
        this.shape = shape;
        this.objects = objects;
        this.hasValues = hasValues;
    }

    /** The map of what a document has. */
    static FieldMap of(Document document) {
        return new FieldMap(document.shape(), document.values(), true);
    }

    /** The map of what a mapping makes of the fields of a document, or {@link ValueMapping#UNSURE}. */
    static Object of(Document document, ValueMapping mapping) {
        @Nullable Object[] values = document.values();
        @Nullable Object[] objects = mapping.toObjects(values, document.size());
        return objects == null ? ValueMapping.UNSURE : new FieldMap(document.shape(), objects, objects == values);
    }

    /** Whether a map can never change, nor anything that is in it, which is of the type that a mapping is for. */
    static boolean isImmutable(Map<?, ?> map, ValueMapping mapping) {
        return (map instanceof FieldMap own && own.hasValues)
                || (UNCHANGING.contains(map.getClass()) && mapping.areImmutable(map.values()));
    }

    @Override
    public int size() {
        return shape.size();
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        int slot = slot(key);
        return slot == Shape.ABSENT ? null : objects[slot];
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return slot(key) != Shape.ABSENT;
    }

    private int slot(@Nullable Object key) {
        return key instanceof String name ? shape.slot(name) : Shape.ABSENT;
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return Collections.unmodifiableSet(new AbstractSet<>() {
            @Override
            public int size() {
                return shape.size();
            }

            @Override
            public Iterator<Entry<String, @Nullable Object>> iterator() {
                return new Entries();
            }
        });
    }

    private Object writeReplace() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(this));
    }

    private final class Entries implements Iterator<Map.Entry<String, @Nullable Object>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < shape.size();
        }

        @Override
        public Map.Entry<String, @Nullable Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Map.Entry<String, @Nullable Object> entry =
                    new AbstractMap.SimpleImmutableEntry<>(shape.name(next), objects[next]);
            next++;
            return entry;
        }
    }
}
