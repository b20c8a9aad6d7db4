package io.deltatrace.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;

/** A {@link PlainStore} that no caller can change behind its back: one copy of each record on the way in, and one out. */
record CopyingStore(PlainStore plain) implements UserStore<User> {

    private static List<User> copies(List<User> users) {
        List<User> copies = new ArrayList<>(users.size());
        for (User user : users) {
            copies.add(user.copy());
        }
        return copies;
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
        plain.addAll(copies(users));
    }

    @Override
    public void add(User user) {
        plain.add(user.copy());
    }

    @Override
    public List<User> all() {
        return copies(plain.all());
    }

    @Override
    public User named(String name) {
        return plain.named(name).copy();
    }

    @Override
    public User withId(long id) {
        return plain.withId(id).copy();
    }

    @Override
    public List<User> aged(int from, int to) {
        return copies(plain.aged(from, to));
    }

    @Override
    public List<User> startingWith(String prefix, int limit) {
        return copies(plain.startingWith(prefix, limit));
    }

    @Override
    public void renameAged(int age, String name) {
        plain.renameAged(age, name);
    }

    @Override
    public int deleteAgedFrom(int age) {
        return plain.deleteAgedFrom(age);
    }

    @Override
    public void close() {}
}
