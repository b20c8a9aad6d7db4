package io.deltatrace.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.condition.And;
import io.deltatrace.condition.Condition;
import io.deltatrace.history.Blame;
import io.deltatrace.history.ChainReport;
import io.deltatrace.history.Checkpoint;
import io.deltatrace.history.DocumentVersion;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.history.Outcome;
import io.deltatrace.query.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkingTests {

    private static final Condition ANY = new And(List.of());

    private final RetainedEntries entries = new RetainedEntries(1);

    private static HistoryEntry entry(long revision) {
        return new HistoryEntry(
                revision,
                Instant.EPOCH,
                null,
                Outcome.APPLIED,
                Query.add("rows", Map.of("n", revision)),
                List.of(),
                null,
                null);
    }

    private static List<HistoryEntry.Link> eagerLinks(int count) {
        Chain chain = new Chain(Chain.START);
        List<HistoryEntry.Link> links = new ArrayList<>();
        for (long revision = 1; revision <= count; revision++) {
            HistoryEntry.Link link = chain.link(entry(revision));
            chain.add(link);
            links.add(link);
        }
        return links;
    }

    @Test
    void place_doesNotDependOnLinesThatWereLongerOrNotTaken() {
        HistoryEntry longer = new HistoryEntry(
                1,
                Instant.EPOCH,
                null,
                Outcome.APPLIED,
                Query.add("rows", Map.of("text", "x".repeat(3 << 20))),
                List.of(),
                null,
                null);
        Chain used = new Chain(Chain.START);
        used.link(longer);
        used.link(entry(7));
        HistoryEntry.Link link = used.link(entry(1));
        Chain fresh = new Chain(Chain.START);

        assertThat(link).isEqualTo(fresh.link(entry(1)));
        assertThat(used.line(link)).isEqualTo(fresh.line(link));
        assertThat(used.head()).isEqualTo(Chain.START);
    }

    private void addUpTo(long revision) {
        for (long next = entries.last() + 1; next <= revision; next++) {
            entries.add(entry(next));
        }
    }

    @Test
    void hashes_areThoseOfLinkingAtOnce_howeverLate() {
        Linking linking = new Linking(entries);
        addUpTo(1_000);
        linking.upTo(10);
        assertThat(entries.get(11).link()).isNull();
        addUpTo(3_000);
        linking.upTo(3_000);

        assertThat(entries.between(1, 3_000)).extracting(HistoryEntry::link).isEqualTo(eagerLinks(3_000));
    }

    @Test
    void entriesThatWereSeen_areInTheChain_whenTheyAreGone() {
        Linking linking = new Linking(entries);
        addUpTo(100);
        linking.upTo(60);
        linking.dropUpTo(60);
        linking.upTo(100);

        assertThat(entries.between(61, 100))
                .extracting(HistoryEntry::link)
                .isEqualTo(eagerLinks(100).subList(60, 100));
    }

    @Test
    void chainBeginsAnew_afterAnEntryThatNobodySaw() {
        Linking linking = new Linking(entries);
        addUpTo(100);
        linking.upTo(59);
        linking.dropUpTo(60);

        Chain chain = new Chain(Chain.START);
        chain.add(chain.link(entry(61)));
        assertThat(linking.checkpoint(61)).isEqualTo(new Checkpoint(61, chain.head()));
        assertThat(entries.get(61).link().previousHash()).isEqualTo(Chain.START);
    }

    @Test
    void whoeverIsLate_waitsForNothingThatIsGone() {
        Linking linking = new Linking(entries);
        addUpTo(100);
        linking.dropUpTo(90);
        linking.upTo(80);

        assertThat(entries.get(91).link()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 40})
    void historyThatNobodyLookedAt_verifies_whenSomeOfItIsGone(int historyLimit) {
        try (DeltaTraceDatabase database =
                DeltaTraceDatabase.builder().historyLimit(historyLimit).build()) {
            for (int n = 1; n <= 50; n++) {
                database.execute(Query.add("rows", Map.of("n", n)));
            }
            HistoryEntry last = database.history().entries(HistoryFilter.all()).get(0);

            assertThat(last.revision()).isEqualTo(50);
            assertThat(last.link()).isNotNull();
            assertThat(database.history().verify().fault()).isNull();
            assertThat(database.history().verify().firstRevision()).isBetween(2L, 51L - historyLimit);
        }
    }

    @Test
    void checkpoint_isComparedWithTheEntryThatFollowsIt_whenItsOwnIsGone() {
        try (DeltaTraceDatabase database =
                DeltaTraceDatabase.builder().historyLimit(5).build()) {
            for (int n = 1; n <= 5; n++) {
                database.execute(Query.add("rows", Map.of("n", n)));
            }
            Checkpoint kept = database.history().checkpoint();
            for (int n = 6; n <= 10; n++) {
                database.execute(Query.add("rows", Map.of("n", n)));
            }
            ChainReport report = database.history().verify(List.of(kept));

            assertThat(report.firstRevision()).isEqualTo(6);
            assertThat(report.fault()).isNull();
            assertThat(report.unverifiable()).isEmpty();
            assertThat(database.history()
                            .verify(List.of(new Checkpoint(5, Chain.START)))
                            .fault())
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10_000, Integer.MAX_VALUE})
    void whoeverLooks_seesTheChain(int historyLimit) {
        List<HistoryEntry> told = new ArrayList<>();
        try (DeltaTraceDatabase database =
                DeltaTraceDatabase.builder().historyLimit(historyLimit).build()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> database.history().checkpoint())
                    .withMessage("The history has no entry yet");
            database.onChange("rows", (collection, entry) -> told.add(entry));
            for (int n = 1; n <= 50; n++) {
                database.execute(Query.add("rows", Map.of("n", n)));
            }
            List<HistoryEntry> kept = told.subList(50 - Math.min(50, historyLimit), 50);

            assertThat(told).extracting(HistoryEntry::link).doesNotContainNull();
            assertThat(database.history().entries(HistoryFilter.all().fromTheOldest()))
                    .isEqualTo(kept);
            assertThat(database.history().versionsOf("rows", ANY).stream()
                            .map(DocumentVersion::entry)
                            .filter(entry -> entry != null))
                    .isEqualTo(kept);
            assertThat(database.history().blame("rows", ANY).stream()
                            .map(Blame::fields)
                            .map(fields -> fields.get("n"))
                            .filter(entry -> entry != null))
                    .isEqualTo(kept);
            Checkpoint last = database.history().checkpoint();
            assertThat(last).isEqualTo(new Checkpoint(50, told.get(49).link().hash()));
            assertThat(database.history().verify(List.of(last)).fault()).isNull();
        }
    }
}
