package io.deltatrace.autoconfigure.actuate;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/** What is shown of values to those who may see them: all but the masked fields, and what the application sanitizes. */
final class ValueRules {

    private final List<MaskedField> maskedFields;
    private final Sanitizer sanitizer;

    ValueRules(Collection<String> maskedFields, Iterable<SanitizingFunction> sanitizingFunctions) {
        this.maskedFields = maskedFields.stream().map(MaskedField::parse).toList();
        this.sanitizer = new Sanitizer(sanitizingFunctions);
    }

    /** The value at a path, or what is shown in its place. */
    @Nullable
    Object apply(@Nullable String collection, String path, Object value, boolean mayBeSeen) {
        boolean masked = maskedFields.stream().anyMatch(field -> field.covers(collection, path));
        return sanitizer.sanitize(new SanitizableData(null, path, value), mayBeSeen && !masked);
    }
}
