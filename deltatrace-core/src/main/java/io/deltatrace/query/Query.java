package io.deltatrace.query;

import io.deltatrace.access.Permission;
import io.deltatrace.access.QueryType;
import io.deltatrace.cause.Cause;
import io.deltatrace.cause.CauseProvider;
import io.deltatrace.document.Document;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One operation on one collection. Immutable; whoever holds one may share it. */
public sealed interface Query extends Request permits ReadQuery, WriteQuery {

    /** The name of the collection. */
    String target();

    /** What the query does. */
    QueryType type();

    @Override
    Query because(Cause cause);

    @Override
    default Query completedBy(CauseProvider provider) {
        return because(provider.complete(cause()));
    }

    @Override
    default List<String> collectionNames() {
        return List.of(target());
    }

    @Override
    default Set<QueryType> queryTypes() {
        return Set.of(type());
    }

    @Override
    default @Nullable String denialUnder(Map<String, Permission> permissions) {
        return Permission.denial(permissions, target(), type());
    }

    /** What the visitor makes of this type of query. */
    <R> R accept(QueryVisitor<R> visitor);

    /**
     * Appends documents, given as documents, maps, records or JavaBeans.
     *
     * @throws IllegalArgumentException as {@link Document#of(Object)}
     */
    static AddQuery add(String target, Object... documents) {
        return add(target, Arrays.asList(documents));
    }

    /** As {@link #add(String, Object...)}. */
    static AddQuery add(String target, Collection<?> documents) {
        return new AddQuery(target, documentsOf(documents), false, null, false, false, true, null);
    }

    /** Replaces all documents of the collection. */
    static AddQuery clearAdd(String target, Object... documents) {
        return clearAdd(target, Arrays.asList(documents));
    }

    /** As {@link #clearAdd(String, Object...)}. */
    static AddQuery clearAdd(String target, Collection<?> documents) {
        return new AddQuery(target, documentsOf(documents), true, null, false, false, true, null);
    }

    /**
     * Sets fields in every document that meets the condition.
     *
     * @param changes the top-level fields to set, as a document, a map, a record or a JavaBean
     */
    static NeedsCondition<UpdateQuery> update(String target, Object changes) {
        Document document = Document.of(changes);
        return condition -> new UpdateQuery(target, condition, document, false, null, false, true, null);
    }

    /** Sets fields in the first document that meets the condition. */
    static NeedsCondition<UpdateQuery> updateOne(String target, Object changes) {
        Document document = Document.of(changes);
        return condition -> new UpdateQuery(target, condition, document, true, null, false, true, null);
    }

    /** Removes every document that meets the condition. */
    static NeedsCondition<DeleteQuery> delete(String target) {
        return condition -> new DeleteQuery(target, condition, false, null, false, true, null);
    }

    /** Removes the first document that meets the condition, and returns it. */
    static NeedsCondition<DeleteQuery> deleteOne(String target) {
        return condition -> new DeleteQuery(target, condition, true, null, false, true, null);
    }

    /** Finds the documents that meet the condition. */
    static NeedsCondition<SearchQuery> search(String target) {
        return condition ->
                new SearchQuery(target, Objects.requireNonNull(condition, "condition"), null, Paging.NONE, null);
    }

    /** Finds the first document, in insertion order, that meets the condition. */
    static NeedsCondition<SearchOneQuery> searchOne(String target) {
        return condition -> new SearchOneQuery(target, condition, null);
    }

    /** Reads all documents. */
    static SearchQuery getAll(String target) {
        return new SearchQuery(target, null, null, Paging.NONE, null);
    }

    /** Counts the documents. */
    static CountQuery count(String target) {
        return new CountQuery(target, null);
    }

    /**
     * Gives every document the top-level fields of the template and no others: missing ones with the template's value.
     *
     * @param template a document, a map, a record or a JavaBean
     */
    static ConformQuery conformToTemplate(String target, Object template) {
        return new ConformQuery(target, Document.of(template), true, null);
    }

    /** Renames a top-level field in every document. It fails if a document lacks the old name or has the new one. */
    static RenameFieldQuery renameField(String target, String before, String after) {
        return new RenameFieldQuery(target, before, after, false, true, null);
    }

    /** Removes all documents. */
    static ClearQuery clear(String target) {
        return new ClearQuery(target, false, true, null);
    }

    /** Removes the collection itself. */
    static RemoveCollectionQuery removeCollection(String target) {
        return new RemoveCollectionQuery(target, true, null);
    }

    /** Builds a new collection from others. */
    static MergeQuery merge(Merge merge) {
        return new MergeQuery(Objects.requireNonNull(merge, "merge").base(), merge, true, null);
    }

    private static List<Document> documentsOf(Collection<?> objects) {
        Object[] given = objects.toArray();
        Document[] documents = new Document[given.length];
        for (int i = 0; i < given.length; i++) {
            documents[i] = Document.of(given[i]);
        }
        return List.of(documents);
    }
}
