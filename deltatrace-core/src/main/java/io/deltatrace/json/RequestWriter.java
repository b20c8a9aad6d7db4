package io.deltatrace.json;

import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.DocumentWriter;
import io.deltatrace.query.Merge;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.RestoreRequest;
import io.deltatrace.query.RevertRequest;
import io.deltatrace.query.Sort;
import io.deltatrace.query.TransactionQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a request. */
final class RequestWriter {

    private final JsonSink out;

    RequestWriter(JsonSink out) {
        this.out = out;
    }

    /** As {@link #write}, but a transaction says its cause in the place where queries do. Readers pass over it there. */
    void writeWithCause(Request request) {
        if (request instanceof TransactionQuery transaction) {
            out.object("TransactionQuery", "1", () -> {
                out.array("queries", transaction.queries(), this::query);
                cause(transaction.cause());
            });
        } else {
            write(request);
        }
    }

    void write(Request request) {
        if (request instanceof Query query) {
            query(query);
        } else if (request instanceof TransactionQuery transaction) {
            out.object("TransactionQuery", "1", () -> out.array("queries", transaction.queries(), this::query));
        } else if (request instanceof RestoreRequest restore) {
            out.object("Restore", "1", () -> {
                out.map("collections", restore.collections(), this::collection);
                out.bool("replacing", restore.replacing());
                cause(restore.cause());
            });
        } else if (request instanceof RevertRequest revert) {
            out.object("Revert", "1", () -> {
                out.number("revision", revert.revision());
                out.array("patches", revert.patches(), this::patch);
                cause(revert.cause());
            });
        }
    }

    private void patch(RevertRequest.Patch patch) {
        out.object("Patch", "1", () -> {
            out.text("collection", patch.collection());
            out.number("createdAt", patch.createdAt());
            out.text("kind", patch.kind().wireName());
            out.number("serialNum", patch.serialNumber());
            out.number("nextRow", patch.nextRow());
            out.array("rows", patch.rows().keySet(), row -> out.generator().writeNumber(row.longValue()));
            out.array("data", patch.rows().entrySet(), row -> DocumentWriter.write(out.generator(), row.getValue()));
        });
    }

    void collection(RestoreRequest.Contents contents) {
        out.object("Collection", "17", () -> fields(contents));
    }

    private void fields(RestoreRequest.Contents contents) {
        out.documents("data", contents.documents());
        out.number("serialNum", contents.serialNumber());
    }

    void state(StoredState state) {
        out.object("DeltaTraceDatabase", "16", () -> {
            out.number("revision", state.revision());
            out.instant("committedAt", state.committedAt());
            out.text("head", state.head());
            out.text("hash", state.hash());
            out.map("collections", state.collections(), this::storedCollection);
        });
    }

    private void storedCollection(StoredState.StoredCollection collection) {
        out.object("Collection", "17", () -> {
            fields(collection.contents());
            out.number("createdAt", collection.createdAt());
            out.number("nextRow", collection.nextRow());
            out.array(
                    "rows",
                    collection.runs(),
                    run -> out.generator().writeArray(new long[] {run.first(), run.last()}, 0, 2));
        });
    }

    private void query(Query query) {
        WireQuery wire = WireQuery.of(query);
        out.object("Query", "7", () -> {
            out.text("target", query.target());
            out.text("type", query.type().wireName());
            out.documents("addData", wire.addData);
            out.value("overrideData", wire.overrideData);
            out.value("template", wire.template);
            out.field("queryNode", wire.condition, this::condition);
            out.field("sortObj", wire.sort, this::sort);
            out.value("offset", number(wire.paging.offset()));
            out.value("startAfter", wire.paging.startAfter());
            out.value("endBefore", wire.paging.endBefore());
            out.text("renameBefore", wire.renameBefore);
            out.text("renameAfter", wire.renameAfter);
            out.value("limit", number(wire.paging.limit()));
            out.bool("returnData", wire.returnData);
            out.bool("mustAffectAtLeastOne", wire.mustAffectAtLeastOne);
            out.text("serialKey", wire.serialKey);
            out.bool("resetSerial", wire.resetSerial);
            out.field("mergeQueryParams", wire.merge, this::merge);
            cause(query.cause());
        });
    }

    private static @Nullable Long number(@Nullable Integer value) {
        return value == null ? null : value.longValue();
    }

    private void cause(@Nullable Cause cause) {
        out.field("cause", cause, new CauseWriter(out)::cause);
    }

    private void condition(Condition condition) {
        condition.accept(new ConditionWriter(out.generator()));
    }

    private void sort(Sort sort) {
        List<Sort.Order> orders = sort.orders();
        if (orders.size() == 1) {
            order(orders.get(0));
        } else {
            out.object("MultiSort", "1", () -> out.array("sortOrders", orders, this::order));
        }
    }

    private void order(Sort.Order order) {
        out.object("SingleSort", "2", () -> {
            out.text("field", order.field().toString());
            out.bool("reversed", order.reversed());
            out.text("vType", order.valueType().wireName());
        });
    }

    private void merge(Merge merge) {
        out.object("MergeQueryParams", "1", () -> {
            out.text("base", merge.base());
            out.texts("source", merge.sources());
            out.text("relationKey", merge.relationKey().toString());
            out.texts(
                    "sourceKeys",
                    merge.sourceKeys().stream().map(Object::toString).toList());
            out.value("dslTmp", merge.template());
            out.text("output", merge.output());
            out.text("serialBase", merge.serialBase());
            out.text("serialKey", merge.serialKey());
        });
    }
}
