package io.deltatrace.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.deltatrace.document.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemporalTraceTests {

    private static final Instant START = Instant.parse("2024-02-29T12:00:00Z");
    private static final TimestampNode BROWSER = new TimestampNode(START, "browser", null);
    private static final TimestampNode SERVER =
            new TimestampNode(START.plusSeconds(2), "server", Document.parse("{\"rack\": 4}"));

    @Test
    void traceOfOneMoment_beginsAndArrivesThen() {
        TemporalTrace trace = TemporalTrace.at(START, "browser");

        assertThat(trace.nodes()).containsExactly(BROWSER);
        assertThat(trace.first()).isEqualTo(START);
        assertThat(trace.last()).isEqualTo(START);
    }

    @Test
    void emptyTrace_knowsNoTimes() {
        TemporalTrace trace = new TemporalTrace(List.of());

        assertThat(trace.first()).isNull();
        assertThat(trace.last()).isNull();
    }

    @Test
    void plus_addsANodeAtTheEndOfACopy() {
        TemporalTrace trace = TemporalTrace.at(START, "browser");

        TemporalTrace longer = trace.plus(SERVER);

        assertThat(longer.nodes()).containsExactly(BROWSER, SERVER);
        assertThat(longer.first()).isEqualTo(START);
        assertThat(longer.last()).isEqualTo(START.plusSeconds(2));
        assertThat(trace.nodes()).containsExactly(BROWSER);
    }

    @Test
    void order_isThatOfTheNodesEvenIfTheirClocksDisagree() {
        TemporalTrace trace = new TemporalTrace(List.of(SERVER, BROWSER));

        assertThat(trace.first()).isEqualTo(START.plusSeconds(2));
        assertThat(trace.last()).isEqualTo(START);
    }

    @Test
    void nodes_areCopied() {
        List<TimestampNode> nodes = new ArrayList<>(List.of(BROWSER));
        TemporalTrace trace = new TemporalTrace(nodes);

        nodes.add(SERVER);

        assertThat(trace.nodes()).containsExactly(BROWSER);
        assertThat(trace.nodes()).isUnmodifiable();
    }

    @Test
    void nodeWithoutATimestamp_isRejected() {
        assertThatNullPointerException()
                .isThrownBy(() -> new TimestampNode(null, "server", null))
                .withMessage("timestamp");
    }
}
