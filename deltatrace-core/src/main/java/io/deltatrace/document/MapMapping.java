package io.deltatrace.document;

import java.util.Map;

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
        return value instanceof Document document ? FieldMap.of(document, values) : UNSURE;
    }

    @Override
    public boolean isImmutable(Object object) {
        return FieldMap.isImmutable((Map<?, ?>) object, values);
    }
}
