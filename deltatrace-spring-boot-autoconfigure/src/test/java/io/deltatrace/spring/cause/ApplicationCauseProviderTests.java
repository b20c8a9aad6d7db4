package io.deltatrace.spring.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.cause.TemporalTrace;
import io.deltatrace.cause.TimestampNode;
import io.deltatrace.document.Document;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.annotation.Scheduled;

class ApplicationCauseProviderTests {

    private static final Instant ARRIVED = Instant.parse("2026-11-01T10:00:00Z");
    private static final Instant COMMITTED = ARRIVED.plusMillis(7);
    private static final Actor ALICE = Actor.human("alice");
    private static final TimestampNode AT_SERVER = new TimestampNode(ARRIVED, "server", null);
    private static final TimestampNode AT_DATABASE = new TimestampNode(COMMITTED, "database", null);
    private static final Arrival REQUEST =
            new TestArrival(ARRIVED, "r-1", "the header says so", "PUT /items/{id} from 192.0.2.1", "Items.put", null);
    private static final Arrival SILENT =
            new TestArrival(ARRIVED, null, null, "PUT /x from 192.0.2.1", null, () -> "carol");

    private final CauseProvider alice = provider(here -> ALICE, Map.of());
    private final CauseProvider nobody = provider(Principals.OF_THE_SERVER, Map.of());

    private static CauseProvider provider(Principals principals, Map<String, String> trace) {
        return new ApplicationCauseProvider(principals, () -> trace, () -> COMMITTED);
    }

    private static Cause in(CauseContext context, CauseProvider provider, Cause given) {
        CauseContext.Scope scope = context.open();
        try {
            return provider.complete(given);
        } finally {
            scope.close();
        }
    }

    @Test
    void request_isCompleted() {
        Cause cause = in(CauseContext.EMPTY.handling(REQUEST), alice, null);

        assertThat(cause)
                .isEqualTo(new Cause(
                        null,
                        null,
                        ALICE,
                        new TemporalTrace(List.of(AT_SERVER, AT_DATABASE)),
                        "Items.put",
                        "the header says so",
                        "PUT /items/{id} from 192.0.2.1",
                        Document.of(Map.of("requestId", "r-1")),
                        1.0));
    }

    @Test
    void whatACauseSays_counts_exceptForWho_andWhatIsKnownIsKeptBesideIt() {
        TimestampNode browser = new TimestampNode(ARRIVED.minusSeconds(1), "browser", null);
        Cause given = new Cause(
                "s-1",
                "s-0",
                Actor.ai("bob").named("Bob", "bob@example.org"),
                new TemporalTrace(List.of(browser)),
                "what",
                "why",
                "a form",
                Document.parse("{\"ticket\":7,\"requestId\":\"forged\"}"),
                0.5);

        Cause cause = in(CauseContext.EMPTY.handling(REQUEST).saying("a block"), alice, given);

        assertThat(cause)
                .isEqualTo(new Cause(
                        "s-1",
                        "s-0",
                        ALICE,
                        new TemporalTrace(List.of(browser, AT_SERVER, AT_DATABASE)),
                        "what",
                        "why",
                        "a form",
                        Document.parse("""
                                {"ticket":7,"requestId":"r-1","from":"PUT /items/{id} from 192.0.2.1","claimed":
                                {"requestId":"forged","type":"ai","id":"bob","name":"Bob","email":"bob@example.org"}}"""),
                        0.5));
    }

    @Test
    void claimOfAnotherKindOfActor_isForgedToo() {
        Cause cause = alice.complete(Cause.of(Actor.system("alice"), null, null));

        assertThat(cause.who()).isEqualTo(ALICE);
        assertThat(cause.context().at("claimed.type")).isEqualTo("system");
    }

    @Test
    void trueClaim_leavesNothingBehind() {
        assertThat(alice.complete(Cause.of(ALICE, null, "why").withFrom("thread main"))
                        .context())
                .isNull();
    }

