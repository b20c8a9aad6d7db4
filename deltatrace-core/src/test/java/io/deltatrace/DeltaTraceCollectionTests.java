package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import io.deltatrace.query.Sort;
import io.deltatrace.result.QueryFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeltaTraceCollectionTests {

    record User(long id, String name, int age) {}

    private final DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();
    private final DeltaTraceCollection<User> users =
            database.collection("users", User.class).serialKey("id");

    @Test
    void addedObjects_comeBackNumbered() {
        assertThat(users.add(new User(-1, "Taro", 30))).isEqualTo(new User(0, "Taro", 30));
        assertThat(users.addAll(List.of(new User(-1, "Jiro", 25), new User(-1, "Saburo", 20))))
                .containsExactly(new User(1, "Jiro", 25), new User(2, "Saburo", 20));
        assertThat(users.addAll(List.of())).isEmpty();
        assertThat(users.name()).isEqualTo("users");
        assertThat(users.count()).isEqualTo(3);
    }

    @Test
    void objects_areFoundInOrder() {
        users.addAll(List.of(new User(-1, "Taro", 30), new User(-1, "Jiro", 25), new User(-1, "Saburo", 20)));

        assertThat(users.all()).extracting(User::name).containsExactly("Taro", "Jiro", "Saburo");
        assertThat(users.find(field("age").greaterThan(20)))
                .extracting(User::name)
                .containsExactly("Taro", "Jiro");
        assertThat(users.find(Condition.all(), Sort.by("age")))
                .extracting(User::name)
                .containsExactly("Saburo", "Jiro", "Taro");
        assertThat(users.findFirst(field("age").lessThan(30))).contains(new User(1, "Jiro", 25));
        assertThat(users.findFirst(field("age").equalTo(1))).isEmpty();
        assertThat(users.count(field("age").lessThan(30))).isEqualTo(2);
    }

    @Test
    void changes_areCounted_andCarryTheCause() {
        users.addAll(List.of(new User(-1, "Taro", 30), new User(-1, "Jiro", 25)));
        DeltaTraceCollection<User> byAlice = users.because(Cause.of(Actor.human("alice"), "birthday", "a year passed"));

        assertThat(byAlice.update(field("name").equalTo("Taro"), Map.of("age", 31)))
                .isEqualTo(1);
        assertThat(byAlice.update(field("name").equalTo("Nobody"), Map.of("age", 1)))
                .isZero();
        assertThat(byAlice.delete(field("name").equalTo("Jiro"))).isEqualTo(1);
        assertThat(byAlice.add(new User(-1, "Shiro", 1)).id()).isEqualTo(2);

        assertThat(users.all()).containsExactly(new User(0, "Taro", 31), new User(2, "Shiro", 1));
        assertThat(database.history().entries(HistoryFilter.collection("users").actor("alice")))
                .hasSize(4);
    }

    @Test
    void failures_areExceptions() {
        DeltaTraceCollection<User> misnumbered = users.serialKey("number");

        assertThatExceptionOfType(QueryFailedException.class)
                .isThrownBy(() -> misnumbered.add(new User(-1, "Taro", 30)))
                .withMessage("Document 0 lacks the serial key 'number'");
        assertThatIllegalArgumentException().isThrownBy(() -> users.update(Condition.all(), "text"));
        database.execute(Query.add("users", Map.of("id", "not a number")));
        assertThatIllegalArgumentException().isThrownBy(users::all).withMessageContaining("at id");
    }

    @Test
    void changes_areHeardOf() {
        List<Long> revisions = new ArrayList<>();
        Subscription subscription = users.onChange((collection, entry) -> revisions.add(entry.revision()));
        users.add(new User(-1, "Taro", 30));
        subscription.cancel();
        users.add(new User(-1, "Jiro", 30));

        assertThat(revisions).containsExactly(1L);
    }
}
