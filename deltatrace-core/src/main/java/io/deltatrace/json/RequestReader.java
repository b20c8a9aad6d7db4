package io.deltatrace.json;

import io.deltatrace.access.QueryType;
import io.deltatrace.document.Document;
import io.deltatrace.document.Values;
import io.deltatrace.query.Paging;
import io.deltatrace.query.Query;
import io.deltatrace.query.Request;
import io.deltatrace.query.RestoreRequest;
import io.deltatrace.query.RevertRequest;
import io.deltatrace.query.TransactionQuery;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request. What it is may come after what it says, so all fields are collected first. */
final class RequestReader {

    private final JsonCursor in;

    RequestReader(JsonCursor in) {
        this.in = in;
    }

    Request read() {
        Fields fields = new Fields();
        in.object(fields);
        return in.construct(fields::build);
    }

    private Query query() {
        Fields fields = new Fields();
        in.object(fields);
        if (!fields.className().equals("Query")) {
            throw in.failure("A transaction holds only queries, not a '" + fields.className() + "'");
        }
        return in.construct(fields::query);
    }

    private final class Fields implements JsonCursor.FieldHandler {

        private final WireQuery wire = new WireQuery();
        private @Nullable String className;
        private @Nullable Integer offset;
        private @Nullable Document startAfter;
        private @Nullable Document endBefore;
        private @Nullable Integer limit;
        private @Nullable List<Query> queries;
        private @Nullable Map<String, RestoreRequest.Contents> collections;
        private boolean replacing;
        private long revision;
        private @Nullable List<RevertRequest.Patch> patches;

        @Override
        public boolean read(String name) {
            switch (name) {
                case "className" -> className = in.orNull(in::string);
                case "target" -> wire.target = in.string();
                case "type" -> wire.type = in.named("query type", QueryType.values(), QueryType::wireName);
                case "addData" -> wire.addData = in.orNull(() -> in.list(in::document));
                case "overrideData" -> wire.overrideData = in.orNull(in::document);
                case "template" -> wire.template = in.orNull(in::document);
                case "queryNode" -> wire.condition = in.orNull(() -> new ConditionReader(in).read());
                case "sortObj" -> wire.sort = in.orNull(() -> new SortReader(in).read());
                case "offset" -> offset = in.orNull(in::integer);
                case "startAfter" -> startAfter = in.orNull(in::document);
                case "endBefore" -> endBefore = in.orNull(in::document);
                case "renameBefore" -> wire.renameBefore = in.orNull(in::string);
                case "renameAfter" -> wire.renameAfter = in.orNull(in::string);
                case "limit" -> limit = in.orNull(in::integer);
                case "returnData" -> wire.returnData = in.bool(false);
                case "mustAffectAtLeastOne" -> wire.mustAffectAtLeastOne = in.bool(true);
                case "serialKey" -> wire.serialKey = in.orNull(in::string);
                case "resetSerial" -> wire.resetSerial = in.bool(false);
                case "mergeQueryParams" -> wire.merge = in.orNull(() -> new MergeReader(in).read());
                case "cause" -> wire.cause = in.orNull(() -> new CauseReader(in).cause());
                case "queries" -> queries = in.orNull(() -> in.list(RequestReader.this::query));
                case "collections" -> collections = in.orNull(() -> in.map(() -> new CollectionReader(in).read()));
                case "replacing" -> replacing = in.bool(false);
                case "revision" -> revision = in.longInteger();
                case "patches" -> patches = in.orNull(() -> in.list(() -> new PatchReader(in).read()));
                default -> {
                    return false;
                }
            }
            return true;
        }

        String className() {
            if (className != null) {
                return className;
            }
            return queries == null ? "Query" : "TransactionQuery";
        }

        Request build() {
            return switch (className()) {
                case "Query" -> query();
                case "TransactionQuery" -> new TransactionQuery(require(queries, "queries"));
                case "Restore" -> new RestoreRequest(require(collections, "collections"), replacing, wire.cause);
                case "Revert" -> new RevertRequest(revision, require(patches, "patches"), wire.cause);
                default -> throw in.failure("Unknown className '" + Values.shown(className()) + "'");
            };
        }

        Query query() {
            wire.paging = new Paging(offset, startAfter, endBefore, limit);
            return wire.toQuery();
        }

        private <T> T require(@Nullable T part, String name) {
            if (part == null) {
                throw in.failure("A " + className() + " needs '" + name + "'");
            }
            return part;
        }
    }
}
