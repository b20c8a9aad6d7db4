package io.deltatrace.json;

import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.condition.Condition;
import io.deltatrace.document.Document;
import io.deltatrace.query.AddQuery;
import io.deltatrace.query.ClearQuery;
import io.deltatrace.query.ConformQuery;
import io.deltatrace.query.CountQuery;
import io.deltatrace.query.DeleteQuery;
import io.deltatrace.query.Merge;
import io.deltatrace.query.MergeQuery;
import io.deltatrace.query.Paging;
import io.deltatrace.query.Query;
import io.deltatrace.query.QueryVisitor;
import io.deltatrace.query.RemoveCollectionQuery;
import io.deltatrace.query.RenameFieldQuery;
import io.deltatrace.query.SearchOneQuery;
import io.deltatrace.query.SearchQuery;
import io.deltatrace.query.Sort;
import io.deltatrace.query.UpdateQuery;
import io.deltatrace.query.WriteQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query as the wire has it: one flat set of fields for all types, of which each uses some. */
final class WireQuery {

    @Nullable
    String target;

    @Nullable
    QueryType type;

    @Nullable
    List<Document> addData;

    @Nullable
    Document overrideData;

    @Nullable
    Document template;

    @Nullable
    Condition condition;

    @Nullable
    Sort sort;

    Paging paging = Paging.NONE;

    @Nullable
    String renameBefore;

    @Nullable
    String renameAfter;

    boolean returnData;
    boolean mustAffectAtLeastOne = true;

    @Nullable
    String serialKey;

    boolean resetSerial;

    @Nullable
    Merge merge;

    @Nullable
    Cause cause;

    /** The fields of a query. */
    static WireQuery of(Query query) {
        WireQuery wire = new WireQuery();
        wire.target = query.target();
        wire.type = query.type();
        wire.cause = query.cause();
        if (query instanceof WriteQuery write) {
            wire.mustAffectAtLeastOne = write.mustAffectAtLeastOne();
        }
        return query.accept(wire.new Filling());
    }

    /**
     * The query of these fields.
     *
     * @throws IllegalArgumentException if a part is missing or wrong
     */
    Query toQuery() {
        QueryType queryType = require(type, "type");
        String name = require(target, "target");
        return switch (queryType) {
            case ADD, CLEAR_ADD -> {
                boolean replacing = queryType == QueryType.CLEAR_ADD;
                yield new AddQuery(
                        name,
                        require(addData, "addData"),
                        replacing,
                        serialKey,
                        resetSerial && replacing,
                        returnData,
                        mustAffectAtLeastOne,
                        cause);
            }
            case UPDATE, UPDATE_ONE ->
                new UpdateQuery(
                        name,
                        condition(),
                        require(overrideData, "overrideData"),
                        queryType == QueryType.UPDATE_ONE,
                        sort,
                        returnData,
                        mustAffectAtLeastOne,
                        cause);
            case DELETE, DELETE_ONE ->
                new DeleteQuery(
                        name,
                        condition(),
                        queryType == QueryType.DELETE_ONE,
                        sort,
                        returnData,
                        mustAffectAtLeastOne,
                        cause);
            case SEARCH -> new SearchQuery(name, condition(), sort, paging, cause);
            case GET_ALL -> new SearchQuery(name, null, sort, paging, cause);
            case SEARCH_ONE -> new SearchOneQuery(name, condition(), cause);
            case COUNT -> new CountQuery(name, cause);
            case CONFORM_TO_TEMPLATE ->
                new ConformQuery(name, require(template, "template"), mustAffectAtLeastOne, cause);
            case RENAME_FIELD ->
                new RenameFieldQuery(
                        name,
                        require(renameBefore, "renameBefore"),
                        require(renameAfter, "renameAfter"),
                        returnData,
                        mustAffectAtLeastOne,
                        cause);
            case CLEAR -> new ClearQuery(name, resetSerial, mustAffectAtLeastOne, cause);
            case REMOVE_COLLECTION -> new RemoveCollectionQuery(name, mustAffectAtLeastOne, cause);
            case MERGE -> new MergeQuery(name, require(merge, "mergeQueryParams"), mustAffectAtLeastOne, cause);
        };
    }

    private Condition condition() {
        return require(condition, "queryNode");
    }

    private <T> T require(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalArgumentException(
                    "A query" + (type == null ? "" : " of type " + type.wireName()) + " needs '" + name + "'");
        }
        return part;
    }

    /** Sets what only some types have. */
    private final class Filling implements QueryVisitor<WireQuery> {

        @Override
        public WireQuery add(AddQuery query) {
            addData = query.documents();
            serialKey = query.serialKey();
            resetSerial = query.resetting();
            returnData = query.returning();
            return WireQuery.this;
        }

        @Override
        public WireQuery update(UpdateQuery query) {
            condition = query.condition();
            overrideData = query.changes();
            sort = query.sort();
            returnData = query.returning();
            return WireQuery.this;
        }

        @Override
        public WireQuery delete(DeleteQuery query) {
            condition = query.condition();
            sort = query.sort();
            returnData = query.returning();
            return WireQuery.this;
        }

        @Override
        public WireQuery conform(ConformQuery query) {
            template = query.template();
            return WireQuery.this;
        }

        @Override
        public WireQuery renameField(RenameFieldQuery query) {
            renameBefore = query.before();
            renameAfter = query.after();
            returnData = query.returning();
            return WireQuery.this;
        }

        @Override
        public WireQuery clear(ClearQuery query) {
            resetSerial = query.resetting();
            return WireQuery.this;
        }

        @Override
        public WireQuery removeCollection(RemoveCollectionQuery query) {
            return WireQuery.this;
        }

        @Override
        public WireQuery merge(MergeQuery query) {
            merge = query.merge();
            return WireQuery.this;
        }

        @Override
        public WireQuery search(SearchQuery query) {
            condition = query.condition();
            sort = query.sort();
            paging = query.paging();
            return WireQuery.this;
        }

        @Override
        public WireQuery searchOne(SearchOneQuery query) {
            condition = query.condition();
            return WireQuery.this;
        }

        @Override
        public WireQuery count(CountQuery query) {
            return WireQuery.this;
        }
    }
}
