package io.deltatrace.document;

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
        Map<?, ?> map = (Map<?, ?>) object;
        Shape known = expected;
        Document asLast = ofShape(known, map);
        if (asLast != null) {
            return asLast;
        }
        DocumentBuilder builder = new DocumentBuilder(known);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw new UnsupportedValue("Not a string for a key");
            }
            builder.putValue(Values.requireText(name), value(entry));
        }
        Document document = builder.build();
        if (document.shape() != known) {
            expected = document.shape();
        }
        return document;
    }

    /** The document of a map with the names of a shape in their order; null if it has others. */
    private @Nullable Document ofShape(Shape shape, Map<?, ?> map) {
        @Nullable Object[] places = Document.places(shape.size());
        int slot = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (slot == shape.size() || !shape.name(slot).equals(entry.getKey())) {
                return null;
            }
            places[slot++] = value(entry);
        }
        return slot == shape.size() ? new Document(shape, places) : null;
    }

    private @Nullable Object value(Map.Entry<?, ?> entry) {
        Object value = entry.getValue();
        return value == null ? null : values.toValue(value);
    }

    @Override
    public Object toObject(Object value) {
        return value instanceof Document document ? FieldMap.of(document, values) : UNSURE;
    }

    @Override
    public boolean isImmutable(Object object) {
        return FieldMap.isImmutable((Map<?, ?>) object, values);
    }
}
