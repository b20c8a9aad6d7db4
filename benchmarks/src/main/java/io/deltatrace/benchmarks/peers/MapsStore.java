package io.deltatrace.benchmarks.peers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a port of the original, line by line, would be: a list of maps such as JSON has, deep copies of what is found, and no
 * indexes.
 */
final class MapsStore implements UserStore<User> {

    private final List<Map<String, Object>> maps = new ArrayList<>();

    private static Map<String, Object> toMap(User user) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", user.id());
        map.put("name", user.name());
        map.put("age", user.age());
        map.put("createdAt", user.createdAt().toString());
        map.put("updatedAt", user.updatedAt().toString());
        map.put("nested", deepCopy(user.nested()));
        return map;
    }

    @SuppressWarnings("unchecked") // "nested" is one of our maps
    private static User toUser(Map<String, Object> map) {
        return new User(
                (Long) map.get("id"),
                (String) map.get("name"),
                (Integer) map.get("age"),
                Instant.parse((String) map.get("createdAt")),
                Instant.parse((String) map.get("updatedAt")),
                deepCopy((Map<String, Object>) map.get("nested")));
    }

    @SuppressWarnings("unchecked") // the keys of JSON objects are strings
    private static Map<String, Object> deepCopy(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) ->
                copy.put(key, value instanceof Map<?, ?> nested ? deepCopy((Map<String, Object>) nested) : value));
        return copy;
    }

    private List<User> found(Predicate<Map<String, Object>> condition) {
        return maps.stream()
                .filter(condition)
                .map(MapsStore::deepCopy)
                .map(MapsStore::toUser)
                .toList();
    }

    private User first(Predicate<Map<String, Object>> condition) {
        return maps.stream()
                .filter(condition)
                .findFirst()
                .map(MapsStore::deepCopy)
                .map(MapsStore::toUser)
                .orElseThrow();
    }

    private static int age(Map<String, Object> map) {
        return (Integer) map.get("age");
    }

    @Override
    public User recordOf(User user) {
        return user;
    }

    @Override
    public User userOf(User record) {
        return record;
    }

    @Override
    public void addAll(List<User> users) {
        users.forEach(this::add);
    }

    @Override
    public void add(User user) {
        maps.add(toMap(user));
    }

    @Override
    public List<User> all() {
        return found(map -> true);
    }

    @Override
    public User named(String name) {
        return first(map -> name.equals(map.get("name")));
    }

    @Override
    public User withId(long id) {
        return first(map -> (Long) map.get("id") == id);
    }

    @Override
    public List<User> aged(int from, int to) {
        return found(map -> age(map) >= from && age(map) <= to);
    }

    @Override
    public List<User> startingWith(String prefix, int limit) {
        return maps.stream()
                .filter(map -> ((String) map.get("name")).startsWith(prefix))
                .sorted(Comparator.comparingInt(MapsStore::age))
                .limit(limit)
                .map(MapsStore::deepCopy)
                .map(MapsStore::toUser)
                .toList();
    }

    @Override
    public void renameAged(int age, String name) {
        maps.stream().filter(map -> age(map) == age).findFirst().orElseThrow().put("name", name);
    }

    @Override
    public int deleteAgedFrom(int age) {
        int before = maps.size();
        maps.removeIf(map -> age(map) >= age);
        return before - maps.size();
    }

    @Override
    public void close() {}
}
