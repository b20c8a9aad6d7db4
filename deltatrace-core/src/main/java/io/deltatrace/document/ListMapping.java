package io.deltatrace.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mapping of lists of what another mapping is for. */
record ListMapping(ValueMapping elements, UsualTypes types) implements ValueMapping {

    @Override
    public Object toValue(Object object) {
        types.require(object);
        List<@Nullable Object> values = new ArrayList<>();
        for (Object element : (Collection<?>) object) {
            values.add(element == null ? null : elements.toValue(element));
        }
        return new ArrayValue(values.toArray());
    }

    @Override
    public Object toObject(Object value) {
        if (!(value instanceof ArrayValue array)) {
            return UNSURE;
        }
        List<@Nullable Object> objects = new ArrayList<>(array.size());
        for (Object element : array) {
            Object object = element == null ? null : elements.toObject(element);
            if (object == UNSURE) {
                return UNSURE;
            }
            objects.add(object);
        }
        return objects;
    }
}
