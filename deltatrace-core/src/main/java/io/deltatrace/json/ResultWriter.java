package io.deltatrace.json;

import io.deltatrace.result.QueryResult;
import io.deltatrace.result.Result;
import io.deltatrace.result.TransactionResult;

/** Writes a result. */
final class ResultWriter {

    private final JsonSink out;

    ResultWriter(JsonSink out) {
        this.out = out;
    }

    void write(Result result) {
        if (result instanceof QueryResult query) {
            queryResult(query);
        } else if (result instanceof TransactionResult transaction) {
            out.object("TransactionQueryResult", "3", () -> {
                out.bool("isSuccess", transaction.isSuccess());
                out.array("results", transaction.results(), this::queryResult);
                out.text("errorMessage", transaction.errorMessage());
            });
        }
    }

    private void queryResult(QueryResult result) {
        out.object("QueryResult", "6", () -> {
            out.bool("isSuccess", result.isSuccess());
            out.text("target", result.target());
            out.text("type", result.type().wireName());
            out.documents("result", result.documents());
            out.number("dbLength", result.collectionSize());
            out.number("updateCount", result.updateCount());
            out.number("hitCount", result.hitCount());
            out.text("errorMessage", result.errorMessage());
        });
    }
}
