package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.document.Document;
import io.deltatrace.query.Query;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CollectionStatisticsTests {

    private static final Document TARO = Document.parse("""
            {"id":-1,"name":"Taro","address":{"city":"Nara"}}""");
    private static final Document JIRO = Document.parse("""
            {"id":-1,"name":"Jiro"}""");

    @Test
    void statistics_areThoseOfTheSnapshotsMoment() {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            database.execute(Query.add("users", TARO, JIRO).serialKey("id"));
            Snapshot before = database.snapshot();
            database.execute(Query.deleteOne("users").where(field("name").equalTo("Taro")));

            assertThat(before.statistics("users"))
                    .contains(new CollectionStatistics(2, 2, TARO.estimatedBytes() + JIRO.estimatedBytes()));
            assertThat(database.snapshot().statistics("users"))
                    .contains(new CollectionStatistics(1, 2, JIRO.estimatedBytes()));
            assertThat(before.fieldCounts("users").documents())
                    .isEqualTo(Map.of("id", 2L, "name", 2L, "address", 1L, "address.city", 1L));
            assertThat(database.snapshot().fieldCounts("users").documents()).isEqualTo(Map.of("id", 1L, "name", 1L));
        }
    }

    @Test
    void collectionThatIsNotThere_hasNone() {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            assertThat(database.snapshot().statistics("users")).isEmpty();
            assertThat(database.snapshot().fieldCounts("users").documents()).isEmpty();
        }
    }

    @Test
    void emptyCollection_isThere() {
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            database.execute(Query.add("users", TARO));
            database.execute(Query.clear("users"));

            assertThat(database.snapshot().statistics("users")).contains(new CollectionStatistics(0, 0, 0));
        }
    }
}
