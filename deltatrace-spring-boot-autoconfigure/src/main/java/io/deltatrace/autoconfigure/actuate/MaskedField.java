package io.deltatrace.autoconfigure.actuate;

import org.jspecify.annotations.Nullable;

/**
 * A field whose values nobody is shown, with everything beneath it.
 *
 * @param collection the only collection that is meant; null for all
 * @param field a dotted path, or a name without dots, which is meant at any depth
 */
record MaskedField(@Nullable String collection, String field) {

    /** Rejects a field without a name. */
    MaskedField {
        if (field.isBlank()) {
            throw new IllegalArgumentException(
                    "deltatrace.history.masked-fields needs a name, a dotted path or 'collection:path'");
        }
    }

    /** What a text says: a field, or a collection, a colon and a field. */
    static MaskedField parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new MaskedField(null, text.strip())
                : new MaskedField(
                        text.substring(0, colon).strip(),
                        text.substring(colon + 1).strip());
    }

    /** Whether the value at a path is masked; the collection is null for what is in none. */
    boolean covers(@Nullable String in, String path) {
        if (collection != null && !collection.equals(in)) {
            return false;
        }
        return field.indexOf('.') < 0
                ? ("." + path + ".").contains("." + field + ".")
                : path.equals(field) || path.startsWith(field + ".");
    }
}
