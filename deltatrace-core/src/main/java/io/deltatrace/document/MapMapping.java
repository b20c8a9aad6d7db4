package io.deltatrace.document;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mapping of maps from names to what another mapping is for. */
final class MapMapping implements ValueMapping {

    private final ValueMapping values;
    private final UsualTypes types;

    /** The names that the last map had, as the next may have the same. */
    private volatile Shape expected = Shape.EMPTY;

    MapMapping(ValueMapping values, UsualTypes types) {
        this.values = values;
        this.types = types;
    }

    @Override
    public Document toValue(Object object) {
        types.require(object);
        Shape known = expected;
        DocumentBuilder builder = new DocumentBuilder(known);
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) object).entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw new UnsupportedValue("Not a string for a key");
            }
            Object value = entry.getValue();
            builder.putValue(Values.requireText(name), value == null ? null : values.toValue(value));
        }
        Document document = builder.build();
        if (document.shape() != known) {
            expected = document.shape();
        }
        return document;
    }

    @Override
    public Object toObject(Object value) {
        if (!(value instanceof Document document)) {
            return UNSURE;
        }
        Map<String, @Nullable Object> objects = new LinkedHashMap<>(capacity(document.size()));
        for (int i = 0; i < document.size(); i++) {
            Object part = document.value(i);
            Object object = part == null ? null : values.toObject(part);
            if (object == UNSURE) {
                return UNSURE;
            }
            objects.put(document.shape().name(i), object);
        }
        return objects;
    }

    /** Of a hash table that shall not grow, and not be larger than one that has grown. */
    private static int capacity(int size) {
        return Math.max(2, size * 4 / 3 + 1);
    }
}
