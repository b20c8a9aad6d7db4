package io.deltatrace.json;

import static io.deltatrace.condition.Field.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Actor;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.TemporalTrace;
import io.deltatrace.condition.Comparison;
import io.deltatrace.condition.ValueType;
import io.deltatrace.document.JsonFormatException;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.query.CountQuery;
import io.deltatrace.query.Query;
import io.deltatrace.query.RestoreRequest;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.result.QueryResult;
import io.deltatrace.result.TransactionResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTests {

    private final Json json = new Json(JsonLimits.DEFAULT);

    @Test
    void query_isWrittenWithEveryField() {
        Query query = Query.search("users")
                .where(field("age").greaterThan(18).and(field("tags").in("a", 1)))
                .sort(Sort.by("age").descending().thenBy("name"))
                .limit(5);

        assertThat(json.toJson(query)).isEqualTo("""
                        {"className":"Query","version":"7","target":"users","type":"search","addData":null,\
                        "overrideData":null,"template":null,"queryNode":{"type":"and_","conditions":[\
                        {"type":"greaterThan_","field":"age","value":18,"vType":"auto_","version":"2"},\
                        {"type":"in_","field":"tags","values":["a",1],"version":"1"}],"version":"1"},\
                        "sortObj":{"className":"MultiSort","version":"1","sortOrders":[\
                        {"className":"SingleSort","version":"2","field":"age","reversed":true,"vType":"auto_"},\
                        {"className":"SingleSort","version":"2","field":"name","reversed":false,"vType":"auto_"}]},\
                        "offset":null,"startAfter":null,"endBefore":null,"renameBefore":null,"renameAfter":null,\
                        "limit":5,"returnData":false,"mustAffectAtLeastOne":true,"serialKey":null,\
                        "resetSerial":false,"mergeQueryParams":null,"cause":null}""");
    }

    @Test
    void cause_isWrittenWithEveryField() {
        Cause cause = Cause.of(Actor.ai("gpt").named("G", null), "guess", "asked")
                .withSerial("s1")
                .withWhen(TemporalTrace.at(Instant.parse("2024-05-01T01:02:03Z"), "browser"))
                .withConfidence(0.5);

        assertThat(json.toJson(Query.count("c").because(cause))).endsWith("""
                        "cause":{"className":"Cause","version":"1","serial":"s1","chainParentSerial":null,\
                        "who":{"className":"Actor","version":"6","type":"ai","id":"gpt","collectionPermissions":null,\
                        "context":null,"name":"G","email":null,"createdAt":null,"updatedAt":null,"lastAccess":null,\
                        "lastAccessDay":null,"operationInDay":null,"deviceIds":null},\
                        "when":{"className":"TemporalTrace","version":"1","nodes":[{"className":"TimestampNode",\
                        "version":"1","timestamp":"2024-05-01T01:02:03Z","location":"browser","context":null}]},\
                        "what":"guess","why":"asked","from":null,"context":null,"confidenceScore":0.5}}""");
    }

    @Test
    void results_areWrittenWithEveryField() {
        QueryResult success = QueryResult.success("c", QueryType.COUNT, List.of(), 7, 0, 7);

        assertThat(json.toJson(success))
                .isEqualTo("{\"className\":\"QueryResult\",\"version\":\"6\",\"isSuccess\":true,\"target\":\"c\","
                        + "\"type\":\"count\",\"result\":[],\"dbLength\":7,\"updateCount\":0,\"hitCount\":7,"
                        + "\"errorMessage\":null}");
        assertThat(json.toJson(TransactionResult.failure("no")))
                .isEqualTo("{\"className\":\"TransactionQueryResult\",\"version\":\"3\",\"isSuccess\":false,"
                        + "\"results\":[],\"errorMessage\":\"no\"}");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        json.write(success, bytes);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(json.toJson(success));
    }

    @Test
    void absentFields_takeTheirDefaults_andUnknownOnesAreIgnored() {
        assertThat(json.readRequest("{\"future\":{\"deep\":[1,{}]},\"target\":\"c\",\"type\":\"count\",\"x\":null}"))
                .isEqualTo(Query.count("c"));
        assertThat(json.readRequest("{\"target\":\"c\",\"type\":\"clear\",\"mustAffectAtLeastOne\":null}"))
                .isEqualTo(Query.clear("c"));
        assertThat(json.readRequest("{\"queries\":[{\"target\":\"c\",\"type\":\"count\"}]}"))
                .isEqualTo(TransactionQuery.of(Query.count("c")));
        assertThat(json.readRequest(
                        "{\"target\":\"c\",\"type\":\"getAll\",\"sortObj\":{\"sortOrders\":[{\"field\":\"a\"}]}}"))
                .isEqualTo(Query.getAll("c").sort(Sort.by("a")));
        assertThat(json.readRequest("{\"target\":\"c\",\"type\":\"add\",\"addData\":[],\"resetSerial\":true}"))
                .isEqualTo(Query.add("c", List.of()));
    }

    @Test
    void fields_mayComeInAnyOrder() {
        SearchQuery query = (SearchQuery) json.readRequest(
                "{\"queryNode\":{\"vType\":\"int_\",\"value\":\"5\",\"field\":\"a.b\",\"type\":\"equals_\"},"
                        + "\"limit\":1,\"type\":\"search\",\"target\":\"c\",\"className\":\"Query\"}");

        assertThat(query.condition())
                .isEqualTo(field("a.b").as(ValueType.INTEGER).equalTo("5"));
        assertThat(((Comparison) query.condition()).operator()).isEqualTo(Comparison.Operator.EQUAL);
        assertThat(query.paging().limit()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-05-01T01:02:03Z", "2024-05-01T01:02:03+00:00", "2024-05-01T10:02:03.000+09:00"})
    void timestamps_mayHaveAnyOffset(String text) {
        CountQuery query = (CountQuery) json.readRequest("{\"target\":\"c\",\"type\":\"count\",\"cause\":{\"when\":"
                + "{\"nodes\":[{\"timestamp\":\"" + text + "\"}]}}}");

        assertThat(query.cause().when().first()).isEqualTo(Instant.parse("2024-05-01T01:02:03Z"));
        assertThat(query.cause().confidenceScore()).isEqualTo(1.0);
    }

    @Test
    void restore_isReadAsItWasWritten() {
        RestoreRequest restore = new RestoreRequest(
                Map.of("c", new RestoreRequest.Contents(List.of(), 3)), true, Cause.of(Actor.system("s"), null, null));

        assertThat(json.readRequest(json.toJson(restore))).isEqualTo(restore);
    }

    @Test
    void failedResultWithoutAMessage_getsOne() {
        assertThat(json.readResult(
                                "{\"className\":\"QueryResult\",\"target\":\"c\",\"type\":\"count\",\"isSuccess\":false}")
                        .errorMessage())
                .isEqualTo("The request failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"className\":\"Query\"}",
                "{\"className\":\"QueryResult\",\"isSuccess\":true,\"type\":\"count\"}",
                "{\"className\":\"QueryResult\",\"isSuccess\":true,\"target\":\"c\"}",
                "{\"className\":\"QueryResult\",\"isSuccess\":\"yes\"}",
                "{",
                ""
            })
    void unreadableResult_isAnException(String text) {
        assertThatExceptionOfType(JsonFormatException.class).isThrownBy(() -> json.readResult(text));
    }

    @Test
    void anyUnicodeEncoding_isRead() {
        String text = "{\"target\":\"田中 😀\",\"type\":\"count\"}";

        assertThat(json.readRequest(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Query.count("田中 😀"));
        assertThat(json.readRequest(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_16LE))))
                .isEqualTo(Query.count("田中 😀"));
    }
}
