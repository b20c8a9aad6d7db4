package io.deltatrace.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deltatrace.document.Document;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CauseTests {

    private static final Actor ANN = Actor.human("ann");
    private static final TemporalTrace NOON = TemporalTrace.at(Instant.parse("2024-02-29T12:00:00Z"), "server");
    private static final Document CONTEXT = Document.parse("{\"ticket\": 7}");

    @Test
    void causeOfWhoWhatAndWhy_isCertainAndSaysNothingElse() {
        assertThat(Cause.of(ANN, "rename", "moved"))
                .isEqualTo(new Cause(null, null, ANN, null, "rename", "moved", null, null, 1.0));
    }

    @Test
    void everyPart_isSetByItsOwnMethod() {
        Cause cause = Cause.of(Actor.system("job"), "rename", "moved")
                .withSerial("s-2")
                .followingFrom("s-1")
                .withWho(ANN)
                .withWhen(NOON)
                .withFrom("/settings")
                .withContext(CONTEXT)
                .withConfidence(0.25);

        assertThat(cause).isEqualTo(new Cause("s-2", "s-1", ANN, NOON, "rename", "moved", "/settings", CONTEXT, 0.25));
    }

    @Test
    void settingAPart_leavesTheOriginalAlone() {
        Cause cause = Cause.of(ANN, "rename", null);

        Cause changed = cause.withSerial("s-1").withConfidence(0.5);

        assertThat(cause.serial()).isNull();
        assertThat(cause.confidenceScore()).isEqualTo(1.0);
        assertThat(changed.who()).isEqualTo(ANN);
        assertThat(changed.what()).isEqualTo("rename");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void confidenceThatIsNoFiniteNumber_isRejected(double confidence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cause.of(ANN, null, null).withConfidence(confidence))
                .withMessage("The confidence score must be a finite number");
    }
}
