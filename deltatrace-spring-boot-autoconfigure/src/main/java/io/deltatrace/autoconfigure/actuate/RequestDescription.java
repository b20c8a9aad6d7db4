package io.deltatrace.autoconfigure.actuate;

import io.deltatrace.condition.And;
import io.deltatrace.condition.Comparison;
import io.deltatrace.condition.Condition;
import io.deltatrace.condition.ConditionVisitor;
import io.deltatrace.condition.Membership;
import io.deltatrace.condition.Not;
import io.deltatrace.condition.Or;
import io.deltatrace.condition.Regex;
import io.deltatrace.condition.TextMatch;
import io.deltatrace.document.Document;
import io.deltatrace.document.FieldPath;
import io.deltatrace.query.AddQuery;
import io.deltatrace.query.ClearQuery;
import io.deltatrace.query.ConformQuery;
import io.deltatrace.query.CountQuery;
import io.deltatrace.query.DeleteQuery;
import io.deltatrace.query.Merge;
import io.deltatrace.query.MergeQuery;
import io.deltatrace.query.Query;
import io.deltatrace.query.QueryVisitor;
import io.deltatrace.query.RemoveCollectionQuery;
import io.deltatrace.query.RenameFieldQuery;
import io.deltatrace.query.Request;
import io.deltatrace.query.RestoreRequest;
import io.deltatrace.query.RevertRequest;
import io.deltatrace.query.SearchOneQuery;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import io.deltatrace.query.TransactionQuery;
import io.deltatrace.query.UpdateQuery;
import io.deltatrace.query.WriteQuery;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says, with the names of wire JSON and without what is not set. The cause is left out. Not thread-safe.
 *
 * <p>It is made of the request itself, and every value goes through {@link ShownValues}. Of long lists of documents only the
 * first ones are described.
 */
final class RequestDescription {

    /** The most documents that are described of one list. */
    static final int MAX_DOCUMENTS = 1_000;

    private final ShownValues values;

    RequestDescription(ShownValues values) {
        this.values = values;
    }

