package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.deltatrace.history.RevisionNotRetainedException;
import io.deltatrace.query.Query;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history tells again what a request was answered. */
class AnswerAgainTests {

    private static final Query ADD =
            Query.add("users", Map.of("id", -1)).serialKey("id").returnData();

    @Test
    void answer_isTheFirstOne_whateverHappenedSince() {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            database.execute(ADD).orThrow();
            Result second = database.execute(ADD);
            Result transaction = database.execute(TransactionQuery.of(ADD, Query.count("users")));
            database.execute(Query.clear("users")).orThrow();

            assertThat(database.history().answerTo(2)).isEqualTo(second);
            assertThat(database.history().answerTo(3)).isEqualTo(transaction);
            assertThat(database.snapshot().revision()).isEqualTo(4);
        }
    }

    @Test
    void answer_isTheFirstOne_afterARestart(@TempDir Path directory) {
        Result first;
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            first = database.execute(ADD);
        }
        try (DeltaTraceDatabase database = DeltaTraceDatabase.open(directory)) {
            assertThat(database.history().answerTo(1)).isEqualTo(first);
        }
    }

    @Test
    void failedAndUnknownRequests_haveNoAnswer() {
        try (DeltaTraceDatabase database =
                DeltaTraceDatabase.builder().historyLimit(1).build()) {
            database.execute(ADD).orThrow();
            database.execute(Query.delete("users").where(field("id").equalTo(9)));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> database.history().answerTo(2))
                    .withMessageContaining("revision 2 was not carried out");
            assertThatExceptionOfType(RevisionNotRetainedException.class)
                    .isThrownBy(() -> database.history().answerTo(1));
            assertThatExceptionOfType(RevisionNotRetainedException.class)
                    .isThrownBy(() -> database.history().answerTo(3));
        }
    }
}
