package io.deltatrace.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.RandomRequests;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.json.Json;
import io.deltatrace.query.Request;
import java.time.Instant;
import java.util.Locale;
import java.util.TimeZone;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReplayTests {

    private final Json json = new Json(JsonLimits.DEFAULT);

    /** One database is given the requests themselves, the other what is left of them after a journey through JSON. */
    @Property(tries = 200)
    void databasesFedTheSameEntries_holdEqualStatesWithEqualHashes(@ForAll long seed) {
        RandomRequests requests = new RandomRequests(seed);
        DatabaseState one = DatabaseState.EMPTY;
        DatabaseState other = DatabaseState.EMPTY;
        for (int i = 1; i <= 40; i++) {
            Request request = requests.request();
            Instant now = Instant.ofEpochSecond(i);
            Applied here = Engine.apply(one, new Entry(one.revision() + 1, now, request));
            Applied there =
                    Engine.apply(other, new Entry(other.revision() + 1, now, json.readRequest(json.toJson(request))));
            assertThat(there.result()).isEqualTo(here.result());
            assertThat(there.effects()).isEqualTo(here.effects());
            one = here.state();
            other = there.state();
        }
        assertThat(other).isEqualTo(one).hasSameHashCodeAs(one);
        assertThat(other.hash()).isEqualTo(one.hash());
        assertThat(other.revision()).isEqualTo(one.revision());
    }

    @Property(tries = 200)
    void failedRequest_leavesTheVeryState(@ForAll long seed) {
        RandomRequests requests = new RandomRequests(seed);
        DatabaseState state = DatabaseState.EMPTY;
        for (int i = 1; i <= 40; i++) {
            String before = state.hash();
            Applied applied = Engine.apply(state, new Entry(i, Instant.EPOCH, requests.request()));
            assertThat(state.hash()).isEqualTo(before);
            if (!applied.result().isSuccess()) {
                assertThat(applied.state().hash()).isEqualTo(before);
                assertThat(applied.effects()).isEmpty();
            }
            state = applied.state();
        }
    }

    @Test
    void replay_dependsNeitherOnLocaleNorOnTimeZone() {
        String here = hashOfARun();
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));

            assertThat(hashOfARun()).isEqualTo(here);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private static String hashOfARun() {
        RandomRequests requests = new RandomRequests(42);
        DatabaseState state = DatabaseState.EMPTY;
        for (int i = 1; i <= 500; i++) {
            state = Engine.apply(state, new Entry(i, Instant.EPOCH, requests.request()))
                    .state();
        }
        assertThat(state.names()).isNotEmpty();
        return state.hash();
    }
}
