package io.deltatrace;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * What a simulated database should hold: numbers by the number of their document, by collection. An immutable value, and too
 * simple to be wrong.
 */
record Tables(SortedMap<String, SortedMap<Long, Long>> rows) {

    static final Tables EMPTY = new Tables(new TreeMap<>());

    SortedMap<Long, Long> of(String collection) {
        return rows.getOrDefault(collection, new TreeMap<>());
    }

    /** These, with one document; null for none of that number. */
    Tables with(String collection, long id, Long number) {
        SortedMap<String, SortedMap<Long, Long>> changed = new TreeMap<>(rows);
        SortedMap<Long, Long> table = new TreeMap<>(of(collection));
        if (number == null) {
            table.remove(id);
        } else {
            table.put(id, number);
        }
        changed.put(collection, table);
        return new Tables(changed);
    }

    SortedMap<Long, Long> where(String collection, BiPredicate<Long, Long> test) {
        SortedMap<Long, Long> found = new TreeMap<>(of(collection));
        found.entrySet().removeIf(row -> !test.test(row.getKey(), row.getValue()));
        return found;
    }

    /** These, with another number in some documents, or without those; null if there are none. */
    Tables changed(String collection, BiPredicate<Long, Long> test, Long number) {
        Map<Long, Long> found = where(collection, test);
        Tables changed = found.isEmpty() ? null : this;
        for (long id : found.keySet()) {
            changed = changed.with(collection, id, number);
        }
        return changed;
    }

    /** The documents that are other ones there, each as its collection and number. */
    Set<Map.Entry<String, Long>> differences(Tables other) {
        Set<Map.Entry<String, Long>> different = new HashSet<>();
        for (Tables tables : new Tables[] {this, other}) {
            tables.rows()
                    .forEach((collection, table) -> table.keySet().forEach(id -> {
                        Long one = of(collection).get(id);
                        if (one == null || !one.equals(other.of(collection).get(id))) {
                            different.add(Map.entry(collection, id));
                        }
                    }));
        }
        return different;
    }
}
