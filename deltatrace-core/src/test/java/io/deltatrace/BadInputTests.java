package io.deltatrace;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.deltatrace.access.QueryType;
import io.deltatrace.document.Document;
import io.deltatrace.document.JsonFormatException;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.json.Json;
import io.deltatrace.query.MergeQuery;
import io.deltatrace.query.Paging;
import io.deltatrace.query.Query;
import io.deltatrace.query.SearchOneQuery;
import io.deltatrace.query.UpdateQuery;
import io.deltatrace.result.QueryResult;
import io.deltatrace.result.TransactionResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a request, the answer says what, and the database is as it was. */
class BadInputTests {

    private final DeltaTraceDatabase database = DeltaTraceDatabase.inMemory();
    private String before;

    @BeforeEach
    void fill() {
        database.execute(Query.add("rows", Map.of("n", 1), Map.of("n", "a")));
        before = database.snapshot().hash();
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(database.snapshot().hash()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"target":"rows","type":"search"}                                    | A query of type search needs 'queryNode'
            {"target":"rows","type":"searchOne"}                                 | A query of type searchOne needs 'queryNode'
            {"target":"rows","type":"delete"}                                    | A query of type delete needs 'queryNode'
            {"target":"rows","type":"deleteOne"}                                 | A query of type deleteOne needs 'queryNode'
            {"target":"rows","type":"update","overrideData":{}}                  | A query of type update needs 'queryNode'
            {"target":"rows","type":"updateOne","queryNode":{"type":"and_","conditions":[]}} | A query of type updateOne needs 'overrideData'
            {"target":"rows","type":"add"}                                       | A query of type add needs 'addData'
            {"target":"rows","type":"clearAdd"}                                  | A query of type clearAdd needs 'addData'
            {"target":"rows","type":"conformToTemplate"}                         | A query of type conformToTemplate needs 'template'
            {"target":"rows","type":"renameField","renameAfter":"b"}             | A query of type renameField needs 'renameBefore'
            {"target":"rows","type":"renameField","renameBefore":"b"}            | A query of type renameField needs 'renameAfter'
            {"target":"rows","type":"merge"}                                     | A query of type merge needs 'mergeQueryParams'
            {"target":"rows"}                                                    | A query needs 'type'
            {"type":"count"}                                                     | A query of type count needs 'target'
            {"target":"rows","type":"drop"}                                      | Unknown query type 'drop'
            {"className":"Select","target":"rows","type":"count"}                | Unknown className 'Select'
            {"target":"rows","type":"search","queryNode":{"type":"like_","field":"n"}} | Unknown condition type 'like_'
            {"target":"rows","type":"search","queryNode":{"type":"equals_","value":1}} | A condition of type equals_ needs 'field'
            {"target":"rows","type":"search","queryNode":{"field":"n"}}          | A condition needs 'type'
            {"target":"rows","type":"search","queryNode":{"type":"not_"}}        | A condition of type not_ needs 'condition'
            {"target":"rows","type":"search","queryNode":{"type":"equals_","field":"n","vType":"hex_"}} | Unknown vType 'hex_'
            {"target":"rows","type":"search","queryNode":{"type":"startsWith_","field":"n","value":1}} | needs a string, not an integer
            {"target":"rows","type":"getAll","sortObj":{"className":"Sort","field":"n"}} | Unknown className 'Sort' for a sort
            {"target":"rows","type":"getAll","sortObj":{"className":"SingleSort"}} | A SingleSort needs 'field'
            {"target":"rows","type":"getAll","offset":-1}                        | The offset must not be negative: -1
            {"target":"rows","type":"getAll","limit":-5}                         | The limit must not be negative: -5
            {"target":"rows","type":"getAll","limit":5000000000}                 | The number is out of range
            {"target":"rows","type":"getAll","limit":"5"}                        | Expected an integer
            {"target":"rows","type":"add","addData":{"n":1}}                     | Expected an array, not an object
            {"target":"rows","type":"add","addData":[1]}                         | Expected an object
            {"target":5,"type":"count"}                                          | Expected a string, not an integer
            {"target":"rows","type":"clear","resetSerial":"yes"}                 | Expected true or false, not a string
            {"target":"rows","type":"count","cause":{"who":{"type":"robot","id":"r"}}} | Unknown actor type 'robot'
            {"target":"rows","type":"count","cause":{"who":{"type":"ai"}}}       | An Actor needs 'id'
            {"target":"rows","type":"count","cause":{"when":{"nodes":[{}]}}}     | A TimestampNode needs 'timestamp'
            {"target":"rows","type":"count","cause":{"when":{"nodes":[{"timestamp":"now"}]}}} | Expected an ISO 8601 timestamp
            {"target":"rows","type":"merge","mergeQueryParams":{"base":"rows"}}  | The parameters of a merge need 'relationKey'
            {"target":"rows","type":"add","addData":[{"n":1e99999999999}]}       | The number is out of range
            {"target":"rows","type":"getAll","limit":1e99999999999}              | The number is out of range
            {"target":"rows","type":"count"                                      | Unexpected end-of-input
            {"target":"rows","type":"count"} {}                                  | Unexpected text after the end
            {"target":"rows","type":"add","addData":[{"n":NaN}]}                 | NaN
            nonsense                                                             | Unrecognized token: was expecting
            []                                                                   | Expected an object, not an array
            """)
    void unreadableRequest_isAnsweredByAFailureThatSaysWhy(String request, String message) {
        Document answer = Document.parse(database.execute(request));

        assertThat(answer.get("className")).isEqualTo("QueryResult");
        assertThat(answer.get("isSuccess")).isEqualTo(false);
        assertThat(answer.get("result")).isEqualTo(List.of());
        assertThat(answer.get("updateCount")).isEqualTo(0L);
        assertThat(answer.get("errorMessage").toString())
                .contains(message)
                .contains("at line 1, column ")
                .doesNotContain("Exception");
    }

    @Test
    void answerToAnUnreadableRequest_repeatsWhatCouldBeMadeOut() {
        Document query = Document.parse(database.execute("{\"type\":\"search\",\"target\":\"rows\"}"));
        Document transaction = Document.parse(database.execute(
                "{\"className\":\"TransactionQuery\",\"queries\":[{\"target\":\"rows\",\"type\":\"search\"}]}"));

        assertThat(query.get("target")).isEqualTo("rows");
        assertThat(query.get("type")).isEqualTo("search");
        assertThat(transaction.get("className")).isEqualTo("TransactionQueryResult");
        assertThat(transaction.get("isSuccess")).isEqualTo(false);
        assertThat(transaction.get("results")).isEqualTo(List.of());
        assertThat(transaction.get("errorMessage"))
                .isEqualTo("A query of type search needs 'queryNode' at line 1, column 76 (/queries/0)");
    }

    @Test
    void answerToAnUnreadableRequest_isReadableItself() {
        Json json = new Json(JsonLimits.DEFAULT);

        assertThat(json.readResult(database.execute("{}")).isSuccess()).isFalse();
        assertThat(json.readResult(database.execute("{\"type\":\"drop\",\"target\":\"rows\"}")))
                .isEqualTo(QueryResult.failure(
                        "rows", QueryType.SEARCH, 0, "Unknown query type 'drop' at line 1, column 9 (/type)"));
        assertThat(json.readResult(database.execute("{\"className\":\"TransactionQuery\",\"queries\":[{}]}")))
                .isInstanceOf(TransactionResult.class);
        assertThat(Document.parse(database.execute("{\"className\":\"Query\",\"queries\":null}"))
                        .get("className"))
                .isEqualTo("QueryResult");
    }

    @Test
    void unreadableRequest_isAnExceptionWithItsPlace_whereTheCodecIsUsedItself() {
        String json =
                "{\"target\":\"rows\",\n \"type\":\"search\",\n \"queryNode\":{\"type\":\"and_\",\"conditions\":[5]}}";

        assertThatExceptionOfType(JsonFormatException.class)
                .isThrownBy(() -> new Json(JsonLimits.DEFAULT).readRequest(json))
                .satisfies(e -> {
                    assertThat(e.problem()).isEqualTo("Expected an object, not an integer");
                    assertThat(e.line()).isEqualTo(3);
                    assertThat(e.column()).isEqualTo(43);
                    assertThat(e.pointer()).isEqualTo("/queryNode/conditions/0");
                });
    }

    @Test
    void queryWithoutANeededPart_doesNotConstruct() {
        assertThatNullPointerException().isThrownBy(() -> new SearchOneQuery("rows", null, null));
        assertThatNullPointerException()
                .isThrownBy(() -> new UpdateQuery("rows", field("n").isNull(), null, false, null, false, true, null));
        assertThatNullPointerException().isThrownBy(() -> new MergeQuery("rows", null, true, null));
    }

    @Test
    void negativeOffsetOrLimit_doesNotConstruct() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.getAll("rows").offset(-1))
                .withMessage("The offset must not be negative: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Paging(null, null, null, -1))
                .withMessage("The limit must not be negative: -1");
    }

    @Test
    void patternThatDoesNotCompile_isAFailureWithErrorAndPosition() {
        QueryResult result =
                database.execute(Query.search("rows").where(field("n").matches("ab(c")));

        assertThat(result.errorMessage())
                .contains("for field 'n'")
                .contains("missing closing )")
                .contains("at position");
        assertThat(Document.parse(database.execute("{\"target\":\"rows\",\"type\":\"search\",\"queryNode\":"
                                + "{\"type\":\"regex_\",\"field\":\"n\",\"pattern\":\"x*+\"}}"))
                        .get("errorMessage")
                        .toString())
                .contains("invalid nested repetition operator")
                .contains("at position 1");
    }

    @Test
    void mixedTypesUnderASort_areAFailureThatNamesFieldAndKinds() {
        String json = database.execute("{\"target\":\"rows\",\"type\":\"getAll\","
                + "\"sortObj\":{\"className\":\"SingleSort\",\"field\":\"n\"}}");

        assertThat(Document.parse(json).get("errorMessage"))
                .isEqualTo("Cannot sort by 'n': a string cannot be compared with an integer");
    }

    @Test
    void unsupportedJavaValue_isRefusedWithThePathToIt() {
        Map<String, Object> cyclic = new HashMap<>();
        cyclic.put("self", cyclic);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.add("rows", Map.of("a", List.of(1, Map.of("b", Thread.currentThread())))))
                .withMessageContaining("java.lang.Thread")
                .withMessageContaining("at a[1].b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.add("rows", cyclic))
                .withMessageContaining("in a cycle")
                .withMessageContaining("at self.self");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Query.update("rows", Map.of("x", Map.of("y", Double.NaN))))
                .withMessage("NaN is not a JSON number at x.y");
    }

    @Test
    void deeplyNestedInput_neitherOverflowsTheStackNorGetsIn() {
        List<String> requests = new ArrayList<>();
        for (int depth : new int[] {101, 500, 100_000}) {
            requests.add("{\"target\":\"rows\",\"type\":\"add\",\"addData\":[" + "{\"a\":".repeat(depth) + "1"
                    + "}".repeat(depth) + "]}");
            requests.add("{\"target\":\"rows\",\"type\":\"add\",\"addData\":[{\"a\":" + "[".repeat(depth)
                    + "]".repeat(depth) + "}]}");
            requests.add("{\"target\":\"rows\",\"type\":\"search\",\"queryNode\":"
                    + "{\"type\":\"not_\",\"condition\":".repeat(depth) + "{\"type\":\"and_\",\"conditions\":[]}"
                    + "}".repeat(depth) + "}");
            requests.add("{\"unknown\":" + "[".repeat(depth * 4) + "]".repeat(depth * 4) + "}");
        }

        assertThat(requests)
                .allSatisfy(request -> assertThat(
                                Document.parse(database.execute(request)).get("isSuccess"))
                        .isEqualTo(false));
    }

    @Test
    void conditionsAndDocumentsBeyondTheConfiguredLimits_areRefused() {
        DeltaTraceDatabase strict =
                DeltaTraceDatabase.builder().jsonLimits(new JsonLimits(3, 40)).build();
        String node = "{\"type\":\"equals_\",\"field\":\"n\",\"value\":1}";
        String search =
                "{\"target\":\"rows\",\"type\":\"search\",\"queryNode\":{\"type\":\"and_\",\"conditions\":[%s]}}";

        assertThat(strict.execute(search.formatted(node + "," + node))).contains("\"isSuccess\":true");
        assertThat(strict.execute(search.formatted(node + "," + node + "," + node)))
                .contains("The condition has more than 3 nodes");
        assertThat(strict.execute(
                        "{\"target\":\"rows\",\"type\":\"add\",\"addData\":[{\"a\":\"" + "x".repeat(30) + "\"}]}"))
                .contains("\"isSuccess\":true");
        assertThat(strict.execute(
                        "{\"target\":\"rows\",\"type\":\"add\",\"addData\":[{\"a\":\"" + "x".repeat(40) + "\"}]}"))
                .contains("The document is larger than 40 characters");
    }
}
