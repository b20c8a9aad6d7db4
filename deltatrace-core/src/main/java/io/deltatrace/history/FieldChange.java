package io.deltatrace.history;

import io.deltatrace.document.Document;
import io.deltatrace.document.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field that differs between two versions of a document. Objects are compared field by field; arrays are one value.
 *
 * @param path the dotted path to the field
 * @param kind what happened to it
 * @param before its value before; null also if it was not there
 * @param after its value after; null also if it is not there
 */
public record FieldChange(
        String path,
        ChangeKind kind,
        @Nullable Object before,
        @Nullable Object after) {

    /** The fields that differ, in the order of the first version and then of the second. */
    public static List<FieldChange> between(Document before, Document after) {
        List<FieldChange> changes = new ArrayList<>();
        collect("", before, after, changes);
        return changes;
    }

    private static void collect(String prefix, Document before, Document after, List<FieldChange> changes) {
        Set<String> names = new LinkedHashSet<>(before.names());
        names.addAll(after.names());
        for (String name : names) {
            String path = prefix + name;
            Object old = before.get(name);
            Object now = after.get(name);
            if (!after.has(name)) {
                changes.add(new FieldChange(path, ChangeKind.REMOVED, old, null));
            } else if (!before.has(name)) {
                changes.add(new FieldChange(path, ChangeKind.ADDED, null, now));
            } else if (old instanceof Document oldObject && now instanceof Document newObject) {
                collect(path + ".", oldObject, newObject, changes);
            } else if (!Values.equal(old, now)) {
                changes.add(new FieldChange(path, ChangeKind.CHANGED, old, now));
            }
        }
    }
}
