package io.deltatrace.benchmarks.peers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Loops over a list, and maps by hand in place of indexes: the limit for everybody else. It knows that ids and ages are
 * unique, hands out what it holds, and is for one thread.
 */
sealed interface PlainStore extends UserStore<User> {

    static PlainStore open(boolean indexed) {
        return indexed ? new Indexed() : new Listed();
    }

    /** The users in the order in which they were added. */
    Iterable<User> users();

    @Override
    default User recordOf(User user) {
        return user;
    }

    @Override
    default User userOf(User record) {
        return record;
    }

    @Override
    default User named(String name) {
        for (User user : users()) {
            if (user.name().equals(name)) {
                return user;
            }
        }
        throw new IllegalArgumentException(name);
    }

    @Override
    default List<User> startingWith(String prefix, int limit) {
        List<User> found = new ArrayList<>();
        for (User user : users()) {
            if (user.name().startsWith(prefix)) {
                found.add(user);
            }
        }
        found.sort(Comparator.comparingInt(User::age));
        return found.size() <= limit ? found : new ArrayList<>(found.subList(0, limit));
    }

    @Override
    default void close() {}

    /** Without indexes. */
    final class Listed implements PlainStore {

        private final List<User> users = new ArrayList<>();

        @Override
        public List<User> users() {
            return users;
        }

        @Override
        public void addAll(List<User> added) {
            users.addAll(added);
        }

        @Override
        public void add(User user) {
            users.add(user);
        }

        @Override
        public List<User> all() {
            return new ArrayList<>(users);
        }

        @Override
        public User withId(long id) {
            for (User user : users) {
                if (user.id() == id) {
                    return user;
                }
            }
            throw new IllegalArgumentException("" + id);
        }

        @Override
        public List<User> aged(int from, int to) {
            List<User> found = new ArrayList<>();
            for (User user : users) {
                if (user.age() >= from && user.age() <= to) {
                    found.add(user);
                }
            }
            return found;
        }

        @Override
        public void renameAged(int age, String name) {
            for (int i = 0; i < users.size(); i++) {
                if (users.get(i).age() == age) {
                    users.set(i, users.get(i).withName(name));
                    return;
                }
            }
        }

        @Override
        public int deleteAgedFrom(int age) {
            int before = users.size();
            users.removeIf(user -> user.age() >= age);
            return before - users.size();
        }
    }

    /** With a hash map by id and a tree by age. */
    final class Indexed implements PlainStore {

        private final Map<Long, User> byId = new LinkedHashMap<>();
        private final TreeMap<Integer, User> byAge = new TreeMap<>();

        @Override
        public Iterable<User> users() {
            return byId.values();
        }

        @Override
        public void addAll(List<User> added) {
            added.forEach(this::add);
        }

        @Override
        public void add(User user) {
            byId.put(user.id(), user);
            byAge.put(user.age(), user);
        }

        @Override
        public List<User> all() {
            return new ArrayList<>(byId.values());
        }

        @Override
        public User withId(long id) {
            return byId.get(id);
        }

        @Override
        public List<User> aged(int from, int to) {
            return new ArrayList<>(byAge.subMap(from, true, to, true).values());
        }

        @Override
        public void renameAged(int age, String name) {
            User renamed = byAge.get(age).withName(name);
            byAge.put(age, renamed);
            byId.put(renamed.id(), renamed);
        }

        @Override
        public int deleteAgedFrom(int age) {
            SortedMap<Integer, User> old = byAge.tailMap(age, true);
            int count = old.size();
            old.values().forEach(user -> byId.remove(user.id()));
            old.clear();
            return count;
        }
    }
}
