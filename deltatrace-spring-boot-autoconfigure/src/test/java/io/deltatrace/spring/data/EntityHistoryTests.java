package io.deltatrace.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryEntry;
import io.deltatrace.history.HistoryFilter;
import io.deltatrace.query.Query;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.history.Revision;
import org.springframework.data.history.RevisionMetadata.RevisionType;
import org.springframework.data.history.RevisionSort;
import org.springframework.data.history.Revisions;

/** Revisions, past states and reverting, through a repository. */
class EntityHistoryTests {

    @Collection("prices")
    record Price(@Id @Nullable Long id, String item, int amount) {}

    interface Prices extends DeltaTraceRepository<Price, Long> {}

    @Collection("plans")
    record Plan(
            @Id @Nullable Long id,
            String text,
            @Version @Nullable Long version) {}

    interface Plans extends DeltaTraceRepository<Plan, Long> {}

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final DeltaTraceDatabase database = DeltaTraceDatabase.builder()
            .clock(() -> now)
            .causeProvider(given -> given == null || given.who() == null
                    ? new Cause(
                            null,
                            null,
                            Actor.human("alice"),
                            null,
                            null,
                            given == null ? null : given.why(),
                            null,
                            null,
                            1)
                    : given)
            .build();
    private final DeltaTraceTemplate template = new DeltaTraceTemplate(database, null);
    private final Prices prices = People.repository(Prices.class, template);

    @BeforeEach
    void change() {
        prices.save(new Price(null, "tea", 2));
        now = now.plusSeconds(60);
        prices.save(new Price(null, "coffee", 4));
        now = now.plusSeconds(60);
        prices.save(new Price(0L, "tea", 3));
        now = now.plusSeconds(60);
        prices.deleteById(0L);
    }

    @Test
    void revisions_areEveryVersionWithWhoAndWhen() {
        Revisions<Long, Price> revisions = prices.findRevisions(0L);
        assertThat(revisions)
                .extracting(
                        Revision::getRequiredRevisionNumber,
                        revision -> revision.getMetadata().getRevisionType(),
                        Revision::getEntity)
                .containsExactly(
                        tuple(1L, RevisionType.INSERT, new Price(0L, "tea", 2)),
                        tuple(3L, RevisionType.UPDATE, new Price(0L, "tea", 3)),
                        tuple(4L, RevisionType.DELETE, new Price(0L, "tea", 3)));
        Revision<Long, Price> update = revisions.getContent().get(1);
        assertThat(update.getRequiredRevisionInstant()).isEqualTo("2026-01-01T00:02:00Z");
        HistoryEntry entry = update.getMetadata().getDelegate();
        assertThat(entry.request().cause().who().id()).isEqualTo("alice");
    }

    @Test
    void revision_isFoundByItsNumber() {
        assertThat(prices.findRevision(0L, 3L)).map(Revision::getEntity).contains(new Price(0L, "tea", 3));
        assertThat(prices.findRevision(0L, 2L)).isEmpty();
        assertThat(prices.findLastChangeRevision(1L))
                .map(Revision::getRequiredRevisionNumber)
                .contains(2L);
        assertThat(prices.findLastChangeRevision(9L)).isEmpty();
        assertThat(prices.findRevisions(9L)).isEmpty();
    }

    @Test
    void revisions_comeInPages() {
        Page<Revision<Long, Price>> page = prices.findRevisions(0L, PageRequest.of(0, 2));
        assertThat(page).extracting(Revision::getRequiredRevisionNumber).containsExactly(1L, 3L);
        assertThat(page.getTotalElements()).isEqualTo(3);
        assertThat(prices.findRevisions(0L, PageRequest.of(0, 2, RevisionSort.desc())))
                .extracting(Revision::getRequiredRevisionNumber)
                .containsExactly(4L, 3L);
        assertThat(prices.findRevisions(0L, PageRequest.of(7, 2)).getContent()).isEmpty();
    }

    @Test
    void whatIsOlderThanTheHistory_comesFirst() {
        DeltaTraceDatabase shortLived =
                DeltaTraceDatabase.builder().historyLimit(1).build();
        Prices few = People.repository(Prices.class, new DeltaTraceTemplate(shortLived, null));
        few.save(new Price(null, "tea", 1));
        few.save(new Price(0L, "tea", 2));
        few.save(new Price(0L, "tea", 3));
        Revision<Long, Price> oldest = few.findRevisions(0L).getContent().get(0);
        assertThat(oldest.getRequiredRevisionNumber()).isZero();
        assertThat(oldest.getRevisionInstant()).isEmpty();
        assertThat(oldest.getEntity()).isEqualTo(new Price(0L, "tea", 2));
        assertThatThrownBy(() -> oldest.getMetadata().getDelegate()).hasMessageContaining("older");
        assertThat(few.findRevisions(0L)).extracting(Revision::getEntity).last().isEqualTo(new Price(0L, "tea", 3));
        assertThatThrownBy(() -> few.findByIdAsOf(0L, 0)).isInstanceOf(DataRetrievalFailureException.class);
    }

    @Test
    void past_isReadByInstantAndByRevision() {
        Instant then = Instant.parse("2026-01-01T00:01:30Z");
        assertThat(prices.findAllAsOf(then)).containsExactly(new Price(0L, "tea", 2), new Price(1L, "coffee", 4));
        assertThat(prices.findByIdAsOf(0L, then)).contains(new Price(0L, "tea", 2));
        assertThat(prices.findByIdAsOf(0L, 3)).contains(new Price(0L, "tea", 3));
        assertThat(prices.findByIdAsOf(0L, 4)).isEmpty();
        assertThatThrownBy(() -> prices.findByIdAsOf(0L, 99)).isInstanceOf(DataRetrievalFailureException.class);
    }

    @Test
    void revert_bringsAnEntityBackWithAReason() {
        assertThat(prices.revert(0L, 1, "deleted by mistake")).isEqualTo(new Price(0L, "tea", 2));
        assertThat(prices.findById(0L)).contains(new Price(0L, "tea", 2));
        database.execute(Query.update("prices", Map.of("extra", true)).where(io.deltatrace.condition.Condition.all()))
                .orThrow();
        assertThat(prices.revert(1L, 2, "typo")).isEqualTo(new Price(1L, "coffee", 4));
        assertThat(database.execute(Query.getAll("prices")).documents())
                .filteredOn(document -> document.get("id").equals(1L))
                .allMatch(document -> document.get("extra") == null);
        HistoryEntry newest =
                database.history().entries(HistoryFilter.all().limit(1)).get(0);
        assertThat(newest.request().cause().why()).isEqualTo("typo");
        assertThat(newest.request().cause().who().id()).isEqualTo("alice");
        assertThatThrownBy(() -> prices.revert(1L, 1, "before it was there"))
                .isInstanceOf(DataRetrievalFailureException.class)
                .hasMessageContaining("revision 1");
    }

    @Test
    void revert_countsTheVersionOn() {
        Plans plans = People.repository(Plans.class, template);
        Plan first = plans.save(new Plan(null, "a", null));
        plans.save(new Plan(first.id(), "b", first.version()));
        long revision = database.snapshot().revision() - 1;
        assertThat(plans.revert(first.id(), revision, "b was wrong")).isEqualTo(new Plan(0L, "a", 2L));
        assertThat(plans.findAll()).isEqualTo(List.of(new Plan(0L, "a", 2L)));
    }
}
