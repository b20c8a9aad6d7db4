package io.deltatrace.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.access.QueryType;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI description says what the running server does: each of its paths, methods, statuses, types and fields. */
@SpringBootTest(
        classes = SecuredApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"deltatrace.web.enabled=true", "deltatrace.web.max-request-size=100KB"})
class DescriptionTests {

    private static final String ADD =
            "{\"target\":\"users\",\"type\":\"add\",\"addData\":[{\"n\":1}],\"returnData\":true}";
    private static final String READ = "{\"target\":\"users\",\"type\":\"getAll\"}";

    @LocalServerPort
    private int port;

    private JsonNode description;

    private record Call(String path, String method, String user, String body, List<String> headers) {}

    private static Call call(String path, String method, String user, String body, String... headers) {
        return new Call(path, method, user, body, List.of(headers));
    }

    private HttpResponse<InputStream> send(Call call) throws Exception {
        Client client = Client.of(port, "/deltatrace").as(call.user());
        HttpRequest.Builder request = client.request(call.path(), call.headers().toArray(new String[0]))
                .method(
                        call.method(),
                        call.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body()));
        return client.send(request, BodyHandlers.ofInputStream());
    }

    @Test
    void server_doesWhatIsDescribed() throws Exception {
        HttpResponse<String> served = Client.of(port, "/deltatrace").get("/openapi.json");
        assertThat(served.statusCode()).isEqualTo(200);
        description = JsonMapper.shared().readTree(served.body());
        String[] json = {"Content-Type", "application/json"};
        List<Call> calls = List.of(
                call("/query", "POST", "admin", ADD, json),
                call("/query", "POST", "admin", "{\"className\":\"TransactionQuery\",\"queries\":[" + ADD + "]}", json),
                call("/query", "POST", "admin", "{\"target\":\"users\"}", json),
                call("/query", "POST", "admin", "{", json),
                call("/query", "POST", "reader", ADD, json),
                call("/query", "POST", null, ADD, json),
                call("/query", "GET", "admin", null),
                call("/query", "POST", "admin", " ".repeat(200_000), json),
                call("/query", "POST", "admin", ADD, "Content-Type", "text/plain"),
                call("/changes", "GET", "reader", null),
                call("/changes", "POST", "reader", null),
                call("/changes", "GET", "counter", null),
                call("/changes", "GET", null, null),
                call("/changes", "GET", "reader", null, "Last-Event-ID", "x"),
                call("/export", "GET", "admin", null),
                call("/export", "GET", "reader", null),
                call("/export", "GET", null, null),
                call("/export?revision=99999", "GET", "admin", null),
                call("/export?revision=x", "GET", "admin", null),
                call("/import", "PUT", "reader", null),
                call("/import", "PUT", null, null),
                call("/import", "PUT", "admin", "{"),
                call("/import", "PUT", "admin", "{\"className\":\"DeltaTraceDatabase\",\"collections\":{}}"),
                call("/openapi.json", "GET", null, null),
                call("/openapi.json", "PUT", null, null));
        Set<String> seen = new TreeSet<>();
        for (Call call : calls) {
            HttpResponse<InputStream> response = send(call);
            try (InputStream body = response.body()) {
                seen.add(described(call, response.statusCode(), response, body));
            }
        }
        Call read = call("/query", "POST", "admin", READ, json);
        HttpResponse<InputStream> first = send(read);
        seen.add(described(read, first.statusCode(), first, first.body()));
        String tag = first.headers().firstValue("ETag").orElseThrow();
        Call again = call("/query", "POST", "admin", READ, "Content-Type", "application/json", "If-None-Match", tag);
        HttpResponse<InputStream> second = send(again);
        assertThat(described(again, second.statusCode(), second, second.body())).endsWith(" 304");
        assertThat(seen).hasSizeGreaterThan(18);
        assertThat(description.get("paths").propertyNames())
                .containsExactlyInAnyOrder("/query", "/changes", "/export", "/import", "/openapi.json");
    }

    /** Fails unless the response is as described; answers what it was. */
    private String described(Call call, int status, HttpResponse<InputStream> response, InputStream body)
            throws Exception {
        JsonNode operations = description.get("paths").get(call.path().replaceAll("\\?.*", ""));
        JsonNode operation =
                operations.get(operations.propertyNames().iterator().next());
        if (status != 405) {
            assertThat(operations.propertyNames()).containsExactly(call.method().toLowerCase(Locale.ROOT));
        }
        String what = call.path() + " " + call.method() + " " + status;
        JsonNode answer = operation.get("responses").get(String.valueOf(status));
        assertThat(answer).as(what).isNotNull();
        String type = response.headers()
                .firstValue("Content-Type")
                .map(value -> value.replaceAll(";.*", ""))
                .orElse("none");
        if (!answer.has("content")) {
            assertThat(type).as(what).isEqualTo("none");
            return what;
        }
        JsonNode content = answer.get("content").get(type);
        assertThat(content).as(what + " " + type).isNotNull();
        if (type.endsWith("json")) {
            assertFits(JsonMapper.shared().readTree(body.readAllBytes()), content.get("schema"), what);
        }
        return what;
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? description.at(schema.get("$ref").asString().substring(1)) : schema;
    }

    /** A small part of JSON Schema, which is all that the description uses of answers. */
    private void assertFits(JsonNode value, JsonNode unresolved, String what) {
        JsonNode schema = resolved(unresolved);
        if (schema.has("oneOf")) {
            for (JsonNode one : schema.get("oneOf")) {
                if (resolved(one).at("/properties/className/const").equals(value.get("className"))) {
                    assertFits(value, one, what);
                    return;
                }
            }
            throw new AssertionError(what + " fits none: " + value);
        }
        JsonNode properties = schema.path("properties");
        if (properties.isObject()) {
            assertThat(properties.propertyNames()).as(what).containsAll(value.propertyNames());
        }
        schema.path("required")
                .forEach(name -> assertThat(value.has(name.asString()))
                        .as(what + ": " + name)
                        .isTrue());
        properties.properties().forEach(property -> {
            JsonNode field = value.get(property.getKey());
            if (field != null) {
                JsonNode expected = resolved(property.getValue());
                if (expected.has("const")) {
                    assertThat(field).as(what).isEqualTo(expected.get("const"));
                } else {
                    assertThat(types(expected))
                            .as(what + ": " + property.getKey())
                            .contains(type(field));
                }
            }
        });
    }

    private static List<String> types(JsonNode schema) {
        List<String> types = new ArrayList<>();
        Stream.of(schema.get("type")).forEach(type -> {
            if (type.isArray()) {
                type.forEach(one -> types.add(one.asString()));
            } else {
                types.add(type.asString());
            }
        });
        return types;
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> "integer";
            default -> value.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    @Test
    void description_hasEveryTypeOfQueries() throws Exception {
        JsonNode served = JsonMapper.shared()
                .readTree(Client.of(port, "/deltatrace").get("/openapi.json").body());

        assertThat(served.at("/components/schemas/Query/properties/type/enum").valueStream())
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(QueryType.values())
                        .map(QueryType::wireName)
                        .toList());
    }
}
