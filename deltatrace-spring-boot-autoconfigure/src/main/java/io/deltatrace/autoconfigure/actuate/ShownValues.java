package io.deltatrace.autoconfigure.actuate;

import io.deltatrace.document.Document;
import io.deltatrace.document.DocumentMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;

/**
 * Values as one caller is shown them. What is hidden keeps its structure: objects their names, arrays their length, and null is
 * null. Made for one answer or a part of it; not thread-safe.
 */
final class ShownValues {

    private final ValueRules rules;
    private final boolean mayBeSeen;
    private boolean anyHidden;

    ShownValues(ValueRules rules, boolean mayBeSeen) {
        this.rules = rules;
        this.mayBeSeen = mayBeSeen;
    }

    /** Whether any value so far was hidden, or shown otherwise than it is. */
    boolean anyHidden() {
        return anyHidden;
    }

    /** A document as it is shown. */
    @Nullable
    Object document(@Nullable String collection, @Nullable Document document) {
        return value(collection, "", document);
    }

    /**
     * A value as it is shown.
     *
     * @param collection where it is from; null if it is in no collection
     * @param path the dotted path to it; elements of an array are at the path of the array
     */
    @Nullable
    Object value(@Nullable String collection, String path, @Nullable Object value) {
        Object shown = shown(collection, path, value);
        try {
            return DocumentMapper.standard().toValue(shown);
        } catch (IllegalArgumentException e) {
            // What is shown in place of values can be longer than they are, and the whole longer than a document can
            // be.
            anyHidden = true;
            return SanitizableData.SANITIZED_VALUE;
        }
    }

    private @Nullable Object shown(@Nullable String collection, String path, @Nullable Object value) {
        if (value instanceof Document document) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            document.asMap()
                    .forEach((name, field) ->
                            fields.put(name, shown(collection, path.isEmpty() ? name : path + "." + name, field)));
            return fields;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>(list.size());
            list.forEach(element -> elements.add(shown(collection, path, element)));
            return elements;
        }
        if (value == null) {
            return null;
        }
        Object shown = rules.apply(collection, path, value, mayBeSeen);
        anyHidden |= !value.equals(shown);
        return shown;
    }
}
