package io.deltatrace.document;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of what is declared as no more than an object: of texts, numbers, booleans, and of maps and collections with them.
 */
record UntypedMapping(DocumentMapper documents, UsualTypes types) implements ValueMapping {

    @Override
    public @Nullable Object toValue(Object object) {
        require(object, 1);
        return documents.toValue(object);
    }

    private void require(Object object, int depth) {
        types.require(object);
        if (object instanceof Map<?, ?> map) {
            requireAll(map.values(), depth);
        } else if (object instanceof Collection<?> collection) {
            requireAll(collection, depth);
        }
    }

    private void requireAll(Collection<?> parts, int depth) {
        if (depth > Document.MAX_DEPTH) {
            throw new UnsupportedValue("Objects and arrays are nested deeper than " + Document.MAX_DEPTH);
        }
        for (Object part : parts) {
            if (part != null) {
                require(part, depth + 1);
            }
        }
    }

    @Override
    public Object toObject(Object value) {
        if (value instanceof String || value instanceof Long || value instanceof Double || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Document document) {
            return FieldMap.of(document, this);
        }
        return value instanceof ArrayValue array ? ElementList.of(array, this) : UNSURE;
    }

    @Override
    public boolean isImmutable(Object object) {
        if (object instanceof Map<?, ?> map) {
            return FieldMap.isImmutable(map, this);
        }
        return object instanceof List<?> list
                ? ElementList.isImmutable(list, this)
                : object instanceof String
                        || object instanceof Long
                        || object instanceof Double
                        || object instanceof Boolean;
    }
}
