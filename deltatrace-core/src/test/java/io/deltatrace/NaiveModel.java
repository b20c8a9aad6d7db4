package io.deltatrace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One collection as a list of maps that is copied whenever anything may change: too simple to be wrong. */
final class NaiveModel {

    /** What an operation answers; null stands for a failure. */
    record Answer(List<Map<String, Object>> documents, int size, int updates, int hits) {}

    private List<Map<String, Object>> rows = new ArrayList<>();
    private long serial;

    List<Map<String, Object>> rows() {
        return rows;
    }

    long serial() {
        return serial;
    }

    Answer add(List<Map<String, Object>> documents, boolean numbered, boolean replacing, boolean restart) {
        List<Map<String, Object>> added = copies(documents);
        if (numbered && added.stream().anyMatch(row -> !row.containsKey("id"))) {
            return null;
        }
        int before = rows.size();
        if (replacing ? before == 0 : added.isEmpty()) {
            return null;
        }
        if (replacing) {
            rows = new ArrayList<>();
            serial = restart ? 0 : serial;
        }
        for (Map<String, Object> row : added) {
            if (numbered) {
                row.put("id", serial++);
            }
            rows.add(row);
        }
        return new Answer(copies(added), rows.size(), replacing ? before : added.size(), replacing ? before : 0);
    }

    Answer update(Predicate<Map<String, Object>> test, Map<String, Object> changes, boolean onlyFirst) {
        List<Map<String, Object>> changed = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            if (test.test(row) && !(onlyFirst && changed.size() == 1)) {
                row.putAll(changes);
                changed.add(row);
            }
        }
        return changed.isEmpty() ? null : new Answer(copies(changed), rows.size(), changed.size(), changed.size());
    }

    Answer delete(Predicate<Map<String, Object>> test, boolean onlyFirst) {
        List<Map<String, Object>> removed = new ArrayList<>();
        List<Map<String, Object>> kept = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            boolean remove = test.test(row) && !(onlyFirst && removed.size() == 1);
            (remove ? removed : kept).add(row);
        }
        rows = kept;
        return removed.isEmpty() ? null : new Answer(removed, rows.size(), removed.size(), removed.size());
    }

    Answer search(
            Predicate<Map<String, Object>> test, Comparator<Map<String, Object>> order, Integer offset, Integer limit) {
        List<Map<String, Object>> found =
                new ArrayList<>(rows.stream().filter(test).toList());
        int hits = found.size();
        if (order != null) {
            found.sort(order);
        }
        for (int skip = 0; offset != null && skip < offset && !found.isEmpty(); skip++) {
            found.remove(0);
        }
        while (limit != null && found.size() > limit) {
            found.remove(found.size() - 1);
        }
        return new Answer(copies(found), rows.size(), 0, hits);
    }

    Answer searchOne(Predicate<Map<String, Object>> test) {
        for (Map<String, Object> row : rows) {
            if (test.test(row)) {
                return new Answer(copies(List.of(row)), rows.size(), 0, 1);
            }
        }
        return new Answer(List.of(), rows.size(), 0, 0);
    }

    Answer conform(Map<String, Object> template) {
        for (Map<String, Object> row : rows) {
            row.keySet().retainAll(template.keySet());
            template.forEach((name, value) -> {
                if (!row.containsKey(name)) {
                    row.put(name, value);
                }
            });
        }
        return rows.isEmpty() ? null : new Answer(List.of(), rows.size(), rows.size(), rows.size());
    }

    Answer rename(String before, String after) {
        boolean impossible = rows.stream().anyMatch(row -> !row.containsKey(before) || row.containsKey(after));
        if (impossible || rows.isEmpty()) {
            return null;
        }
        rows.forEach(row -> row.put(after, row.remove(before)));
        return new Answer(copies(rows), rows.size(), rows.size(), rows.size());
    }

    Answer clear(boolean restart) {
        int before = rows.size();
        if (before == 0) {
            return null;
        }
        rows = new ArrayList<>();
        serial = restart ? 0 : serial;
        return new Answer(List.of(), 0, before, before);
    }

    private static List<Map<String, Object>> copies(List<Map<String, Object>> documents) {
        List<Map<String, Object>> copies = new ArrayList<>();
        documents.forEach(document -> copies.add(new LinkedHashMap<>(document)));
        return copies;
    }
}
