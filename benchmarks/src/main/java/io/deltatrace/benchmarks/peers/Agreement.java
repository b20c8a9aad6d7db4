package io.deltatrace.benchmarks.peers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether a peer answers as a plain loop does: nobody is measured who does less. */
public final class Agreement {

    private Agreement() {}

    /**
     * Asks a new store everything that is measured, and compares the answers with those of {@link Peer#PLAIN}: the same users
     * in the same order where there is one, and the same counts.
     *
     * @throws IllegalStateException if one differs
     */
    public static void require(Peer peer, boolean indexed, List<User> users) {
        Map<String, Object> expected = answers(Peer.PLAIN, indexed, users);
        answers(peer, indexed, users).forEach((operation, answer) -> {
            if (!answer.equals(expected.get(operation))) {
                throw new IllegalStateException(peer + " differs from a plain loop in " + operation + ": " + answer
                        + " instead of " + expected.get(operation));
            }
        });
    }

    private static Map<String, Object> answers(Peer peer, boolean indexed, List<User> users) {
        int size = users.size();
        Map<String, Object> answers = new LinkedHashMap<>();
        try (UserStore<Object> store = peer.open(indexed)) {
            store.addAll(users.stream().map(store::recordOf).toList());
            answers.put("addAll and all", inAnyOrder(store, store.all()));
            answers.put("named", List.of(comparable(store.userOf(store.named(User.NAME_PREFIX + (size - 1))))));
            answers.put("withId", List.of(comparable(store.userOf(store.withId(size / 3)))));
            answers.put("aged", inAnyOrder(store, store.aged(size / 4, size / 2)));
            answers.put("sorted", comparable(store, store.startingWith(User.NAME_PREFIX, UserStore.ALL)));
            answers.put("sorted half", comparable(store, store.startingWith(User.NAME_PREFIX, size / 2)));
            answers.put("sorted few", comparable(store, store.startingWith(User.NAME_PREFIX + "1", 50)));
            store.renameAged(size / 2, "renamed");
            answers.put("renameAged", List.of(comparable(store.userOf(store.named("renamed")))));
            store.add(store.recordOf(User.of(size, size)));
            answers.put("add", inAnyOrder(store, store.aged(size - 1, size)));
            answers.put("deleteAgedFrom", store.deleteAgedFrom(size / 2));
            answers.put("what is left", inAnyOrder(store, store.all()));
        }
        return answers;
    }

    private static List<User> comparable(UserStore<Object> store, List<?> records) {
        List<User> users = new ArrayList<>();
        for (Object each : records) {
            users.add(comparable(store.userOf(each)));
        }
        return users;
    }

    private static List<User> inAnyOrder(UserStore<Object> store, List<?> records) {
        List<User> users = comparable(store, records);
        users.sort(Comparator.comparingLong(User::id));
        return users;
    }

    /** The nested number may have become an integer of another width. */
    private static User comparable(User user) {
        Number number = (Number) user.nested().get("num");
        return new User(
                user.id(),
                user.name(),
                user.age(),
                user.createdAt(),
                user.updatedAt(),
                Map.of("num", number.longValue(), "fields", user.nested().size()));
    }
}
