package io.deltatrace.benchmarks.peers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.springframework.data.annotation.Id;

/** A record of the workload, which is that of the speed test of the original delta-trace-db. Spring Data asks for the id. */
public record User(
        @Id long id, String name, int age, Instant createdAt, Instant updatedAt, Map<String, Object> nested) {

    /** What every name starts with. */
    public static final String NAME_PREFIX = "sample";

    /** The user with that number, whose age may be another one. */
    public static User of(int number, int age) {
        return new User(
                number,
                NAME_PREFIX + number,
                age,
                Instant.ofEpochSecond(1_700_000_000L + number),
                Instant.ofEpochSecond(1_710_000_000L + number),
                new HashMap<>(Map.of("num", (long) number)));
    }

    /** That many users, whose ages are their numbers. */
    public static List<User> inOrder(int count) {
        List<User> users = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            users.add(of(i, i));
        }
        return users;
    }

    /** As {@link #inOrder}, with the ages in an order that is random, and the same each time. */
    public static List<User> shuffled(int count) {
        List<Integer> ages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ages.add(i);
        }
        Collections.shuffle(ages, new Random(1));
        List<User> users = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            users.add(of(i, ages.get(i)));
        }
        return users;
    }

    /** A user who shares nothing that could change with this one. */
    User copy() {
        return new User(id, name, age, createdAt, updatedAt, new HashMap<>(nested));
    }

    User withName(String other) {
        return new User(id, other, age, createdAt, updatedAt, nested);
    }

    /** By the id alone, which is what users of collections that hash their elements are told to do. */
    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    /** Compares all components, as records do; written out because {@link #hashCode} is. */
    @Override
    public boolean equals(Object other) {
        return other instanceof User that
                && id == that.id
                && age == that.age
                && name.equals(that.name)
                && createdAt.equals(that.createdAt)
                && updatedAt.equals(that.updatedAt)
                && nested.equals(that.nested);
    }
}
