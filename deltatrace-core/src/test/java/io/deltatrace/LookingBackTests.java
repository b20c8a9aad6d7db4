package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.history.Blame;
import io.deltatrace.history.ChangeKind;
import io.deltatrace.history.Diff;
import io.deltatrace.history.DocumentChange;
import io.deltatrace.history.DocumentVersion;
import io.deltatrace.history.FieldChange;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.query.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookingBackTests {

    private final DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();

    private static Cause by(String who) {
        return Cause.of(Actor.human(who), null, null);
    }

    private void story() {
        database.execute(Query.add(
                        "users",
                        Document.parse("{\"id\":1,\"name\":\"Taro\",\"address\":{\"city\":\"Nara\",\"zip\":\"1\"}}"),
                        Document.parse("{\"id\":2,\"name\":\"Jiro\"}"))
                .because(by("alice")));
        database.execute(Query.update("users", Map.of("address", Map.of("city", "Kyoto", "zip", "1")))
                .where(field("id").equalTo(1))
                .because(by("bob")));
        database.execute(Query.clear("nowhere").because(by("mallory")));
        database.execute(Query.updateOne("users", Map.of("name", "Taro"))
                .where(field("id").equalTo(1)));
        database.execute(Query.delete("users").where(field("id").equalTo(1)).because(by("carol")));
    }

    @Test
    void versions_tellTheLifeOfADocument_eachWithItsEntry() {
        story();

        List<DocumentVersion> versions =
                database.history().versionsOf("users", field("address.city").equalTo("Kyoto"));

        assertThat(versions)
                .extracting(DocumentVersion::id)
                .containsOnly(versions.get(0).id());
        assertThat(versions).extracting(version -> version.entry().revision()).containsExactly(1L, 2L, 5L);
        assertThat(versions)
                .extracting(version -> version.entry().request().cause().who().id())
                .containsExactly("alice", "bob", "carol");
        assertThat(versions.get(1).document().at("address.city")).isEqualTo("Kyoto");
        assertThat(versions.get(2).document()).isNull();
        assertThat(database.history().versionsOf("users", field("id").equalTo(9)))
                .isEmpty();
        assertThat(database.history().versionsOf("users", Condition.all())).hasSize(4);
    }

    @Test
    void documentsOfACollectionThatWasRemovedAndCreatedAgain_areOthers() {
        database.execute(Query.add("c", Map.of("n", 1)));
        database.execute(Query.removeCollection("c"));
        database.execute(Query.add("c", Map.of("n", 1)));
        database.execute(Query.clearAdd("c", Map.of("n", 1)));

        List<DocumentVersion> versions = database.history().versionsOf("c", Condition.all());

        assertThat(versions.stream().map(DocumentVersion::id).distinct()).hasSize(3);
        assertThat(versions)
                .extracting(
                        version -> version.entry().revision() + (version.document() == null ? " removed" : " added"))
                .containsExactly("1 added", "2 removed", "3 added", "4 removed", "4 added");
    }

    @Test
    void diff_tellsWhatChangedByDocumentAndField_inBothDirections() {
        story();
        database.execute(Query.add("orders", Map.of("total", 5)));

        Diff forward = database.history().diff(1, 6);
        Diff backward = database.history().diff(2, 1);

        assertThat(forward.createdCollections()).containsExactly("orders");
        assertThat(forward.removedCollections()).isEmpty();
        assertThat(forward.documents())
                .extracting(change -> change.id().collection() + " " + change.kind())
                .containsExactly("users REMOVED", "orders ADDED");
        assertThat(backward.documents())
                .singleElement()
                .satisfies(change -> assertThat(change.fields())
                        .containsExactly(new FieldChange("address.city", ChangeKind.CHANGED, "Kyoto", "Nara")));
        assertThat(database.history().diff(3, 4).isEmpty()).isTrue();
        assertThat(database.history().diff(0, 1).documents())
                .extracting(DocumentChange::kind)
                .containsExactly(ChangeKind.ADDED, ChangeKind.ADDED);
        assertThatExceptionOfType(RevisionNotRetainedException.class)
                .isThrownBy(() -> database.history().diff(1, 99));
    }

    @Test
    void fields_thatWereAddedRemovedOrReplaced_areTold() {
        Document before = Document.parse("{\"a\":1,\"b\":{\"c\":1,\"d\":[1]},\"e\":{\"f\":1},\"g\":1,\"n\":null}");
        Document after = Document.parse("{\"a\":1.0,\"b\":{\"c\":1,\"d\":[1,2]},\"e\":5,\"h\":null}");

        assertThat(FieldChange.between(before, after))
                .containsExactly(
                        new FieldChange("b.d", ChangeKind.CHANGED, before.at("b.d"), after.at("b.d")),
                        new FieldChange("e", ChangeKind.CHANGED, before.get("e"), 5L),
                        new FieldChange("g", ChangeKind.REMOVED, 1L, null),
                        new FieldChange("n", ChangeKind.REMOVED, null, null),
                        new FieldChange("h", ChangeKind.ADDED, null, null));
    }

    @Test
    void blame_namesTheEntryThatLastSetEachField() {
        database.execute(Query.add("users", Document.parse("{\"id\":1,\"name\":\"Taro\",\"a\":{\"x\":1,\"y\":1}}"))
                .because(by("alice")));
        database.execute(Query.update("users", Map.of("a", Document.parse("{\"x\":2,\"y\":1,\"z\":{\"q\":1}}")))
                .where(Condition.all())
                .because(by("bob")));
        database.execute(
                Query.update("users", Map.of("age", 3)).where(Condition.all()).because(by("carol")));

        List<Blame> blames = database.history().blame("users", field("name").equalTo("Taro"));

        assertThat(blames).hasSize(1);
        Map<String, String> authors = new HashMap<>();
        blames.get(0).fields().forEach((path, entry) -> authors.put(path, author(entry)));
        assertThat(authors)
                .isEqualTo(Map.of(
                        "id", "alice", "name", "alice", "a.x", "bob", "a.y", "alice", "a.z.q", "bob", "age", "carol"));
        assertThat(blames.get(0).document().get("age")).isEqualTo(3L);
        database.execute(Query.clear("users"));
        assertThat(database.history().blame("users", Condition.all())).isEmpty();
    }

    private static String author(HistoryEntry entry) {
        return entry.request().cause().who().id();
    }

    @Test
    void whatIsOlderThanTheRetainedHistory_hasNoEntry() {
        DeltaTraceDatabase brief = DeltaTraceDatabase.builder().historyLimit(1).build();
        brief.execute(Query.add("c", Map.of("n", 1)));
        brief.execute(Query.add("c", Map.of("n", 2)));

        List<DocumentVersion> versions = brief.history().versionsOf("c", Condition.all());

        assertThat(versions).hasSize(2);
        assertThat(versions.get(0).entry()).isNull();
        assertThat(versions.get(1).entry().revision()).isEqualTo(2);
        assertThat(brief.history().blame("c", field("n").equalTo(1)).get(0).fields())
                .containsEntry("n", null);
    }

    @Test
    void noEntry_isPassedOver_whenOlderOnesAreFolded() {
        DeltaTraceDatabase limited =
                DeltaTraceDatabase.builder().historyLimit(100).build();
        for (int n = 1; n <= 240; n++) {
            limited.execute(Query.add("c", Map.of("n", n)));

            assertThat(limited.history().versionsOf("c", Condition.all())).hasSize(n);
        }
        limited.undo(150, by("alice"));
        assertThat(limited.snapshot().size("c")).isEqualTo(239);
        assertThatExceptionOfType(RevisionNotRetainedException.class).isThrownBy(() -> limited.undo(100, by("alice")));
    }

    /** Whatever happens, going through all versions one by one leads from the first state to the last. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 100, 10_000})
    void versions_areConsistentWithTheStates_howeverMuchOfThePastIsFolded(int historyLimit) {
        DeltaTraceDatabase limited =
                DeltaTraceDatabase.builder().historyLimit(historyLimit).build();
        RandomRequests requests = new RandomRequests(23);
        for (int i = 0; i < 437; i++) {
            limited.execute(requests.request());
            if (i > 300 && i % 7 == 0) {
                for (String collection : limited.collections()) {
                    assertThat(latestVersions(limited, collection))
                            .containsExactlyInAnyOrderElementsOf(
                                    limited.execute(Query.getAll(collection)).documents());
                }
            }
        }
        long now = limited.snapshot().revision();
        assertThat(limited.history().diff(now, now).isEmpty()).isTrue();
    }

    private static List<Document> latestVersions(DeltaTraceDatabase database, String collection) {
        Map<Object, Document> latest = new HashMap<>();
        for (DocumentVersion version : database.history().versionsOf(collection, Condition.all())) {
            if (version.document() == null) {
                assertThat(latest.remove(version.id())).isNotNull();
            } else {
                latest.put(version.id(), version.document());
            }
        }
        return new ArrayList<>(latest.values());
    }
}
