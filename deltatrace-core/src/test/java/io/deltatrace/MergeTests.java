package io.deltatrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.document.Document;
import io.deltatrace.query.Merge;
import io.deltatrace.query.Query;
import io.deltatrace.result.QueryResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTests {

    private final DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();

    @BeforeEach
    void fill() {
        database.execute(Query.add(
                        "users",
                        Map.of("id", -1, "name", "Taro", "address", Map.of("city", "Nara", "zip", "1")),
                        Map.of("id", -1, "name", "Jiro"))
                .serialKey("id"));
        database.execute(Query.add(
                "orders", Map.of("user", 0.0, "total", 10), Map.of("user", 0, "total", 20), Map.of("total", 30)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            base.name                     | "Taro"
            base.address.city             | "Nara"
            base.missing.deep             | null
            base                          | {"id":0,"name":"Taro","address":{"city":"Nara","zip":"1"}}
            0.total                       | 10
            0                             | {"user":0.0,"total":10}
            1                             | {}
            1.total                       | null
            int(1)                        | 1
            int( -12345678901234567890 )  | -12345678901234567890
            float(1.5)                    | 1.5
            bool(true)                    | true
            bool(false)                   | false
            str(some text)                | "some text"
            str()                         | ""
            null                          | null
            none                          | null
            [base.name]                   | ["Taro"]
            [[int(1)]]                    | [[1]]
            [null]                        | [null]
            popped.base[name, address.zip] | {"id":0,"address":{"city":"Nara"}}
            popped.0[user,missing,a.b,]   | {"total":10}
            ` base.name `                 | "Taro"
            """)
    void expression_hasItsValue(String expression, String expected) {
        QueryResult result = merge(expression);

        assertThat(result.isSuccess()).as(result.toString()).isTrue();
        assertThat(database.execute(Query.getAll("out").limit(1)).documents())
                .containsExactly(Document.parse("{\"value\":" + expected + "}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                   | neither 'base' nor the number of a source
            name                 | neither 'base' nor the number of a source
            .name                | neither 'base' nor the number of a source
            base.                | nothing follows the last dot
            base.name.           | nothing follows the last dot
            2.total              | there is no source of that number
            -1.total             | there is no source of that number
            int(x)               | int() needs an integer
            int(٣)               | int() needs an integer
            int()                | int() needs an integer
            float(0x1p3)         | float() needs a number
            float(1d)            | float() needs a number
            float(x)             | float() needs a number
            float(NaN)           | float() needs a number
            bool(maybe)          | bool() needs true or false
            popped.base]         | a bracket is missing
            """)
    void wrongExpression_failsTheMerge(String expression, String message) {
        QueryResult result = merge(expression);

        assertThat(result.errorMessage()).contains("for 'value'", message);
        assertThat(database.collections()).containsExactly("users", "orders");
    }

    @Test
    void deeplyNestedExpression_isRefused() {
        assertThat(merge("[".repeat(5_000) + "base" + "]".repeat(5_000)).errorMessage())
                .contains("nested deeper than 100");
        assertThat(merge("[".repeat(100) + "base" + "]".repeat(100)).errorMessage())
                .contains("nested deeper than 100");
    }

    @Test
    void integerOfTooManyDigits_isRefusedWithAShortMessage() {
        assertThat(merge("int(" + "9".repeat(1_000_000) + ")").errorMessage())
                .contains("needs an integer of at most 900 digits")
                .hasSizeLessThan(500);
    }

    private QueryResult merge(String expression) {
        return database.execute(Query.merge(Merge.of("users", "id", "out", Map.of("value", expression))
                .with("orders", "user")
                .with("orders", "nothing")));
    }

    @Test
    void rows_areNumbered_orTheSerialGoesOn() {
        database.execute(Query.merge(Merge.of("users", "id", "numbered", Map.of("id", "null", "name", "base.name"))
                .serialKey("id")));
        database.execute(Query.merge(
                Merge.of("users", "id", "continued", Map.of("id", "base.id")).serialBase("users")));

        assertThat(database.execute(Query.getAll("numbered")).documents())
                .extracting(row -> row.get("id"))
                .containsExactly(0L, 1L);
        assertThat(nextSerial("numbered")).isEqualTo(2L);
        assertThat(nextSerial("continued")).isEqualTo(2L);
    }

    private Object nextSerial(String collection) {
        return database.execute(
                        Query.add(collection, Map.of("id", -1)).serialKey("id").returnData())
                .documents()
                .get(0)
                .get("id");
    }

    @Test
    void missingPart_failsTheMerge() {
        Merge good = Merge.of("users", "id", "out", Map.of("id", "base.id"));
        List<Merge> merges = List.of(
                good.with("nowhere", "id"),
                good.serialBase("nowhere"),
                Merge.of("users", "id", "orders", Map.of("id", "base.id")),
                good.serialKey("number"));

        assertThat(merges.stream()
                        .map(merge -> database.execute(Query.merge(merge)).errorMessage()))
                .containsExactly(
                        "The collection 'nowhere' does not exist",
                        "The collection 'nowhere' does not exist",
                        "The output 'orders' exists already",
                        "Document 0 lacks the serial key 'number'");
        assertThat(database.collections()).containsExactly("users", "orders");
    }

    @Test
    void emptyBase_makesAnEmptyOutput_ifThatMayBe() {
        database.execute(Query.clear("users"));
        Merge merge = Merge.of("users", "id", "out", Map.of("id", "not an expression"));

        assertThat(database.execute(Query.merge(merge)).isSuccess()).isFalse();
        assertThat(database.collections()).doesNotContain("out");
        assertThat(database.execute(Query.merge(merge).mayAffectNone()).isSuccess())
                .isTrue();
        assertThat(database.collections()).contains("out");
    }
}