    @Test
    void outsideOfRequests_theClaimStands() {
        Cause cause = nobody.complete(Cause.of(Actor.ai("helper"), "what", "why"));

        assertThat(cause.who()).isEqualTo(Actor.ai("helper"));
        assertThat(cause.context()).isNull();
        assertThat(cause.from()).isEqualTo("thread main");
        assertThat(cause.when()).isEqualTo(new TemporalTrace(List.of(AT_DATABASE)));
    }

    @Test
    void outsideOfRequests_itIsTheSystem() {
        assertThat(nobody.complete(null).who()).isEqualTo(Actor.system("system"));
    }

    @Scheduled(fixedDelay = 1)
    private Cause nightly(CauseContext context, CauseProvider provider) {
        return in(context, provider, null);
    }

    @Test
    void job_isWhoAndWhatAndFrom() {
        Cause cause = nightly(CauseContext.EMPTY.declaring("new list", "Prices.set"), nobody);

        assertThat(cause.who()).isEqualTo(Actor.system("ApplicationCauseProviderTests.nightly"));
        assertThat(cause.what()).isEqualTo("ApplicationCauseProviderTests.nightly");
        assertThat(cause.from()).isEqualTo("job ApplicationCauseProviderTests.nightly");
        assertThat(cause.why()).isEqualTo("new list");
    }

    @Test
    void jobOfARequest_isStillOfTheRequest() {
        Cause cause = nightly(CauseContext.EMPTY.handling(REQUEST), alice);

        assertThat(cause.who()).isEqualTo(ALICE);
        assertThat(cause.what()).isEqualTo("Items.put");
        assertThat(cause.from()).isEqualTo(REQUEST.from());
    }

    @Test
    void methodThatSaysWhy_isWhat_outsideOfRequestsAndJobs() {
        Cause cause = in(CauseContext.EMPTY.declaring("new list", "Prices.set"), nobody, null);

        assertThat(cause.what()).isEqualTo("Prices.set");
        assertThat(cause.who()).isEqualTo(Actor.system("system"));
    }

    @Test
    void withoutSpringSecurity_theServerKnowsWho() {
        assertThat(in(CauseContext.EMPTY.handling(SILENT), nobody, Cause.of(ALICE, null, null)))
                .satisfies(cause -> {
                    assertThat(cause.who()).isEqualTo(Actor.human("carol"));
                    assertThat(cause.context().at("claimed.id")).isEqualTo("alice");
                });
    }

    @Test
    void withoutSpringSecurity_whoeverIsNotKnown_isAnonymous_orWhoTheyClaim() {
        CauseContext context = CauseContext.EMPTY.handling(REQUEST);

        assertThat(in(context, nobody, null).who()).isEqualTo(Actor.human("anonymousUser"));
        assertThat(in(context, nobody, Cause.of(ALICE, null, null)).who()).isEqualTo(ALICE);
    }

    @Test
    void reasons_countInTheirOrder() {
        CauseContext all = CauseContext.EMPTY
                .handling(REQUEST)
                .declaring("annotation", "Items.put")
                .saying("block");
        CauseContext noBlock = CauseContext.EMPTY.handling(REQUEST).declaring("annotation", "Items.put");
        CauseContext annotation = CauseContext.EMPTY.handling(SILENT).declaring("annotation", "Items.put");

        assertThat(in(all, alice, Cause.of(ALICE, null, "its own")).why()).isEqualTo("its own");
        assertThat(in(all, alice, null).why()).isEqualTo("block");
        assertThat(in(noBlock, alice, null).why()).isEqualTo("the header says so");
        assertThat(in(annotation, alice, null).why()).isEqualTo("annotation");
        assertThat(in(CauseContext.EMPTY.handling(SILENT), alice, null).why()).isNull();
    }

    @Test
    void trace_isInTheContext() {
        CauseProvider traced = provider(here -> ALICE, Map.of("traceId", "t1"));

        assertThat(traced.complete(null).context()).isEqualTo(Document.of(Map.of("traceId", "t1")));
    }
}
