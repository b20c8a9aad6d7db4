package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.document.Document;
import io.deltatrace.document.DocumentMapper;
import io.deltatrace.query.Query;
import io.deltatrace.result.QueryResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Which mapper converts what goes into a database and comes out of it. */
class ObjectConversionTests {

    @Test
    void callersMapper_convertsTypedCollections_andResultsIfItIsNamed() {
        JsonMapper snakeCase = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        DeltaTraceDatabase snake =
                DeltaTraceDatabase.builder().jsonMapper(snakeCase).build();
        record Item(String longName) {}

        assertThat(snake.collection("items", Item.class).add(new Item("x"))).isEqualTo(new Item("x"));

        QueryResult result = snake.execute(Query.getAll("items"));
        assertThat(result.documents()).containsExactly(Document.of(Map.of("long_name", "x")));
        assertThat(result.as(Item.class, DocumentMapper.of(snakeCase))).containsExactly(new Item("x"));
        assertThat(snake.collection("items", Item.class).all()).containsExactly(new Item("x"));
        assertThat(snake.collection("items", Item.class)
                        .findFirst(field("long_name").equalTo("x")))
                .contains(new Item("x"));
    }

    @Test
    void typedCollection_keepsRecordsThatCannotChange_unlessItIsNotTo() {
        record Item(String name) {}
        for (boolean keep : List.of(true, false)) {
            DeltaTraceCollection<Item> items =
                    DeltaTraceDatabase.builder().keepObjects(keep).build().collection("items", Item.class);
            items.addAll(List.of(new Item("a"), new Item("b")));
            List<Item> first = items.all();

            assertThat(items.all()).isEqualTo(first);
            assertKept(keep, items.all().get(0), first.get(0));
            items.update(field("name").equalTo("a"), Map.of("name", "c"));
            assertThat(items.all()).containsExactly(new Item("c"), new Item("b"));
            assertKept(keep, items.all().get(1), first.get(1));
        }
    }

    private static void assertKept(boolean kept, Object now, Object before) {
        if (kept) {
            assertThat(now).isSameAs(before);
        } else {
            assertThat(now).isEqualTo(before).isNotSameAs(before);
        }
    }

    @Test
    void objectsGivenToAQuery_comeBackFromItsResult_whateverTheCallersMapper() {
        DeltaTraceDatabase snake = DeltaTraceDatabase.builder()
                .jsonMapper(JsonMapper.builder()
                        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                        .build())
                .build();
        record Item(String longName) {}

        assertThat(snake.execute(Query.add("items", new Item("x")).returnData()).as(Item.class))
                .containsExactly(new Item("x"));
    }
}
