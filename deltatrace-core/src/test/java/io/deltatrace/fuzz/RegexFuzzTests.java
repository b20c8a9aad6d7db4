package io.deltatrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.Field;
import io.deltatrace.query.Query;
import io.deltatrace.result.QueryResult;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Any pattern on any text: it is refused, or takes no longer than a pattern may, and says the opposite under "not". */
@ExtendWith(JazzerCondition.class)
class RegexFuzzTests {

    @Timeout(60)
    @FuzzTest
    void pattern_isRefused_orAnswersInTime(FuzzedDataProvider data) {
        String text = data.consumeString(2_000);
        String pattern = data.consumeRemainingAsString();
        Condition condition;
        try {
            condition = Field.field("text").matches(pattern);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            database.execute(Query.add("texts", Map.of("text", text.repeat(4)))).orThrow();

            QueryResult found = database.execute(Query.search("texts").where(condition));
            QueryResult others = database.execute(Query.search("texts").where(condition.not()));

            assertThat(found.isSuccess()).isEqualTo(others.isSuccess());
            if (found.isSuccess()) {
                assertThat(found.hitCount() + others.hitCount()).isEqualTo(1);
            }
        }
    }
}
