package io.deltatrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.query.Query;
import io.deltatrace.storage.Retention;
import io.deltatrace.transaction.DeltaTraceTransaction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** What goes wrong for reasons that are not in the request, in a database that no other test uses. */
@TestPropertySource(properties = {"deltatrace.transaction.lock-timeout=100ms", "deltatrace.storage.segment-size=1KB"})
class ProblemsTests extends HttpTests {

    private static final Map<String, Object> CORRECTION = Map.of("capital", List.of("Mbabane"));

    @ParameterizedTest
    @ValueSource(strings = {"/countries", "/countries/SWZ", "/countries/SWZ/neighbours"})
    void stateThatRetentionHasGivenUp_isNotFoundAndSaysWhatIsKept(String uri) {
        long oldest = database.retain(Retention.entries(1));
        assertThat(oldest).isGreaterThan(1);

        String kept = ": states are kept from revision " + oldest + " to " + before;
        expectProblem(get("reader", uri + "?asOf=1"), 404, "There is no state of revision 1" + kept);
        String at = "2020-01-01T00:00:00Z";
        expectProblem(get("reader", uri + "?asOf=" + at), 404, "There is no state at " + at + kept);
        get("reader", uri + "?asOf=" + oldest).expectStatus().isOk();
    }

    @Test
    void correctionWhileAnotherTransactionIsOpen_isToBeTriedAgainAndThenGoesThrough() {
        try (DeltaTraceTransaction open = database.begin()) {
            database.execute(Query.getAll(Country.COLLECTION));

            expectBusy(post("steward", "a test", "/countries/SWZ/corrections", CORRECTION));
            assertThat(country("SWZ").capital()).containsExactly("Lobamba");
            open.rollback();
        }

        correct("SWZ", CORRECTION, "a test");
        assertThat(country("SWZ").capital()).containsExactly("Mbabane");
    }

    /** An undo is in no transaction of Spring. */
    @Test
    void undoWhileAnotherTransactionIsOpen_isToBeTriedAgain() {
        long revision = correct("SWZ", CORRECTION, "a test");

        try (DeltaTraceTransaction open = database.begin()) {
            database.execute(Query.getAll(Country.COLLECTION));

            expectBusy(post("steward", "a test", "/changes/" + revision + "/undo", ""));
            open.rollback();
        }
    }

    private static void expectBusy(ResponseSpec response) {
        expectProblem(
                response.expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "1"),
                503,
                "Others are writing; nothing has been changed, try again");
    }
}
