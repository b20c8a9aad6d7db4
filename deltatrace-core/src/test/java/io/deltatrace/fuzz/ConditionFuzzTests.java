package io.deltatrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.DeltaTraceDatabaseBuilder;
import io.deltatrace.index.Index;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text where a condition belongs, with every field indexed and without: both find the same, or refuse alike. */
@ExtendWith(JazzerCondition.class)
class ConditionFuzzTests {

    private static final List<String> FIELDS =
            List.of("id", "name", "age", "score", "active", "tags", "address", "address.city", "createdAt", "code");

    private static DeltaTraceDatabase plain;
    private static DeltaTraceDatabase indexed;

    static Stream<byte[]> conditions() {
        return RecordedCases.parts(7, "queryNode");
    }

    @BeforeAll
    static void open() {
        plain = filled(DeltaTraceDatabase.builder());
        DeltaTraceDatabaseBuilder builder = DeltaTraceDatabase.builder();
        for (String field : FIELDS) {
            builder.index("users", Index.hash(field)).index("users", Index.ordered(field));
        }
        indexed = filled(builder);
    }

    private static DeltaTraceDatabase filled(DeltaTraceDatabaseBuilder builder) {
        DeltaTraceDatabase database = builder.build();
        database.importFrom(new ByteArrayInputStream(Start.DATABASE), Start.CAUSE);
        return database;
    }

    @AfterAll
    static void close() {
        plain.close();
        indexed.close();
    }

    @Timeout(60)
    @MethodSource("conditions")
    @FuzzTest
    void condition_findsTheSameWithIndexes(byte[] input) {
        String condition = new String(input, StandardCharsets.UTF_8);
        for (String type : List.of("search", "searchOne")) {
            String query = "{\"target\":\"users\",\"type\":\"" + type + "\",\"queryNode\":" + condition + "}";
            assertThat(indexed.execute(query)).isEqualTo(plain.execute(query));
        }
    }
}
