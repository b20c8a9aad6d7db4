package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.history.ChangeKind;
import io.deltatrace.history.Diff;
import io.deltatrace.history.DocumentChange;
import io.deltatrace.history.DocumentVersion;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.RevertOption;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.history.UndoConflictException;
import io.deltatrace.json.Json;
import io.deltatrace.query.Query;
import io.deltatrace.query.RevertRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevertTests {

    private static final Cause CAUSE = Cause.of(Actor.human("alice"), "undo", "it was a mistake");

    private final DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();

    private void fill() {
        database.execute(Query.add("users", Map.of("id", -1, "n", "a"), Map.of("id", -1, "n", "b"))
                .serialKey("id"));
        database.execute(Query.add("users", Map.of("id", -1, "n", "c")).serialKey("id"));
    }

    private List<String> names(String collection) {
        return database.execute(Query.getAll(collection)).documents().stream()
                .map(document -> (String) document.get("n"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32, 33, 1_100})
    void removedCollection_isWholeAgain_howeverManyDocumentsItHad(int count) {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            List<Map<String, Integer>> documents =
                    IntStream.range(0, count).mapToObj(n -> Map.of("n", n)).toList();
            database.execute(Query.add("rows", documents)).orThrow();
            String before = database.snapshot().hash();
            database.execute(Query.removeCollection("rows")).orThrow();
            database.undo(2, Cause.of(Actor.human("alice"), null, "not meant"));

            assertThat(database.execute(Query.getAll("rows")).documents())
                    .extracting(document -> document.get("n"))
                    .isEqualTo(LongStream.range(0, count).boxed().toList());
            assertThat(database.snapshot().hash()).isEqualTo(before);
        }
    }

    @Test
    void revert_isANewCausedEntry_andGivesEverythingBack() {
        fill();
        database.execute(Query.delete("users").where(field("n").equalTo("b")));
        database.execute(Query.add("later", Map.of("n", "x")));
        String now = database.snapshot().hash();

        Diff preview = database.revertTo(2, CAUSE, RevertOption.DRY_RUN);
        assertThat(database.snapshot().hash()).isEqualTo(now);
        assertThat(database.snapshot().revision()).isEqualTo(4);
        Diff done = database.revertTo(2, CAUSE);

        assertThat(done.documents()).isEqualTo(preview.documents());
        assertThat(done.removedCollections()).containsExactly("later");
        assertThat(done.from()).isEqualTo(4);
        assertThat(done.to()).isEqualTo(5);
        assertThat(done.documents())
                .extracting(DocumentChange::kind)
                .containsExactly(ChangeKind.ADDED, ChangeKind.REMOVED);
        assertThat(database.snapshot().hash()).isEqualTo(database.asOf(2).hash());
        assertThat(names("users")).containsExactly("a", "b", "c");
        HistoryEntry entry = database.history().entries(HistoryFilter.all()).get(0);
        assertThat(entry.revision()).isEqualTo(5);
        assertThat(entry.request().cause()).isEqualTo(CAUSE);
        assertThat(database.asOf(4).hash()).isEqualTo(now);
    }

    @Test
    void revertedDocument_isTheSameOneAgain() {
        fill();
        database.execute(Query.delete("users").where(field("n").equalTo("b")));
        database.revertTo(2, CAUSE);

        List<DocumentVersion> versions =
                database.history().versionsOf("users", field("n").equalTo("b"));

        assertThat(versions).extracting(version -> version.document() == null).containsExactly(false, true, false);
        assertThat(versions.stream().map(DocumentVersion::id).distinct()).hasSize(1);
    }

    @Test
    void revert_canItselfBeReverted() {
        fill();
        database.revertTo(1, CAUSE);
        assertThat(names("users")).containsExactly("a", "b");
        database.revertTo(2, CAUSE);
        assertThat(names("users")).containsExactly("a", "b", "c");
        database.revertTo(0, CAUSE);
        assertThat(database.collections()).isEmpty();
        database.revertTo(2, CAUSE);

        assertThat(database.snapshot().hash()).isEqualTo(database.asOf(2).hash());
        database.execute(Query.add("users", Map.of("id", -1, "n", "d")).serialKey("id"));
        assertThat(names("users")).containsExactly("a", "b", "c", "d");
        assertThat(database.history().versionsOf("users", Condition.all()).stream()
                        .map(DocumentVersion::id)
                        .distinct())
                .hasSize(4);
    }

    @Test
    void revertToWhereTheDatabaseIs_changesNothing() {
        fill();

        assertThat(database.revertTo(2, CAUSE).isEmpty()).isTrue();
        assertThatExceptionOfType(RevisionNotRetainedException.class).isThrownBy(() -> database.revertTo(99, CAUSE));
    }

    @Test
    void undo_takesBackOneEntry_andLeavesLaterOnes() {
        fill();
        database.execute(
                Query.update("users", Map.of("n", "A")).where(field("n").equalTo("a")));
        database.execute(
                Query.update("users", Map.of("n", "C")).where(field("n").equalTo("c")));

        assertThat(database.undo(3, CAUSE, RevertOption.DRY_RUN).documents()).hasSize(1);
        assertThat(names("users")).containsExactly("A", "b", "C");
        database.undo(3, CAUSE);

        assertThat(names("users")).containsExactly("a", "b", "C");
        database.undo(2, CAUSE, RevertOption.FORCE);
        assertThat(names("users")).containsExactly("a", "b");
        assertThat(database.execute(Query.add("users", Map.of("id", -1, "n", "d"))
                                .serialKey("id")
                                .returnData())
                        .documents()
                        .get(0)
                        .get("id"))
                .isEqualTo(3L);
    }

    @Test
    void undo_isRefusedWithTheLaterEntriesThatTouchedTheSameDocuments() {
        fill();
        database.execute(
                Query.update("users", Map.of("n", "A")).where(field("n").equalTo("a")));
        database.execute(Query.add("users", Map.of("n", "other")));
        database.execute(
                Query.update("users", Map.of("age", 1)).where(field("n").equalTo("A")));
        String before = database.snapshot().hash();

        assertThatExceptionOfType(UndoConflictException.class)
                .isThrownBy(() -> database.undo(3, CAUSE))
                .withMessage("Revision 3 was not undone: later revisions changed the same documents: [5]")
                .satisfies(e -> assertThat(e.laterEntries())
                        .extracting(HistoryEntry::revision)
                        .containsExactly(5L));
        assertThat(database.snapshot().hash()).isEqualTo(before);
        database.undo(3, CAUSE, RevertOption.FORCE);
        assertThat(database.execute(Query.searchOne("users").where(field("n").equalTo("a")))
                        .documents())
                .singleElement()
                .satisfies(document -> assertThat(document.has("age")).isFalse());
    }

    @Test
    void undoOfADeletionOrARemovedCollection_bringsItBackInItsPlace() {
        fill();
        database.execute(Query.delete("users").where(field("n").equalTo("a")));
        database.undo(3, CAUSE);
        assertThat(names("users")).containsExactly("a", "b", "c");

        database.execute(Query.removeCollection("users"));
        database.undo(5, CAUSE);
        assertThat(names("users")).containsExactly("a", "b", "c");
        assertThat(database.snapshot().hash()).isEqualTo(database.asOf(2).hash());
    }

    @Test
    void undoOfARemovedCollection_isRefusedIfItWasCreatedAgain() {
        fill();
        database.execute(Query.removeCollection("users"));
        database.execute(Query.add("users", Map.of("n", "new")));

        assertThatExceptionOfType(UndoConflictException.class).isThrownBy(() -> database.undo(3, CAUSE));
        database.undo(3, CAUSE, RevertOption.FORCE);
        assertThat(names("users")).containsExactly("a", "b", "c");
    }

    @Test
    void undoOfAFailure_changesNothing() {
        fill();
        database.execute(Query.clear("nowhere"));

        assertThat(database.undo(3, CAUSE).isEmpty()).isTrue();
    }

    @Test
    void impossiblePatch_doesNotConstruct() {
        TreeMap<Long, Document> rows = new TreeMap<>(Map.of(5L, Document.empty()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RevertRequest.Patch("c", 1, RevertRequest.Patch.Kind.EDIT, 0, 5, rows))
                .withMessage("The serial number and the row ids of 'c' must be in range");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RevertRequest.Patch("c", 1, RevertRequest.Patch.Kind.EDIT, -1, 9, rows));
    }

    /** Whatever happened, reverting gives the very state back, undoing the newest entry the state before it, and replay agrees. */
    @Property(tries = 60)
    void anyRevert_isExact_andReplayReproducesIt(@ForAll long seed) {
        Random random = new Random(seed);
        RandomRequests requests = new RandomRequests(seed);
        Json json = new Json(JsonLimits.DEFAULT);
        try (DeltaTraceDatabase original = DeltaTraceDatabase.inMemory();
                DeltaTraceDatabase replica = DeltaTraceDatabase.inMemory()) {
            for (int i = 0; i < 40; i++) {
                if (random.nextInt(5) == 0) {
                    long revision = random.nextInt((int) original.snapshot().revision() + 1);
                    original.revertTo(revision, CAUSE);
                    assertThat(original.snapshot().hash())
                            .isEqualTo(original.asOf(revision).hash());
                } else {
                    original.execute(requests.request());
                }
            }
            List<HistoryEntry> entries = new ArrayList<>(original.history()
                    .entries(HistoryFilter.all().fromTheOldest().limit(1_000)));
            entries.forEach(entry -> replica.execute(json.readRequest(json.toJson(entry.request()))));
            assertThat(replica.snapshot().hash()).isEqualTo(original.snapshot().hash());
        }
    }
}
