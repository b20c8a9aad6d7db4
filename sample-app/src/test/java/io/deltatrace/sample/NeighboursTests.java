package io.deltatrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.Subscription;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.history.HistoryFilter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class NeighboursTests extends HttpTests {

    @Autowired
    private Neighbours neighbours;

    @Test
    void refresh_showsWhatHasChangedAndTheHistoryKeepsWhatWasShown() {
        correct("MOZ", Map.of("capital", List.of("Beira")), "a test");
        assertThat(capitalOfTheFirstNeighbour("")).isEqualTo("Maputo");

        neighbours.refresh();

        assertThat(capitalOfTheFirstNeighbour("")).isEqualTo("Beira");
        assertThat(capitalOfTheFirstNeighbour("?asOf=" + before)).isEqualTo("Maputo");
    }

    @Test
    void refresh_isAJobOfTheSystemAndSaysWhy() {
        correct("MOZ", Map.of("capital", List.of("Beira")), "a test");

        neighbours.refresh();

        Cause cause = database.history()
                .entries(HistoryFilter.collection(Neighbours.COLLECTION))
                .get(0)
                .request()
                .cause();
        assertThat(cause.who()).isEqualTo(Actor.system("Neighbours.refresh"));
        assertThat(cause.why()).isEqualTo("the countries have changed");
        assertThat(cause.from()).isEqualTo("job Neighbours.refresh");
    }

    @Test
    void refresh_writesNothingIfNoCountryHasChanged() {
        correct("MOZ", Map.of("capital", List.of("Beira")), "a test");
        neighbours.refresh();
        long revision = database.snapshot().revision();

        neighbours.refresh();

        assertThat(database.snapshot().revision()).isEqualTo(revision);
        assertThat(database.collections()).doesNotContain("neighbours-draft");
    }

    @Test
    void correctionWhileNeighboursAreMerged_isSeenTheNextTime() {
        correct("MOZ", Map.of("capital", List.of("Beira")), "a test");
        Subscription merged = database.onCommit(entry -> {
            if (entry.request().queryTypes().contains(QueryType.MERGE)) {
                correct("MOZ", Map.of("capital", List.of("Nampula")), "a test");
            }
        });
        neighbours.refresh();
        merged.cancel();
        assertThat(capitalOfTheFirstNeighbour("")).isEqualTo("Beira");

        neighbours.refresh();

        assertThat(capitalOfTheFirstNeighbour("")).isEqualTo("Nampula");
    }

    private String capitalOfTheFirstNeighbour(String asOf) {
        return get("reader", "/countries/SWZ/neighbours" + asOf)
                .expectStatus()
                .isOk()
                .expectBody(Neighbours.Neighbour[].class)
                .returnResult()
                .getResponseBody()[0]
                .capital()
                .get(0);
    }
}
