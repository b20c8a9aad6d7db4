package io.deltatrace.json;

import io.deltatrace.access.QueryType;
import io.deltatrace.document.Document;
import io.deltatrace.document.Values;
import io.deltatrace.result.QueryResult;
import io.deltatrace.result.Result;
import io.deltatrace.result.TransactionResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a result. */
final class ResultReader {

    private static final String NO_MESSAGE = "The request failed";

    private final JsonCursor in;

    ResultReader(JsonCursor in) {
        this.in = in;
    }

    Result read() {
        Fields fields = new Fields();
        in.object(fields);
        return switch (fields.className) {
            case "QueryResult" -> fields.queryResult();
            case "TransactionQueryResult" -> fields.transactionResult();
            default -> throw in.failure("Unknown className '" + Values.shown(fields.className) + "' for a result");
        };
    }

    private QueryResult queryResult() {
        Fields fields = new Fields();
        in.object(fields);
        return fields.queryResult();
    }

    private final class Fields implements JsonCursor.FieldHandler {

        private String className = "QueryResult";
        private boolean success;
        private @Nullable String target;
        private @Nullable QueryType type;
        private List<Document> documents = List.of();
        private long collectionSize;
        private long updateCount;
        private long hitCount;
        private @Nullable String errorMessage;
        private List<QueryResult> results = List.of();

        @Override
        public boolean read(String name) {
            switch (name) {
                case "className" -> className = in.string();
                case "isSuccess" -> success = in.bool();
                case "target" -> target = in.string();
                case "type" -> type = in.named("query type", QueryType.values(), QueryType::wireName);
                case "result" -> documents = in.list(in::document);
                case "dbLength" -> collectionSize = in.longInteger();
                case "updateCount" -> updateCount = in.longInteger();
                case "hitCount" -> hitCount = in.longInteger();
                case "errorMessage" -> errorMessage = in.orNull(in::string);
                case "results" -> results = in.list(ResultReader.this::queryResult);
                default -> {
                    return false;
                }
            }
            return true;
        }

        QueryResult queryResult() {
            if (target == null || type == null) {
                throw in.failure("A QueryResult needs '" + (target == null ? "target" : "type") + "'");
            }
            return success
                    ? QueryResult.success(target, type, documents, collectionSize, updateCount, hitCount)
                    : QueryResult.failure(target, type, collectionSize, message());
        }

        TransactionResult transactionResult() {
            return success ? TransactionResult.success(results) : TransactionResult.failure(message());
        }

        private String message() {
            return errorMessage == null ? NO_MESSAGE : errorMessage;
        }
    }
}
