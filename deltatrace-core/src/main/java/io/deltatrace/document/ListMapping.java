package io.deltatrace.document;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mapping of lists of what another mapping is for. */
record ListMapping(ValueMapping elements, UsualTypes types) implements ValueMapping {

    @Override
    public Object toValue(Object object) {
        types.require(object);
        @Nullable Object[] values = ((Collection<?>) object).toArray();
        for (int i = 0; i < values.length; i++) {
            Object element = values[i];
            values[i] = element == null ? null : elements.toValue(element);
        }
        return new ArrayValue(values);
    }

    @Override
    public Object toObject(Object value) {
        return value instanceof ArrayValue array ? ElementList.of(array, elements) : UNSURE;
    }

    @Override
    public boolean isImmutable(Object object) {
        return ElementList.isImmutable((List<?>) object, elements);
    }
}
