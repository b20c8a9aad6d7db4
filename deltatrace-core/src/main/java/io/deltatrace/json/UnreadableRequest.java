package io.deltatrace.json;

import io.deltatrace.access.QueryType;
import io.deltatrace.document.Values;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What can be said of a request that could not be read, so that its sender still gets a result of the right kind. */
final class UnreadableRequest {

    private @Nullable String className;
    private boolean hasQueries;
    private String target = "";
    private QueryType type = QueryType.SEARCH;

    /** Looks at the top-level fields, as far as they are readable. */
    static UnreadableRequest of(Supplier<JsonParser> json) {
        UnreadableRequest request = new UnreadableRequest();
        try (JsonParser parser = json.get()) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                request.read(parser);
            }
        } catch (JacksonException e) {
            // The text ends here for us; that it does is what is being reported.
            return request;
        }
        return request;
    }

    private void read(JsonParser parser) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
            switch (name) {
                case "className" -> className = text ? parser.getString() : null;
                case "queries" -> hasQueries = true;
                case "target" -> target = text ? Values.wellFormed(parser.getString()) : "";
                case "type" -> type = text ? typeOf(parser.getString()) : QueryType.SEARCH;
                default -> {
                    // Nothing a result would repeat.
                }
            }
            parser.skipChildren();
        }
    }

    /** Clients know no other types, so a type that cannot be made out is answered as a search. */
    private static QueryType typeOf(String name) {
        return Arrays.stream(QueryType.values())
                .filter(known -> known.wireName().equals(name))
                .findFirst()
                .orElse(QueryType.SEARCH);
    }

    void writeFailure(JsonSink out, String errorMessage) {
        if (className == null ? hasQueries : className.equals("TransactionQuery")) {
            out.object("TransactionQueryResult", "3", () -> {
                out.bool("isSuccess", false);
                out.emptyArray("results");
                out.text("errorMessage", errorMessage);
            });
            return;
        }
        out.object("QueryResult", "6", () -> {
            out.bool("isSuccess", false);
            out.text("target", target);
            out.text("type", type.wireName());
            out.emptyArray("result");
            out.number("dbLength", 0);
            out.number("updateCount", 0);
            out.number("hitCount", 0);
            out.text("errorMessage", errorMessage);
        });
    }
}
