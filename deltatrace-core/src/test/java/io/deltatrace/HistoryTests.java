package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.ActorType;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.query.Merge;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryTests {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final long[] ticks = new long[1];
    private final InstantSource clock = () -> START.plusSeconds(ticks[0]++);

    private DeltaTraceDatabase database() {
        return DeltaTraceDatabase.builder().clock(clock).build();
    }

    @Test
    void failuresAndDenials_areRecorded_andReadsAreNot() {
        DeltaTraceDatabase database = database();
        database.execute(Query.add("a", Map.of("n", 1)));
        database.execute(Query.delete("a").where(field("n").equalTo(9)));
        database.execute(Query.clear("a"), Map.of());
        database.execute(Query.getAll("a"));
        database.execute(TransactionQuery.of(Query.clear("a"), Query.clear("a")));

        List<HistoryEntry> entries =
                database.history().entries(HistoryFilter.all().fromTheOldest());
        assertThat(entries)
                .extracting(HistoryEntry::outcome)
                .containsExactly(Outcome.APPLIED, Outcome.FAILED, Outcome.DENIED, Outcome.FAILED);
        assertThat(entries).extracting(HistoryEntry::revision).containsExactly(1L, 2L, 3L, 4L);
        assertThat(entries.get(1).errorMessage()).isEqualTo("Nothing was affected, and something had to be");
        assertThat(entries.get(2).errorMessage()).isEqualTo("Not permitted: clear on 'a'");
        assertThat(entries.get(2).effects()).isEmpty();
        assertThat(entries.get(0).errorMessage()).isNull();
        assertThat(database.snapshot().size("a")).isEqualTo(1);
        assertThat(database.snapshot().revision()).isEqualTo(4);
    }

    @Test
    void whatIsRecorded_canBeChosen() {
        DeltaTraceDatabase onlyApplied = DeltaTraceDatabase.builder().record().build();
        DeltaTraceDatabase withReads =
                DeltaTraceDatabase.builder().record(Outcome.READ).build();
        for (DeltaTraceDatabase database : List.of(onlyApplied, withReads)) {
            database.execute(Query.add("a", Map.of("n", 1)));
            database.execute(Query.clear("b"));
            database.execute(Query.clear("a"), Map.of());
            assertThat(database.execute(Query.getAll("a")).hitCount()).isEqualTo(1);
        }

        assertThat(outcomes(onlyApplied)).containsExactly(Outcome.APPLIED);
        assertThat(outcomes(withReads)).containsExactly(Outcome.READ, Outcome.APPLIED);
        assertThat(withReads.snapshot().revision()).isEqualTo(2);
    }

    private static List<Outcome> outcomes(DeltaTraceDatabase database) {
        return database.history().entries(HistoryFilter.all()).stream()
                .map(HistoryEntry::outcome)
                .toList();
    }

    @Test
    void causeProvider_completesEveryCauseBeforeItIsRecorded() {
        DeltaTraceDatabase database = DeltaTraceDatabase.builder()
                .causeProvider(given -> Cause.of(
                        Actor.human("alice"), "done", given == null ? "nobody said" : given.why() + ", she says"))
                .build();
        Cause claimed = Cause.of(Actor.human("mallory"), "done", "because");

        database.execute(Query.add("a", Map.of("n", 1)));
        database.execute(
                TransactionQuery.of(Query.add("a", Map.of("n", 2)).because(claimed), Query.add("a", Map.of("n", 3))));
        database.importFrom(
                new java.io.ByteArrayInputStream(
                        "{\"collections\":{}}".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                claimed);

        List<HistoryEntry> entries =
                database.history().entries(HistoryFilter.all().fromTheOldest());
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.request().cause().who()).isEqualTo(Actor.human("alice")));
        assertThat(entries)
                .extracting(entry -> entry.request().cause().why())
                .containsExactly("nobody said", "because, she says", "because, she says");
        assertThat(((TransactionQuery) entries.get(1).request()).queries())
                .extracting(query -> query.cause().who().id())
                .containsExactly("alice", "alice");
    }

    /** A provider may look something up, and even write; it is asked before the writer's turn begins. */
    @Test
    void causeProvider_mayUseTheDatabase() {
        DeltaTraceDatabase[] database = new DeltaTraceDatabase[1];
        database[0] = DeltaTraceDatabase.builder()
                .causeProvider(given -> {
                    if (given == null) {
                        database[0].execute(Query.add("asked", Map.of("n", 1))
                                .because(Cause.of(Actor.system("provider"), null, null)));
                        return Cause.of(Actor.human("alice"), null, null);
                    }
                    return given;
                })
                .build();

        database[0].execute(Query.add("a", Map.of("n", 1)));
        database[0].execute(Query.add("a", Map.of("n", 2)));

        assertThat(database[0].snapshot().size("asked")).isEqualTo(2);
        assertThat(database[0].snapshot().size("a")).isEqualTo(2);
        assertThat(revisions(database[0], HistoryFilter.all())).containsExactly(4L, 3L, 2L, 1L);
    }

    @Test
    void instantBetweenTheOldestKeptStateAndTheNextEntry_isThatState() {
        DeltaTraceDatabase database =
                DeltaTraceDatabase.builder().clock(clock).historyLimit(2).build();
        for (int i = 0; i < 10; i++) {
            database.execute(Query.add("a", Map.of("n", i)));
        }

        assertThat(database.asOf(START.plusMillis(7_500)).revision()).isEqualTo(8);
        assertThat(database.asOf(START.plusSeconds(7)).revision()).isEqualTo(8);
        assertThatExceptionOfType(RevisionNotRetainedException.class)
                .isThrownBy(() -> database.asOf(START.plusMillis(6_999)));
    }

    @Test
    void entries_areFoundByEverythingTheySay() {
        DeltaTraceDatabase database = database();
        database.execute(Query.add("a", Map.of("n", 1)).because(Cause.of(Actor.human("alice"), "Import", "new YEAR")));
        database.execute(Query.add("b", Map.of("n", 1)).because(Cause.of(Actor.ai("model"), "guess", "asked to")));
        database.execute(Query.clear("nowhere"));
        database.execute(
                Query.merge(Merge.of("a", "n", "c", Map.of("n", "base.n")).with("b", "n")));
        database.execute(TransactionQuery.of(Query.clear("a"), Query.add("b", Map.of("n", 2))));

        HistoryFilter all = HistoryFilter.all();
        assertThat(revisions(database, HistoryFilter.collection("a"))).containsExactly(5L, 4L, 1L);
        assertThat(revisions(database, HistoryFilter.collection("b"))).containsExactly(5L, 4L, 2L);
        assertThat(revisions(database, HistoryFilter.collection("c"))).containsExactly(4L);
        assertThat(revisions(database, HistoryFilter.collection("nowhere"))).containsExactly(3L);
        assertThat(revisions(database, all.actor("alice"))).containsExactly(1L);
        assertThat(revisions(database, all.actorType(ActorType.AI))).containsExactly(2L);
        assertThat(revisions(database, all.queryType(QueryType.ADD))).containsExactly(5L, 2L, 1L);
        assertThat(revisions(database, all.queryType(QueryType.CLEAR))).containsExactly(5L, 3L);
        assertThat(revisions(database, all.outcome(Outcome.FAILED))).containsExactly(3L);
        assertThat(revisions(database, all.from(START.plusSeconds(1)).until(START.plusSeconds(3))))
                .containsExactly(3L, 2L);
        assertThat(revisions(database, all.text("import"))).containsExactly(1L);
        assertThat(revisions(database, all.text("year"))).containsExactly(1L);
        assertThat(revisions(database, all.text("nothing like it"))).isEmpty();
        assertThat(revisions(database, all.outcome(Outcome.APPLIED).actor("model")))
                .containsExactly(2L);
    }

    @Test
    void pages_followEachOtherInBothDirections() {
        DeltaTraceDatabase database = database();
        for (int i = 0; i < 7; i++) {
            database.execute(Query.add("a", Map.of("n", i)));
        }

        HistoryFilter pages = HistoryFilter.all().limit(3);
        assertThat(revisions(database, pages)).containsExactly(7L, 6L, 5L);
        assertThat(revisions(database, pages.before(5))).containsExactly(4L, 3L, 2L);
        assertThat(revisions(database, pages.before(2))).containsExactly(1L);
        assertThat(revisions(database, pages.fromTheOldest())).containsExactly(1L, 2L, 3L);
        assertThat(revisions(database, pages.fromTheOldest().after(3))).containsExactly(4L, 5L, 6L);
        assertThat(revisions(database, pages.after(2).before(5))).containsExactly(4L, 3L);
        assertThat(revisions(database, pages.fromTheOldest().after(2).before(5)))
                .containsExactly(3L, 4L);
    }

    private static List<Long> revisions(DeltaTraceDatabase database, HistoryFilter filter) {
        return database.history().entries(filter).stream()
                .map(HistoryEntry::revision)
                .toList();
    }

    @Test
    void pastState_readsLikeTheDatabaseDidThen() {
        DeltaTraceDatabase database = database();
        database.execute(Query.add("a", Map.of("n", 1)));
        database.execute(Query.update("a", Map.of("n", 2)).where(field("n").equalTo(1)));
        database.execute(Query.removeCollection("a"));

        assertThat(database.asOf(0).collections()).isEmpty();
        assertThat(database.asOf(1).execute(Query.getAll("a")).documents())
                .singleElement()
                .hasToString("{\"n\":1}");
        assertThat(database.asOf(2).execute(Query.getAll("a")).documents())
                .singleElement()
                .hasToString("{\"n\":2}");
        assertThat(database.asOf(3).collections()).isEmpty();
        assertThat(database.asOf(START.minusSeconds(1)).revision()).isZero();
        assertThat(database.asOf(START).revision()).isEqualTo(1);
        assertThat(database.asOf(START.plusMillis(1_999)).revision()).isEqualTo(2);
        assertThat(database.asOf(START.plusSeconds(99)).revision()).isEqualTo(3);
        assertThatExceptionOfType(RevisionNotRetainedException.class)
                .isThrownBy(() -> database.asOf(4))
                .withMessage("There is no state of revision 4: states are kept from revision 0 to 3");
        assertThatExceptionOfType(RevisionNotRetainedException.class).isThrownBy(() -> database.asOf(-1));
    }

    @Test
    void stateThatIsNoLongerKept_isAClearError() {
        DeltaTraceDatabase database =
                DeltaTraceDatabase.builder().clock(clock).historyLimit(2).build();
        for (int i = 0; i < 10; i++) {
            database.execute(Query.add("a", Map.of("n", i)));
        }

        assertThat(database.asOf(8).size("a")).isEqualTo(8);
        assertThatExceptionOfType(RevisionNotRetainedException.class)
                .isThrownBy(() -> database.asOf(7))
                .satisfies(e -> {
                    assertThat(e.oldest()).isEqualTo(8);
                    assertThat(e.newest()).isEqualTo(10);
                });
        assertThatExceptionOfType(RevisionNotRetainedException.class)
                .isThrownBy(() -> database.asOf(START))
                .withMessageStartingWith("There is no state at 2026-01-01T00:00:00Z");
    }

    @Test
    void everyPastState_isTheOneThatWasCurrentThen() {
        DeltaTraceDatabase database =
                DeltaTraceDatabase.builder().historyLimit(700).build();
        RandomRequests requests = new RandomRequests(11);
        List<String> hashes = new ArrayList<>();
        hashes.add(database.snapshot().hash());
        while (database.snapshot().revision() < 1_000) {
            database.execute(requests.request());
            if (database.snapshot().revision() == hashes.size()) {
                hashes.add(database.snapshot().hash());
            }
        }

        Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            int revision = 300 + random.nextInt(701);
            Snapshot past = database.asOf(revision);
            assertThat(past.revision()).isEqualTo(revision);
            assertThat(past.hash()).isEqualTo(hashes.get(revision));
        }
    }
}
