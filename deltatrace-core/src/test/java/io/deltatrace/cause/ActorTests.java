package io.deltatrace.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.document.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActorTests {

    private static final Instant NOON = Instant.parse("2024-02-29T12:00:00Z");
    private static final Instant DAY = Instant.parse("2024-02-29T05:00:00Z");
    private static final Map<String, Permission> PERMISSIONS = Map.of("users", Permission.of(QueryType.SEARCH));
    private static final Document CONTEXT = Document.parse("{\"team\": 1}");

    @Test
    void actors_haveTheTypeOfTheirFactory() {
        assertThat(Actor.human("h").type()).isEqualTo(ActorType.HUMAN);
        assertThat(Actor.ai("a").type()).isEqualTo(ActorType.AI);
        assertThat(Actor.system("s").type()).isEqualTo(ActorType.SYSTEM);
        assertThat(Actor.human("h").id()).isEqualTo("h");
        assertThat(Actor.human("h").collectionPermissions()).isNull();
    }

    @Test
    void named_setsNameAndEmailOnly() {
        Actor actor = actor("x", NOON, 3).named("Ann", "ann@example.org");

        assertThat(actor.name()).isEqualTo("Ann");
        assertThat(actor.email()).isEqualTo("ann@example.org");
        assertThat(actor.operationInDay()).isEqualTo(3);
        assertThat(actor.named("Name", "e@example.org")).isEqualTo(actor("x", NOON, 3));
    }

    @Test
    void firstAccess_startsTheCount() {
        Actor touched = Actor.human("x").touched(NOON);

        assertThat(touched.lastAccess()).isEqualTo(NOON);
        assertThat(touched.lastAccessDay()).isEqualTo(DAY);
        assertThat(touched.operationInDay()).isEqualTo(1);
    }

    @Test
    void accessOnTheSameDay_isCounted() {
        Actor touched = Actor.human("x")
                .touched(NOON)
                .touched(Instant.parse("2024-02-29T23:59:59Z"))
                .touched(Instant.parse("2024-03-01T04:59:59.999Z"));

        assertThat(touched.lastAccess()).isEqualTo(Instant.parse("2024-03-01T04:59:59.999Z"));
        assertThat(touched.lastAccessDay()).isEqualTo(DAY);
        assertThat(touched.operationInDay()).isEqualTo(3);
    }

    @Test
    void accessAfterTheResetHour_startsTheCountAgain() {
        Actor touched = Actor.human("x").touched(NOON).touched(NOON).touched(Instant.parse("2024-03-01T05:00:00Z"));

        assertThat(touched.lastAccessDay()).isEqualTo(Instant.parse("2024-03-01T05:00:00Z"));
        assertThat(touched.operationInDay()).isEqualTo(1);
    }

    @Test
    void accessBeforeTheResetHour_belongsToThePreviousDay() {
        Actor touched = Actor.human("x").touched(Instant.parse("2024-03-01T04:00:00Z"));

        assertThat(touched.lastAccessDay()).isEqualTo(DAY);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "0, 2024-02-28T23:59:59Z, 2024-02-28T00:00:00Z",
        "23, 2024-02-29T23:00:00Z, 2024-02-29T23:00:00Z",
        "23, 2024-02-29T22:59:59Z, 2024-02-28T23:00:00Z",
        "12, 2024-03-01T00:00:00Z, 2024-02-29T12:00:00Z"
    })
    void day_startsAtTheResetHour(int resetHour, Instant now, Instant day) {
        assertThat(Actor.human("x").touched(now, resetHour).lastAccessDay()).isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 24, 100})
    void hourOutsideTheDay_isRejected(int resetHour) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Actor.human("x").touched(NOON, resetHour))
                .withMessage("The reset hour must be from 0 to 23, not " + resetHour);
    }

    @Test
    void touched_keepsEverythingElse() {
        Actor actor = actor("x", NOON, 1);

        Actor touched = actor.touched(NOON);

        assertThat(touched).isEqualTo(actor).isNotSameAs(actor);
        assertThat(touched.createdAt()).isEqualTo(actor.createdAt());
        assertThat(touched.updatedAt()).isEqualTo(actor.updatedAt());
        assertThat(actor.operationInDay()).isEqualTo(1);
    }

    @Test
    void equality_ignoresTimestampsAndCounts() {
        Actor one = actor("x", NOON, 1);
        Actor other = actor("x", NOON.plusSeconds(60), 99);

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    }

    static Stream<Arguments> differentActors() {
        return Stream.of(
                arguments(actor(ActorType.AI, "x", PERMISSIONS, CONTEXT, "Name", "e@example.org", List.of("d"))),
                arguments(actor(ActorType.HUMAN, "y", PERMISSIONS, CONTEXT, "Name", "e@example.org", List.of("d"))),
                arguments(actor(ActorType.HUMAN, "x", Map.of(), CONTEXT, "Name", "e@example.org", List.of("d"))),
                arguments(actor(ActorType.HUMAN, "x", null, CONTEXT, "Name", "e@example.org", List.of("d"))),
                arguments(actor(ActorType.HUMAN, "x", PERMISSIONS, null, "Name", "e@example.org", List.of("d"))),
                arguments(actor(ActorType.HUMAN, "x", PERMISSIONS, CONTEXT, "Other", "e@example.org", List.of("d"))),
                arguments(actor(ActorType.HUMAN, "x", PERMISSIONS, CONTEXT, "Name", null, List.of("d"))),
                arguments(actor(ActorType.HUMAN, "x", PERMISSIONS, CONTEXT, "Name", "e@example.org", List.of())));
    }

    @ParameterizedTest
    @MethodSource("differentActors")
    void equality_seesEverythingElse(Actor different) {
        assertThat(different).isNotEqualTo(actor("x", NOON, 1));
    }

    @Test
    void permissionsAndDevices_areCopied() {
        Map<String, Permission> permissions = new HashMap<>(PERMISSIONS);
        List<String> devices = new ArrayList<>(List.of("d"));
        Actor actor = actor(ActorType.HUMAN, "x", permissions, null, null, null, devices);

        permissions.clear();
        devices.add("e");

        assertThat(actor.collectionPermissions()).isEqualTo(PERMISSIONS);
        assertThat(actor.deviceIds()).containsExactly("d");
    }

    @Test
    void typeAndId_areRequired() {
        assertThatNullPointerException().isThrownBy(() -> Actor.human(null)).withMessage("id");
        assertThatNullPointerException()
                .isThrownBy(() -> actor(null, "x", null, null, null, null, null))
                .withMessage("type");
    }

    private static Actor actor(String id, Instant time, int count) {
        return new Actor(
                ActorType.HUMAN,
                id,
                PERMISSIONS,
                CONTEXT,
                "Name",
                "e@example.org",
                time,
                time.plusSeconds(1),
                time.plusSeconds(2),
                time.plusSeconds(3),
                count,
                List.of("d"));
    }

    private static Actor actor(
            ActorType type,
            String id,
            Map<String, Permission> permissions,
            Document context,
            String name,
            String email,
            List<String> devices) {
        return new Actor(type, id, permissions, context, name, email, null, null, null, null, null, devices);
    }
}