    /** The fields of a request. */
    Map<String, Object> of(Request request) {
        if (request instanceof Query query) {
            return new Description(query).fields;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        if (request instanceof TransactionQuery transaction) {
            fields.put("className", "TransactionQuery");
            fields.put("queries", transaction.queries().stream().map(this::of).toList());
        } else if (request instanceof RestoreRequest restore) {
            Map<String, Object> collections = new LinkedHashMap<>();
            restore.collections()
                    .forEach((name, contents) -> collections.put(
                            name,
                            documents(
                                    "data", name, contents.documents(), field("serialNum", contents.serialNumber()))));
            fields.put("className", "Restore");
            fields.put("collections", collections);
            fields.put("replacing", restore.replacing());
        } else if (request instanceof RevertRequest revert) {
            fields.put("className", "Revert");
            fields.put("revision", revert.revision());
            fields.put("patches", revert.patches().stream().map(this::patch).toList());
        }
        return fields;
    }

    private Map<String, Object> patch(RevertRequest.Patch patch) {
        Map<String, Object> fields = field("collection", patch.collection());
        fields.put("kind", patch.kind().wireName());
        fields.put("rows", patch.rows().keySet().stream().limit(MAX_DOCUMENTS).toList());
        return documents("data", patch.collection(), patch.rows().values(), fields);
    }

    private Map<String, Object> documents(
            String name,
            String collection,
            Collection<? extends @Nullable Document> documents,
            Map<String, Object> fields) {
        fields.put(
                name,
                documents.stream()
                        .limit(MAX_DOCUMENTS)
                        .map(document -> values.document(collection, document))
                        .toList());
        if (documents.size() > MAX_DOCUMENTS) {
            fields.put(name + "Omitted", documents.size() - MAX_DOCUMENTS);
        }
        return fields;
    }

    private static Map<String, Object> field(String name, Object value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(name, value);
        return fields;
    }

    /** The description of one query. */
    private final class Description implements QueryVisitor<Description> {

        private final String collection;
        private final Map<String, Object> fields = field("className", "Query");

        Description(Query query) {
            collection = query.target();
            put("target", collection);
            put("type", query.type().wireName());
            query.accept(this);
            if (query instanceof WriteQuery write) {
                put("mustAffectAtLeastOne", write.mustAffectAtLeastOne());
            }
        }

        private void put(String name, @Nullable Object value) {
            if (value != null) {
                fields.put(name, value);
            }
        }

        private void putDocument(String name, @Nullable Document document) {
            put(name, values.document(collection, document));
        }

        private void putCondition(@Nullable Condition condition) {
            put("queryNode", condition == null ? null : condition.accept(new ConditionDescription(collection)));
        }

        private void putSort(@Nullable Sort sort) {
            if (sort != null) {
                put("sortOrders", sort.orders().stream().map(this::order).toList());
            }
        }

        private Map<String, Object> order(Sort.Order order) {
            Map<String, Object> described = field("field", order.field().toString());
            described.put("reversed", order.reversed());
            described.put("vType", order.valueType().wireName());
            return described;
        }

        @Override
        public Description add(AddQuery query) {
            documents("addData", collection, query.documents(), fields);
            put("serialKey", query.serialKey());
            put("resetSerial", query.resetting());
            put("returnData", query.returning());
            return this;
        }

        @Override
        public Description update(UpdateQuery query) {
            putDocument("overrideData", query.changes());
            putCondition(query.condition());
            putSort(query.sort());
            put("returnData", query.returning());
            return this;
        }

        @Override
        public Description delete(DeleteQuery query) {
            putCondition(query.condition());
            putSort(query.sort());
            put("returnData", query.returning());
            return this;
        }

        @Override
        public Description conform(ConformQuery query) {
            putDocument("template", query.template());
            return this;
        }

        @Override
        public Description renameField(RenameFieldQuery query) {
            put("renameBefore", query.before());
            put("renameAfter", query.after());
            put("returnData", query.returning());
            return this;
        }

        @Override
        public Description clear(ClearQuery query) {
            put("resetSerial", query.resetting());
            return this;
        }

        @Override
        public Description removeCollection(RemoveCollectionQuery query) {
            return this;
        }

        @Override
        public Description merge(MergeQuery query) {
            Merge merge = query.merge();
            Map<String, Object> parameters = field("base", merge.base());
            parameters.put("source", merge.sources());
            parameters.put("relationKey", merge.relationKey().toString());
            parameters.put(
                    "sourceKeys",
                    merge.sourceKeys().stream().map(FieldPath::toString).toList());
            Object template = values.document(merge.output(), merge.template());
            if (template != null) {
                parameters.put("dslTmp", template);
            }
            parameters.put("output", merge.output());
            put("mergeQueryParams", parameters);
            return this;
        }

        @Override
        public Description search(SearchQuery query) {
            putCondition(query.condition());
            putSort(query.sort());
            put("offset", query.paging().offset());
            putDocument("startAfter", query.paging().startAfter());
            putDocument("endBefore", query.paging().endBefore());
            put("limit", query.paging().limit());
            return this;
        }

        @Override
        public Description searchOne(SearchOneQuery query) {
            putCondition(query.condition());
            return this;
        }

        @Override
        public Description count(CountQuery query) {
            return this;
        }
    }

    /** Describes the conditions on a collection; their values are hidden as those of the fields that they are compared with. */
    private final class ConditionDescription implements ConditionVisitor<Map<String, Object>> {

        private final String collection;

        ConditionDescription(String collection) {
            this.collection = collection;
        }

        @Override
        public Map<String, Object> and(And condition) {
            return all("and_", condition.conditions());
        }

        @Override
        public Map<String, Object> or(Or condition) {
            return all("or_", condition.conditions());
        }

        private Map<String, Object> all(String type, List<Condition> conditions) {
            Map<String, Object> fields = field("type", type);
            fields.put(
                    "conditions",
                    conditions.stream().map(inner -> inner.accept(this)).toList());
            return fields;
        }

        @Override
        public Map<String, Object> not(Not condition) {
            Map<String, Object> fields = field("type", "not_");
            fields.put("condition", condition.condition().accept(this));
            return fields;
        }

        @Override
        public Map<String, Object> comparison(Comparison condition) {
            Map<String, Object> fields =
                    on(condition.operator().wireName(), condition.field(), "value", condition.value());
            fields.put("vType", condition.valueType().wireName());
            return fields;
        }

        @Override
        public Map<String, Object> textMatch(TextMatch condition) {
            return on(condition.operator().wireName(), condition.field(), "value", condition.value());
        }

        @Override
        public Map<String, Object> membership(Membership condition) {
            return on(condition.negated() ? "notIn_" : "in_", condition.field(), "values", condition.values());
        }

        @Override
        public Map<String, Object> regex(Regex condition) {
            return on("regex_", condition.field(), "pattern", condition.pattern());
        }

        private Map<String, Object> on(String type, FieldPath path, String name, @Nullable Object value) {
            Map<String, Object> fields = field("type", type);
            fields.put("field", path.toString());
            Object shown = values.value(collection, path.toString(), value);
            if (shown != null) {
                fields.put(name, shown);
            }
            return fields;
        }
    }
}
