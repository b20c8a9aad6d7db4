package io.deltatrace.result;

import io.deltatrace.access.QueryType;
import io.deltatrace.document.Document;
import io.deltatrace.document.DocumentMapper;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * The answer to one query.
 *
 * @param target the collection that the query was about
 * @param type what the query was to do
 * @param documents the documents found, or those changed if the query asked for them; empty if it failed
 * @param collectionSize how many documents the collection has after the query; not always told of a failure
 * @param updateCount how many documents were added, changed or removed
 * @param hitCount how many documents met the condition, before paging; of a change that has none, how many there were
 * @param errorMessage why the query failed; null if it did not
 */
public record QueryResult(
        String target,
        QueryType type,
        List<Document> documents,
        long collectionSize,
        long updateCount,
        long hitCount,
        @Nullable String errorMessage)
        implements Result {

    /** Copies the documents; a failure has none, and changed nothing. */
    public QueryResult {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(type, "type");
        documents = List.copyOf(documents);
        if (errorMessage != null && (!documents.isEmpty() || updateCount != 0)) {
            throw new IllegalArgumentException("A failed query has no documents and changed nothing");
        }
    }

    /** A success. */
    public static QueryResult success(
            String target,
            QueryType type,
            List<Document> documents,
            long collectionSize,
            long updateCount,
            long hitCount) {
        return new QueryResult(target, type, documents, collectionSize, updateCount, hitCount, null);
    }

    /** A failure. */
    public static QueryResult failure(String target, QueryType type, long collectionSize, String errorMessage) {
        return new QueryResult(
                target, type, List.of(), collectionSize, 0, 0, Objects.requireNonNull(errorMessage, "errorMessage"));
    }

    @Override
    public boolean isSuccess() {
        return errorMessage == null;
    }

    /**
     * The documents as objects of the caller's type, converted by {@link DocumentMapper#standard()}, which tells what is to be
     * known of records.
     *
     * @throws IllegalArgumentException if the type does not fit a document
     */
    public <T> List<T> as(Class<T> javaType) {
        return as(javaType, DocumentMapper.standard());
    }

    /** As {@link #as(Class)}, converted by another mapper. */
    public <T> List<T> as(Class<T> javaType, DocumentMapper mapper) {
        return mapper.toObjects(documents, javaType);
    }

    /** As {@link #as(Class)}, for a generic type. */
    public <T> List<T> as(TypeReference<T> javaType) {
        return documents.stream().map(document -> document.as(javaType)).toList();
    }

    /** The first document as an object of the caller's type; empty if there is none. */
    public <T> Optional<T> first(Class<T> javaType) {
        return documents.stream().findFirst().map(document -> document.as(javaType));
    }

    /**
     * This result if it is a success.
     *
     * @throws QueryFailedException if it is a failure, with its message
     */
    public QueryResult orThrow() {
        if (errorMessage != null) {
            throw new QueryFailedException(errorMessage);
        }
        return this;
    }
}
